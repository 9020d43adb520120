/** How the clocks of one rule stand in one word, and which of their figures says so. */
import type { ClockCounts } from './view.ts'

export type RuleState = 'fine' | 'risk' | 'breach' | 'unknown'

/** @param blind nothing is heard from any source: what seems fine is unknown */
export function ruleState({ overdue, atRisk }: ClockCounts, blind: boolean): RuleState {
  return overdue > 0 ? 'breach' : atRisk > 0 ? 'risk' : blind ? 'unknown' : 'fine'
}

/** The worst of the figures of a clock that is not none. */
export function tellingFigure({ overdue, atRisk }: ClockCounts): 'overdue' | 'atRisk' | 'open' {
  return overdue > 0 ? 'overdue' : atRisk > 0 ? 'atRisk' : 'open'
}
