import { Changed } from './changed.ts'

/** The last local day on which each customer was heard: who writes for the first time that day is greeted. */
export class Customers {
  #days = new Map<string, number>()
  /** Heard for the first time on their day, or forgotten. */
  written = new Changed()

  /** The customer writes on a local day. @returns whether for the first time on it */
  hear(customer: string, day: number): boolean {
    const last = this.#days.get(customer)
    if (last !== undefined && last >= day) return false
    this.#days.set(customer, day)
    this.written.add(customer)
    return true
  }

  /** Lets go of those not heard since a day. */
  forget(before: number): void {
    for (const [customer, last] of this.#days) {
      if (last >= before) continue
      this.#days.delete(customer)
      this.written.add(customer)
    }
  }

  /** All of them, or those that changed since they were written down at a seq. */
  write(since: number | undefined): { gone: string[]; heard: [id: string, day: number][] } {
    if (since === undefined) return { gone: [], heard: [...this.#days] }
    const gone: string[] = []
    const heard: [string, number][] = []
    for (const customer of this.written.since(since)) {
      const day = this.#days.get(customer)
      if (day === undefined) gone.push(customer)
      else heard.push([customer, day])
    }
    return { gone, heard }
  }

  /** Takes in what was written, on top of what was taken in before. */
  restore({ gone, heard }: ReturnType<Customers['write']>): void {
    for (const customer of gone) this.#days.delete(customer)
    for (const [customer, day] of heard) this.#days.set(customer, day)
  }
}
