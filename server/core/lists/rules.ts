/** The lists behind the figures of rules: their clocks, how they stand, the answers given. */
import { type Clock, FIRST_RESPONSE, REPLY_WAIT, ruleOf } from '../clocks.ts'
import { drawClocks } from '../drawView.ts'
import { RULES } from '../handbook.ts'
import { RECENT_MS } from '../recent.ts'
import { type Row, row } from '../row.ts'
import { type RuleState, ruleState, tellingFigure } from '../ruleState.ts'
import type { Floor } from '../state.ts'
import { clocks, decided, ofScore } from './select.ts'

export function ofResponse(floor: Floor, which: string, span: string, score: string): Iterable<Row> | undefined {
  const rule = which === 'first' ? FIRST_RESPONSE : which === 'reply' ? REPLY_WAIT : undefined
  const isIn = SPANS[span]
  if (rule === undefined || isIn === undefined) return undefined
  if (score === 'answers') return clocks(floor, (clock) => clock.rule === rule && isIn(floor, clock.answeredAt))
  return ofScore(floor, score, (clock) => clock.rule === rule && isIn(floor, clock.outcomeAt))
}

const SPANS: Record<string, (floor: Floor, at: number | undefined) => boolean> = {
  today: ({ tallies }, at) => at !== undefined && tallies.isToday(at),
  recent: ({ now }, at) => at !== undefined && at > now - RECENT_MS,
}

/** Of one rule, or of `all`. */
export function ofRule(floor: Floor, id: string, what: string): Iterable<Row> | undefined {
  if (id !== 'all' && !RULES.some((rule) => rule.id === id)) return undefined
  const ofIt = (clock: Clock) => id === 'all' || ruleOf(clock).id === id
  switch (what) {
    case 'open':
      return clocks(floor, (clock) => ofIt(clock) && (clock.phase === 'open' || clock.phase === 'atRisk'))
    case 'atRisk':
    case 'overdue':
      return clocks(floor, (clock) => ofIt(clock) && clock.phase === what)
    case 'decidedToday':
      return decided(floor, 'count', ofIt)
    case 'metToday':
      return decided(floor, 'met', ofIt)
    case 'breachedToday':
      return decided(floor, 'missed', ofIt)
    default:
      return undefined
  }
}

/** The rules that stand so: `breach`, `risk`, `fine`, or `unknown` where nothing is heard from any source. */
export function ofRules(floor: Floor, id: string): Iterable<Row> | undefined {
  if (!RULE_STATES.has(id)) return undefined
  const blind = [...floor.sources.keys()].every((source) => floor.conditions.isRinging('source_silent', source))
  return Object.entries(drawClocks(floor)).flatMap(([rule, counts]) => {
    if (ruleState(counts, blind) !== id) return []
    const telling = tellingFigure(counts)
    const section = RULES.find((one) => one.id === rule)?.section
    return [row('rule', rule, { rule, section, figure: `clocks/${rule}/${telling}`, count: counts[telling] })]
  })
}

const RULE_STATES = new Set<string>(['breach', 'risk', 'unknown', 'fine'] satisfies RuleState[])
