import { Changed } from './changed.ts'
import { type Layer, Standing } from './standing.ts'

/** The last local day on which each customer was heard: who writes for the first time that day is greeted. */
export class Customers {
  #days = new Map<string, number>()
  /** Those of a saved floor, under what was heard since. */
  #saved: Standing<number> | undefined
  /** Heard for the first time on their day, or forgotten. */
  written = new Changed()

  /** The customer writes on a local day. @returns whether for the first time on it */
  hear(customer: string, day: number): boolean {
    const last = this.#days.get(customer) ?? this.#saved?.get(customer)
    if (last !== undefined && last >= day) return false
    this.#days.set(customer, day)
    this.written.add(customer)
    return true
  }

  /** Lets go of those not heard since a day. */
  forget(before: number): void {
    this.#unfold()
    for (const [customer, last] of this.#days) {
      if (last >= before) continue
      this.#days.delete(customer)
      this.written.add(customer)
    }
  }

  /** Whoever was known by one name is from now on known by another, which nobody has. */
  rename(from: string, to: string): void {
    this.#unfold()
    const day = this.#days.get(from)
    if (day === undefined) return
    this.#days.delete(from)
    this.#days.set(to, day)
    for (const name of [from, to]) this.written.add(name)
  }

  /** All of them, or those that changed since they were written down at a seq. */
  write(since: number | undefined): { gone: string[]; heard: [id: string, day: number][] } {
    if (since === undefined) {
      this.#unfold()
      return { gone: [], heard: [...this.#days] }
    }
    const gone: string[] = []
    const heard: [string, number][] = []
    for (const customer of this.written.since(since)) {
      const day = this.#days.get(customer)
      if (day === undefined) gone.push(customer)
      else heard.push([customer, day])
    }
    return { gone, heard }
  }

  /** Takes in what was saved. */
  restore(saved: readonly Layer<number>[]): void {
    this.#saved = new Standing(saved)
  }

  #unfold(): void {
    if (this.#saved === undefined) return
    const days = this.#saved.joined()
    for (const [customer, day] of this.#days) days.set(customer, day)
    this.#days = days
    this.#saved = undefined
  }
}
