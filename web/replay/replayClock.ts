import type { Clock } from '../live/serverClock.ts'

/** In a replay it is whatever time is played: it stands while nothing is told. */
export class ReplayClock implements Clock {
  #at = 0

  heard(at: number): void {
    this.#at = at
  }

  now(): number {
    return this.#at
  }
}
