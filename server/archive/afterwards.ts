/**
 * Memory that work leaves behind is given back once none has been asked for a while. By itself V8 gives back little: a
 * thread that had tried a handbook on a day of a million events went on holding a gigabyte.
 */
import { Session } from 'node:inspector/promises'
import type { Clock } from '#server/live/clock.ts'

/** Whoever plays a day asks more often than this. */
export const REST_MS = 8_000

export class Afterwards {
  #clock: Clock
  #giveBack: () => Promise<void>
  #underWay = 0
  #callOff: (() => void) | undefined

  constructor(clock: Clock, giveBack: () => Promise<void> = collectGarbage) {
    this.#clock = clock
    this.#giveBack = giveBack
  }

  /** Whatever comes of the work. */
  async of<T>(work: Promise<T>): Promise<T> {
    this.#underWay++
    this.#callOff?.()
    try {
      return await work
    } finally {
      if (--this.#underWay === 0)
        this.#callOff = this.#clock.wakeAt(this.#clock.now() + REST_MS, () => void this.#giveBack())
    }
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
