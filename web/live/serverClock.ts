/** Long enough to have a message that came quickly, short enough to follow a server's clock that was set right. */
const REMEMBER_MS = 20_000

/** What time it is where the figures come from. */
export interface Clock {
  /** A message said it was `at` there when it was `local` here. */
  heard(at: number, local: number): void
  now(local: number): number
}

/**
 * What the server's clock reads now, from the instants it publishes: each arrives a little late, so the least late of
 * the last seconds is believed. Instants of the server are epoch milliseconds, local ones those of a clock that only goes
 * forward; where it stood still while a laptop slept, the next message says so.
 */
export class ServerClock implements Clock {
  #heard: { local: number; aheadMs: number }[] = []

  /** A message said it was `at` on the server when it was `local` here. */
  heard(at: number, local: number): void {
    const aheadMs = at - local
    const kept = this.#heard.filter((h) => Math.abs(local - h.local) <= REMEMBER_MS && h.aheadMs > aheadMs)
    kept.push({ local, aheadMs })
    this.#heard = kept
  }

  now(local: number): number {
    return local + (this.#heard[0]?.aheadMs ?? 0)
  }
}
