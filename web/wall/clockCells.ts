import { RULES } from '#core/handbook.ts'
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

const HANDBOOK = RULES.map((rule) => rule.id)
const NONE: ClockCounts = { open: 0, atRisk: 0, overdue: 0, metToday: 0, breachedToday: 0 }

/**
 * Every clock in the order of the handbook, each always in its place; what the handbook does not know comes last. While
 * nothing is heard (`blind`), a clock that seems fine is unknown.
 */
export function clockCells(clocks: View['clocks'], blind: boolean): ClockCell[] {
  const rules = new Set([...HANDBOOK, ...Object.keys(clocks)])
  return [...rules].map((rule) => cell(rule, clocks[rule], blind))
}

function cell(rule: string, known: ClockCounts | undefined, blind: boolean): ClockCell {
  const counts = known ?? NONE
  const decided = counts.metToday + counts.breachedToday
  return {
    rule,
    counts,
    state: ruleState(counts, blind),
    ...(decided > 0 && { rate: counts.metToday / decided }),
  }
}
