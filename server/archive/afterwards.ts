/**
 * Memory that work leaves behind is given back once none has been asked for a while. By itself V8 gives back little: a
 * thread that had tried a handbook on a day of a million events went on holding a gigabyte.
 */
import { Session } from 'node:inspector/promises'
import type { Clock } from '#server/live/clock.ts'

/** Whoever plays a day asks more often than this. */
export const REST_MS = 8_000
/** Where somebody always asks a little, as a desk does, it is not put off for longer. */
export const MOST_MS = 60_000
/** Nothing is under way soon. */
const SOON_MS = 500

export class Afterwards {
  #clock: Clock
  #giveBack: () => Promise<void>
  #underWay = 0
  #endedAt = 0
  /** Since when there is something to give back. */
  #owedSince: number | undefined

  constructor(clock: Clock, giveBack: () => Promise<void> = collectGarbage) {
    this.#clock = clock
    this.#giveBack = giveBack
  }

  /** Whatever comes of the work. */
  async of<T>(work: Promise<T>): Promise<T> {
    this.#underWay++
    try {
      return await work
    } finally {
      this.#underWay--
      this.#endedAt = this.#clock.now()
      if (this.#owedSince === undefined) {
        this.#owedSince = this.#endedAt
        this.#wakeAt(this.#endedAt + REST_MS)
      }
    }
  }

  #wakeAt(instant: number): void {
    this.#clock.wakeAt(instant, () => this.#look())
  }

  #look(): void {
    const now = this.#clock.now()
    const rested = Math.min(this.#endedAt + REST_MS, (this.#owedSince ?? now) + MOST_MS)
    if (this.#underWay > 0) return this.#wakeAt(now + SOON_MS)
    if (now < rested) return this.#wakeAt(rested)
    this.#owedSince = undefined
    void this.#giveBack()
  }
}

/** The inspector's way of it is the one that also gives back pages of the heap which are hardly used. */
async function collectGarbage(): Promise<void> {
  const session = new Session()
  session.connect()
  try {
    await session.post('HeapProfiler.collectGarbage')
  } finally {
    session.disconnect()
  }
}
