/** The four words a generator is made of: plain data, so that it can be kept and taken up again. */
export type RandomState = readonly [number, number, number, number]

/**
 * Chance from a seed (sfc32): the same seed or state gives the same numbers in every process.
 * Nothing here is fit for secrets.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #d: number

  /** A 32-bit seed, or the `state` of an earlier generator. */
  constructor(seed: number | RandomState) {
    if (typeof seed !== 'number') {
      ;[this.#a, this.#b, this.#c, this.#d] = seed
      return
    }
    this.#a = 0x9e3779b9
    this.#b = 0x243f6a88
    this.#c = seed | 0
    this.#d = 1
    for (let i = 0; i < 15; i++) this.next()
  }

  get state(): RandomState {
    return [this.#a, this.#b, this.#c, this.#d]
  }

  /** The next number, from 0 up to but not including 1. */
  next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t
    this.#c |= 0
    return (t >>> 0) / 4294967296
  }

  /** Any number from `min` up to `max`. */
  between(min: number, max: number): number {
    return min + (max - min) * this.next()
  }

  /** A whole number from `min` to `max`, both possible. */
  integer(min: number, max: number): number {
    return min + Math.floor((max - min + 1) * this.next())
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** The time to the next of events that come `mean` apart on average and know nothing of each other. */
  exponential(mean: number): number {
    return -Math.log(1 - this.next()) * mean
  }

  /** One of a list. @throws RangeError when there is none. */
  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('nothing to pick from')
    return list[Math.floor(this.next() * list.length)] as T
  }
}
