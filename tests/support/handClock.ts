import type { Clock } from '#server/live/clock.ts'

/** A clock that a test turns by hand. */
export class HandClock implements Clock {
  #now: number
  #wakes = new Set<{ at: number; wake: () => void }>()

  constructor(now: number) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  wakeAt(at: number, wake: () => void): () => void {
    const entry = { at, wake }
    this.#wakes.add(entry)
    return () => this.#wakes.delete(entry)
  }

  /** Turns it on to an instant, waking on the way whoever asked for it, each at its own instant. */
  turnTo(instant: number): void {
    for (;;) {
      const next = [...this.#wakes].sort((a, b) => a.at - b.at)[0]
      if (next === undefined || next.at > instant) break
      this.#wakes.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.wake()
    }
    this.#now = Math.max(this.#now, instant)
  }

  /** As when a time server corrects it. */
  setBack(ms: number): void {
    this.#now -= ms
  }

  turnBy(ms: number): void {
    this.turnTo(this.#now + ms)
  }
}
