/**
 * Counts durations (whole ms) in buckets less than 0.8 % wide, exact below 128 ms, so that any percentile of a day of
 * a million answers is at hand at once, and an answer can be taken back. Four years are the longest it tells apart.
 */
const LAST = 2 ** 37 - 1
const WORD = 2 ** 31

export class Histogram {
  /** How many are in each bucket; a view asks for percentiles far more often than there is something to sort. */
  #buckets = new Int32Array(bucketOf(LAST) + 1)
  count = 0

  add(ms: number, times: number): void {
    const bucket = bucketOf(ms)
    this.#buckets[bucket] = this.#in(bucket) + times
    this.count += times
  }

  /** The nearest-rank percentiles (0 < share ≤ 1) in ms, ascending shares, within half a bucket; none when empty. */
  percentiles(shares: readonly number[]): number[] {
    if (this.count <= 0) return []
    const found: number[] = []
    let bucket = 0
    let seen = this.#in(bucket)
    for (const share of shares) {
      const rank = Math.ceil(share * this.count)
      while (seen < rank && bucket < this.#buckets.length) seen += this.#in(++bucket)
      found.push(middleOf(bucket))
    }
    return found
  }

  /** Those that are not empty, in order. */
  entries(): [bucket: number, count: number][] {
    return Array.from(this.#buckets, (count, bucket): [number, number] => [bucket, count]).filter(
      ([, count]) => count !== 0,
    )
  }

  static from(entries: [bucket: number, count: number][]): Histogram {
    const histogram = new Histogram()
    for (const [bucket, count] of entries) {
      histogram.#buckets[bucket] = count
      histogram.count += count
    }
    return histogram
  }

  #in(bucket: number): number {
    return this.#buckets[bucket] ?? 0
  }
}

/** 128 buckets to each doubling. */
function bucketOf(ms: number): number {
  if (ms < 128) return Math.max(0, ms)
  const value = Math.min(ms, LAST)
  const shift = value < WORD ? 24 - Math.clz32(value) : 32 - Math.clz32(value / 256)
  return (shift + 1) * 128 + (Math.floor(value / 2 ** shift) - 128)
}

function middleOf(bucket: number): number {
  if (bucket < 256) return bucket
  const shift = Math.floor(bucket / 128) - 1
  const low = (128 + (bucket % 128)) * 2 ** shift
  return Math.floor(low + (2 ** shift - 1) / 2)
}
