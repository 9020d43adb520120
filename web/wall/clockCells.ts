import { ruleState } from '#core/ruleState.ts'
import type { ClockCounts, View } from '#core/view.ts'
import type { State } from './state.ts'

export interface ClockCell {
  rule: string
  counts: ClockCounts
  state: State
  /** Met of all decided today, 0 to 1; left out when none was decided. */
  rate?: number
}

/**
 * Every clock that the view has, in its order, which is the handbook's. While nothing is heard (`blind`), one that seems
 * fine is unknown.
 */
export function clockCells(clocks: View['clocks'], blind: boolean): ClockCell[] {
  return Object.entries(clocks).map(([rule, counts]) => cell(rule, counts, blind))
}

function cell(rule: string, counts: ClockCounts, blind: boolean): ClockCell {
  const decided = counts.metToday + counts.breachedToday
  return {
    rule,
    counts,
    state: ruleState(counts, blind),
    ...(decided > 0 && { rate: counts.metToday / decided }),
  }
}
