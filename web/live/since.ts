/**
 * How long ago this was made. The steady clock may stand still while a laptop sleeps, the wall clock may be set back:
 * whichever says longer is believed.
 */
export class Since {
  #steady = performance.now()
  #wall = Date.now()

  get ms(): number {
    return Math.max(performance.now() - this.#steady, Date.now() - this.#wall)
  }
}
