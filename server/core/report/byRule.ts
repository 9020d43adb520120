/** What was decided under each rule in the window, and the worst of it. */
import { type Clock, ruleOf } from '../clocks.ts'
import { type Desk, RULES } from '../handbook.ts'
import { type Gathered, latenessOf, tookOf } from './gather.ts'
import { type Case, caseOf, type Measure, share } from './measure.ts'

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
  return [...all.decided]
    .map(([rule, { met, breached }]): RuleLine => {
      const { section, desk } = RULES.find(({ id }) => id === rule) as (typeof RULES)[number]
      const cases = casesOf(all, breached)
      const line = { rule, section, desk, met, breached: breached.length, rate: met / (met + breached.length) }
      return cases.length > 0 ? { ...line, cases } : line
    })
    .sort((a, b) => b.breached - a.breached || (a.rule < b.rule ? -1 : 1))
}

/** The share of a rule's clocks that were met, with the breached ones as cases. */
export function rateOf(all: Gathered, rule: string): Measure {
  const { met, breached } = all.decided.get(rule) ?? { met: 0, breached: [] }
  return share(met, met + breached.length, 'none_decided', casesOf(all, breached))
}

/** The latest of the breached. */
function casesOf(all: Gathered, breached: readonly Clock[]): Case[] {
  return breached
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
