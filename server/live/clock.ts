/** Where a Room gets its time from: the machine's clock, or in tests one that is turned by hand. */
export interface Clock {
  /** Epoch ms. */
  now(): number
  /** Calls back once at or after an instant (epoch ms). Returns what calls it off. */
  wakeAt(instant: number, wake: () => void): () => void
}

/** A timer that sleeps through a changed system clock, or longer than a timer can, is looked at again this often. */
const LOOK_AGAIN_MS = 30_000

export const systemClock: Clock = {
  now: () => Date.now(),
  wakeAt(instant, wake) {
    let timer: NodeJS.Timeout
    const sleep = () => {
      const left = instant - Date.now()
      timer = setTimeout(() => (Date.now() >= instant ? wake() : sleep()), Math.min(Math.max(left, 0), LOOK_AGAIN_MS))
    }
    sleep()
    return () => clearTimeout(timer)
  },
}
