/** Seeded chance for made-up days: the same seed, the same day. */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** At least 0, below 1 (mulberry32). */
  share(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from `from` up to and including `to`. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.share() * (to - from + 1))
  }

  happens(share: number): boolean {
    return this.share() < share
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.share() * from.length)]!
  }

  /** Up to `count` of them, each at most once, in their order. */
  some<T>(from: readonly T[], count: number): T[] {
    const drawn = from.map((value, index) => ({ value, index, draw: this.share() }))
    const kept = drawn.sort((a, b) => a.draw - b.draw).slice(0, count)
    return kept.sort((a, b) => a.index - b.index).map(({ value }) => value)
  }
}
