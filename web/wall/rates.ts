import type { Decided, RateBounds } from '#core/view.ts'
import type { State } from './state.ts'

export function stateOfRate(rate: number | undefined, { low, well }: RateBounds): State {
  if (rate === undefined) return 'unknown'
  return rate < low ? 'breach' : rate < well ? 'risk' : 'fine'
}

/**
 * How many more may be missed before the rate is too low; below zero, how many were missed too many. Undefined where
 * nothing was decided, or no rate is too low.
 */
export function spareMisses({ count, met }: Decided, { low }: RateBounds): number | undefined {
  if (count === 0 || low === 0) return undefined
  const spare = Math.floor(met / low - count + 1e-9)
  return spare >= 0 ? spare : met - Math.ceil(low * count - 1e-9)
}
