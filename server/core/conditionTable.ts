/**
 * The conditions of the floor. All figures are ours, the handbook gives none; every one can be changed by the shop.
 * `raise` and `clear` are counts, or rates between 0 and 1; `raiseMs` and `clearMs` how long each must hold.
 */
import { MINUTE, SECOND } from './zone.ts'

export interface ConditionSettings {
  on: boolean
  raise?: number
  clear?: number
  raiseMs: number
  clearMs: number
  /** away_too_long: how long with the reason `meal`. */
  mealMs?: number
  /** response_rate: how many must be decided for the rate to mean something. */
  atLeast?: number
}

export type ConditionId = keyof typeof CONDITIONS

export const CONDITIONS = {
  queue_depth: { on: true, raise: 10, clear: 8, raiseMs: 15 * SECOND, clearMs: 30 * SECOND },
  no_agent: { on: true, raiseMs: 15 * SECOND, clearMs: 0 },
  over_capacity: { on: true, raiseMs: 60 * SECOND, clearMs: 0 },
  away_too_long: { on: true, raiseMs: 30 * MINUTE, mealMs: 60 * MINUTE, clearMs: 0 },
  response_rate: { on: true, raise: 0.9, clear: 0.92, atLeast: 10, raiseMs: 0, clearMs: 0 },
  /** `raiseMs` is how long before the wave. */
  wave_at_risk: { on: true, raiseMs: 30 * MINUTE, clearMs: 0 },
  stock_out: { on: true, raiseMs: 0, clearMs: 0 },
  source_silent: { on: true, raiseMs: 5 * MINUTE, clearMs: 0 },
} satisfies Record<string, ConditionSettings>
