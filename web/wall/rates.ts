import { CONDITIONS } from '#core/conditionTable.ts'
import type { Decided } from '#core/view.ts'
import type { State } from './state.ts'

/** Below this the shop is told that its response rate is low; at `RATE_SAFE` it is well again. */
export const RATE_FLOOR = CONDITIONS.response_rate.raise
const RATE_SAFE = CONDITIONS.response_rate.clear

export function stateOfRate(rate: number | undefined): State {
  if (rate === undefined) return 'unknown'
  return rate < RATE_FLOOR ? 'breach' : rate < RATE_SAFE ? 'risk' : 'fine'
}

/** How many more may be missed before the rate falls below the floor; below zero, how many were missed too many. */
export function spareMisses({ count, met }: Decided): number {
  const spare = Math.floor(met / RATE_FLOOR - count + 1e-9)
  return spare >= 0 ? spare : met - Math.ceil(RATE_FLOOR * count - 1e-9)
}
