/** Instants and spans in milliseconds of any one clock that never goes back. */
const GAP_MS = 10_000
/** In a storm the pauses grow up to this. */
const GAP_MS_MAX = 80_000

/**
 * Decides when the bell rings. The first fresh breach rings at once; those that come within the pause after it share the
 * ring at its end. While it goes on like that every pause is twice as long as the one before; after a quiet one all is as at first.
 */
export class Ringing {
  #rangAt = Number.NEGATIVE_INFINITY
  #gapMs = GAP_MS
  #waiting = false

  /** Whether to ring now, with so many breaches fresh since it was last asked. */
  rings(fresh: number, now: number): boolean {
    if (fresh > 0) this.#waiting = true
    const quietMs = now - this.#rangAt
    if (!this.#waiting || quietMs < this.#gapMs) return false
    this.#gapMs = quietMs < 2 * this.#gapMs ? Math.min(2 * this.#gapMs, GAP_MS_MAX) : GAP_MS
    this.#rangAt = now
    this.#waiting = false
    return true
  }
}
