/** Which ids changed, and since when: noted as they do, and cut into steps each time they are written down. */
export class Changed {
  #steps: { seq: number; ids: Set<string> }[] = []
  #now = new Set<string>()

  add(id: string): void {
    this.#now.add(id)
  }

  /** Those that changed after they were written down at a seq; all that are known of when it was never. */
  since(seq: number): Set<string> {
    const ids = new Set<string>()
    for (const step of this.#steps) if (step.seq > seq) for (const id of step.ids) ids.add(id)
    for (const id of this.#now) ids.add(id)
    return ids
  }

  /** All so far is written down at a seq: what changes from here on is a step of its own. */
  cut(seq: number): void {
    this.#steps.push({ seq, ids: this.#now })
    this.#now = new Set()
  }

  /** Everything is written down, changed or not: nobody will ask for what was before. */
  clear(): void {
    this.#steps = []
    this.#now = new Set()
  }
}
