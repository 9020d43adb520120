/** How a benchmark counts: medians of alternating rounds, for the machine may be busy with something else now and then. */

export interface Sample {
  ours: number
  reference: number
}

/** Runs ours and the reference by turns, `rounds` times; gives the median of each and of the ratio within a round. */
export async function alternate(
  rounds: number,
  ours: (round: number) => number | Promise<number>,
  reference: (round: number) => number | Promise<number>,
): Promise<Sample & { ratio: number }> {
  const samples: Sample[] = []
  for (let round = 0; round < rounds; round++) {
    const even = round % 2 === 0
    const first = even ? await ours(round) : await reference(round)
    const second = even ? await reference(round) : await ours(round)
    samples.push(even ? { ours: first, reference: second } : { ours: second, reference: first })
  }
  return {
    ours: median(samples.map(({ ours }) => ours)),
    reference: median(samples.map(({ reference }) => reference)),
    ratio: median(samples.map(({ ours, reference }) => ours / reference)),
  }
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** Nearest rank. @param share 0.99 for p99 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** Calls `work` and gives how long it took, in seconds. */
export async function seconds(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/** Epoch milliseconds with their fraction: the same scale in every process of this machine. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now()
}
