/** Keeps a floor small while it is folded: what rests is put away, a little at a time, and stale timers are dropped. */
import type { Floor } from './state.ts'

export class Tidy {
  #roomy: number
  #slice: number
  /** Of the subjects that were out when a round began, how many have not been looked at. */
  #left = 0
  #stayed = 0
  #timers: number

  /**
   * @param roomy so many subjects may be out, and twice as many as had to stay out the last time
   * @param slice how many are looked at in one step
   */
  constructor(roomy = 2_000, slice = 100) {
    this.#roomy = roomy
    this.#slice = slice
    this.#timers = roomy
  }

  /** A little of it, after a slice of folding. Changes nothing that can be seen. @returns whether there is more to do */
  step(floor: Floor): boolean {
    const shelves = [floor.conversations, ...Object.values(floor.subjects)]
    const outside = shelves.reduce((sum, shelf) => sum + shelf.outside, 0)
    if (outside === 0) this.#left = 0
    else if (this.#left <= 0 && outside > 2 * this.#stayed + this.#roomy) this.#left = outside
    if (this.#left > 0) {
      for (const shelf of shelves) shelf.putSomeAway(Math.ceil((this.#slice * shelf.outside) / outside))
      this.#left -= this.#slice
      if (this.#left <= 0) this.#stayed = shelves.reduce((sum, shelf) => sum + shelf.outside, 0)
    }
    if (floor.timers.size > 2 * this.#timers) {
      floor.timers.keep((timer, at) => timer.timerAt === at)
      this.#timers = Math.max(this.#roomy, floor.timers.size)
    }
    return this.#left > 0
  }
}
