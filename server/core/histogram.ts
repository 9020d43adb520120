/**
 * Counts durations (whole ms) in buckets less than 0.8 % wide, exact below 128 ms, so that any percentile of a day of
 * a million answers is at hand at once, and an answer can be taken back.
 */
const LAST = 0x7fffffff

export class Histogram {
  #buckets = new Map<number, number>()
  count = 0

  add(ms: number, times: number): void {
    const bucket = bucketOf(ms)
    const left = (this.#buckets.get(bucket) ?? 0) + times
    if (left === 0) this.#buckets.delete(bucket)
    else this.#buckets.set(bucket, left)
    this.count += times
  }

  /** The nearest-rank percentiles (0 < share ≤ 1) in ms, ascending shares, within half a bucket; none when empty. */
  percentiles(shares: readonly number[]): number[] {
    if (this.count <= 0) return []
    const buckets = [...this.#buckets].sort((a, b) => a[0] - b[0])
    const found: number[] = []
    let seen = 0
    let i = 0
    for (const share of shares) {
      const rank = Math.ceil(share * this.count)
      while (i < buckets.length - 1 && seen + (buckets[i] as [number, number])[1] < rank) {
        seen += (buckets[i] as [number, number])[1]
        i++
      }
      found.push(middleOf((buckets[i] as [number, number])[0]))
    }
    return found
  }

  entries(): [number, number][] {
    return [...this.#buckets].sort((a, b) => a[0] - b[0])
  }

  static from(entries: [number, number][]): Histogram {
    const histogram = new Histogram()
    for (const [bucket, count] of entries) {
      histogram.#buckets.set(bucket, count)
      histogram.count += count
    }
    return histogram
  }
}

/** 128 buckets to each doubling. */
function bucketOf(ms: number): number {
  if (ms < 128) return ms
  const value = Math.min(ms, LAST)
  const shift = 24 - Math.clz32(value)
  return (shift + 1) * 128 + ((value >>> shift) - 128)
}

function middleOf(bucket: number): number {
  if (bucket < 256) return bucket
  const shift = Math.floor(bucket / 128) - 1
  const low = (128 + (bucket % 128)) * 2 ** shift
  return Math.floor(low + (2 ** shift - 1) / 2)
}
