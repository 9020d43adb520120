/** A changed handbook, tried on the past: which breaches would have been there, beside those that were. */
import type { AlertRecord } from './alertRecord.ts'
import { type Clock, ruleOf } from './clocks.ts'
import { CONDITIONS } from './conditionTable.ts'
import { configure } from './configure.ts'
import { OWN_SOURCE } from './events.ts'
import { everyClock } from './everyClock.ts'
import { kindOf } from './list.ts'
import { iso, type SubjectKind } from './row.ts'
import type { HandbookChanges } from './shop.ts'
import type { Floor } from './state.ts'
import { HOUR } from './zone.ts'

/** Instants are RFC 3339 UTC with milliseconds. */
export interface Breach {
  rule: string
  kind: SubjectKind
  subject: string
  /** Its due instant; of a condition, when it was raised. */
  at: string
  /** What started; the same under any handbook. Left out of conditions: they have no start but themselves. */
  since?: string
  agent?: string
  queue?: string
}

export interface WhatIf {
  from: string
  to: string
  /** Hour by hour, how many of each rule; a rule without any is left out. */
  hours: { at: string; was: Record<string, number>; would: Record<string, number> }[]
  /** Each rule that has any, in the order of the most changed. */
  rules: { rule: string; was: number; would: number }[]
  /** Breaches that would not have been, and that were not; at most MAX_LISTED each, in order of time. */
  gone: Breach[]
  added: Breach[]
  goneCount: number
  addedCount: number
}

export const MAX_LISTED = 200

/** From `from` (epoch ms, just ahead of the floor's now) on the floor has this handbook. */
export function tryHandbook(floor: Floor, handbook: HandbookChanges, from: number): void {
  const about = { subject: floor.config.shop, source: OWN_SOURCE, id: 'what-if', data: { handbook } }
  configure(floor, { ...about, type: 'handbook.changed', seq: floor.seq, recordedAt: from, time: from })
}

/** The breaches of clocks that were decided from one instant to before another (epoch ms). */
export function clockBreaches(floor: Floor, from: number, to: number): Breach[] {
  const breaches: Breach[] = []
  for (const clock of everyClock(floor)) {
    if (clock.outcome === 'breached' && clock.outcomeAt >= from && clock.outcomeAt < to) breaches.push(breachOf(clock))
  }
  return breaches
}

/** The conditions among alerts, by id: a later record of the same replaces an earlier one. */
export function conditionBreaches(records: Iterable<AlertRecord>, from: number, to: number): Breach[] {
  const breaches: Breach[] = []
  for (const { id, rule, subject, openedAt, agent, queue, level } of records) {
    if (!(rule in CONDITIONS) || level !== 'breach' || openedAt < from || openedAt >= to) continue
    const kind = kindOf({ id, rule, queue })
    breaches.push({ rule, kind, subject, at: iso(openedAt), ...(agent && { agent }), ...(queue && { queue }) })
  }
  return breaches
}

/** What was beside what would have been, from one instant to before another (epoch ms). */
export function compareBreaches(was: readonly Breach[], would: readonly Breach[], from: number, to: number): WhatIf {
  const gone = without(was, would)
  const added = without(would, was)
  const rules = [...new Set([...was, ...would].map(({ rule }) => rule))].map((rule) => ({
    rule,
    was: was.filter((breach) => breach.rule === rule).length,
    would: would.filter((breach) => breach.rule === rule).length,
  }))
  const changed = (it: { was: number; would: number }) => Math.abs(it.would - it.was)
  return {
    from: iso(from),
    to: iso(to),
    hours: hoursOf(was, would, from, to),
    rules: rules.sort((a, b) => changed(b) - changed(a) || b.was - a.was || (a.rule < b.rule ? -1 : 1)),
    gone: gone.slice(0, MAX_LISTED),
    added: added.slice(0, MAX_LISTED),
    goneCount: gone.length,
    addedCount: added.length,
  }
}

function breachOf(clock: Clock): Breach {
  const { id, of } = ruleOf(clock)
  const { subject, outcomeAt, start, outcomeAgent: agent, outcomeQueue: queue } = clock
  return {
    ...{ rule: id, kind: of, subject, at: iso(outcomeAt), since: iso(start) },
    ...(agent !== undefined && { agent }),
    ...(queue !== undefined && { queue }),
  }
}

/** Those of `some` that are not among `others`, one for one, in order of time. */
function without(some: readonly Breach[], others: readonly Breach[]): Breach[] {
  const left = new Map<string, number>()
  for (const other of others) left.set(keyOf(other), (left.get(keyOf(other)) ?? 0) + 1)
  const rest = some.filter((breach) => {
    const count = left.get(keyOf(breach)) ?? 0
    left.set(keyOf(breach), count - 1)
    return count <= 0
  })
  return rest.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

const keyOf = ({ rule, kind, subject, since, at }: Breach) => JSON.stringify([rule, kind, subject, since ?? at])

function hoursOf(was: readonly Breach[], would: readonly Breach[], from: number, to: number): WhatIf['hours'] {
  const hours: WhatIf['hours'] = []
  for (let at = from; at < to; at += HOUR) hours.push({ at: iso(at), was: {}, would: {} })
  const count = (breaches: readonly Breach[], which: 'was' | 'would') => {
    for (const { rule, at } of breaches) {
      const counts = hours[Math.floor((Date.parse(at) - from) / HOUR)]?.[which]
      if (counts !== undefined) counts[rule] = (counts[rule] ?? 0) + 1
    }
  }
  count(was, 'was')
  count(would, 'would')
  return hours
}
