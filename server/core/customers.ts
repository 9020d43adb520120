import { Changed } from './changed.ts'
import { type Layer, LayeredMap } from './layeredMap.ts'
import type { Line } from './pages.ts'
import type { Written } from './savedFloor.ts'

/** The last local day on which each customer was heard: who writes for the first time that day is greeted. */
export class Customers {
  #days = new Map<string, number>()
  /** Those of a saved floor, under what was heard since. */
  #saved: LayeredMap<Line> | undefined
  /** Heard for the first time on their day, or forgotten. */
  written = new Changed()

  /** The customer writes on a local day. @returns whether for the first time on it */
  hear(customer: string, day: number): boolean {
    const last = this.#days.get(customer) ?? dayOn(this.#saved?.get(customer))
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
  write(since: number | undefined): Written<number> {
    if (since === undefined) {
      this.#unfold()
      return { gone: [], all: this.#days }
    }
    const gone: string[] = []
    const all = new Map<string, number>()
    for (const customer of this.written.since(since)) {
      const day = this.#days.get(customer)
      if (day === undefined) gone.push(customer)
      else all.set(customer, day)
    }
    return { gone, all }
  }

  /** Takes in what was saved. */
  restore(saved: readonly Layer<Line>[]): void {
    this.#saved = new LayeredMap(saved)
  }

  #unfold(): void {
    if (this.#saved === undefined) return
    for (const [customer, line] of this.#saved.joined())
      if (!this.#days.has(customer)) this.#days.set(customer, Number(line.text))
    this.#saved = undefined
  }
}

const dayOn = (line: Line | undefined): number | undefined => line && Number(line.text)
