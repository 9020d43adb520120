/** What was decided under each rule in the window, and the worst of it. */
import { type Clock, ruleOf } from '../clocks.ts'
import { type Desk, RULES } from '../handbook.ts'
import { type Gathered, latenessOf, tookOf } from './gather.ts'
import { type Case, caseOf, type Measure } from './measure.ts'

export interface RuleLine {
  rule: string
  section: string
  desk: Desk
  met: number
  breached: number
  /** met / (met + breached). */
  rate?: number
  /** The latest ones of the breached. */
  cases?: Case[]
}

const MAX_CASES = 10

/** Every rule under which something was decided, the one with most breaches first. */
export function ruleLines(all: Gathered): RuleLine[] {
  const lines: RuleLine[] = []
  const byRule = Map.groupBy(all.decided, (clock) => ruleOf(clock).id)
  for (const [rule, clocks] of byRule) {
    const { section, desk } = RULES.find(({ id }) => id === rule) as (typeof RULES)[number]
    const met = clocks.filter(({ outcome }) => outcome === 'met').length
    const cases = casesOf(all, clocks).slice(0, MAX_CASES)
    const line: RuleLine = { rule, section, desk, met, breached: clocks.length - met, rate: met / clocks.length }
    lines.push(cases.length > 0 ? { ...line, cases } : line)
  }
  return lines.sort((a, b) => b.breached - a.breached || (a.rule < b.rule ? -1 : 1))
}

/** The share of a rule's clocks that were met, with the breached ones as cases. */
export function rateOf(all: Gathered, rule: string): Measure {
  const clocks = all.decided.filter((clock) => ruleOf(clock).id === rule)
  if (clocks.length === 0) return { why: 'none_decided' }
  const met = clocks.filter(({ outcome }) => outcome === 'met').length
  return { value: met / clocks.length, numerator: met, denominator: clocks.length, cases: casesOf(all, clocks) }
}

/** The breached of some clocks, the latest first. */
function casesOf(all: Gathered, clocks: readonly Clock[]): Case[] {
  return clocks
    .filter(({ outcome }) => outcome === 'breached')
    .map((clock) => ({ clock, lateMs: latenessOf(all, clock) }))
    .sort((a, b) => b.lateMs - a.lateMs || a.clock.due - b.clock.due || (a.clock.subject < b.clock.subject ? -1 : 1))
    .slice(0, MAX_CASES)
    .map(({ clock, lateMs }) => {
      const { agent, queue } = clock.decidedBy ?? clock
      const { id: rule, of } = ruleOf(clock)
      const name = of === 'sku' ? all.floor.skus.get(clock.subject)?.name : undefined
      return caseOf(of, clock.subject, clock.due, {
        rule,
        lateMs,
        agent,
        queue,
        name,
        tookMs: tookOf(all.floor, clock),
      })
    })
}
