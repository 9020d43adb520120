import type { Written } from './floorText.ts'

/** The last local day on which each customer was heard: who writes for the first time that day is greeted. */
export class Customers implements Written {
  #days = new Map<string, number>()
  /** Heard for the first time on their day, or forgotten, since last written down. */
  #changed = new Set<string>()

  /** The customer writes on a local day. @returns whether for the first time on it */
  hear(customer: string, day: number): boolean {
    const last = this.#days.get(customer)
    if (last !== undefined && last >= day) return false
    this.#days.set(customer, day)
    this.#changed.add(customer)
    return true
  }

  /** Lets go of those not heard since a day. */
  forget(before: number): void {
    for (const [customer, last] of this.#days) {
      if (last >= before) continue
      this.#days.delete(customer)
      this.#changed.add(customer)
    }
  }

  /** A line for each. */
  *lines(): Generator<[id: string, line: string]> {
    for (const [customer, day] of this.#days) yield [customer, String(day)]
    this.#changed.clear()
  }

  /** A line for each that changed since last written down; none for one that is gone. */
  *changes(): Generator<[id: string, line: string | undefined]> {
    for (const customer of this.#changed) yield [customer, this.#days.get(customer)?.toString()]
    this.#changed.clear()
  }

  /** Takes in what `lines` wrote. */
  restore(lines: Iterable<[id: string, line: string]>): void {
    for (const [customer, day] of lines) this.#days.set(customer, Number(day))
  }
}
