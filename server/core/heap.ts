/** What falls due next: a binary min-heap of instants, each with the thing that waits for it. */
export class Heap<T> {
  #at: number[] = []
  #item: T[] = []

  get size(): number {
    return this.#at.length
  }

  /** The earliest instant, Infinity when nothing waits. */
  get next(): number {
    return this.#at.length === 0 ? Number.POSITIVE_INFINITY : (this.#at[0] as number)
  }

  /** All that waits, in no order that matters. */
  items(): readonly T[] {
    return this.#item
  }

  /** Keeps only the entries of which `isWanted` is true. */
  keep(isWanted: (item: T, at: number) => boolean): void {
    const ats = this.#at
    const items = this.#item
    this.#at = []
    this.#item = []
    for (let i = 0; i < ats.length; i++) {
      const item = items[i] as T
      if (isWanted(item, ats[i] as number)) this.push(ats[i] as number, item)
    }
  }

  push(at: number, item: T): void {
    const ats = this.#at
    const items = this.#item
    let i = ats.length
    ats.push(at)
    items.push(item)
    while (i > 0) {
      const parent = (i - 1) >> 1
      const above = ats[parent] as number
      if (above <= at) break
      ats[i] = above
      items[i] = items[parent] as T
      i = parent
    }
    ats[i] = at
    items[i] = item
  }

  /** Takes out the earliest item; call only when `size` > 0. */
  pop(): T {
    const ats = this.#at
    const items = this.#item
    const top = items[0] as T
    const at = ats.pop() as number
    const item = items.pop() as T
    const n = ats.length
    if (n === 0) return top
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= n) break
      if (child + 1 < n && (ats[child + 1] as number) < (ats[child] as number)) child++
      const below = ats[child] as number
      if (below >= at) break
      ats[i] = below
      items[i] = items[child] as T
      i = child
    }
    ats[i] = at
    items[i] = item
    return top
  }
}
