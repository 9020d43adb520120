/** A changed handbook, tried on the past: which breaches would have been there, beside those that were. */

import { kindOf } from './alertKind.ts'
import type { AlertRecord } from './alertRecord.ts'
import { configure } from './configure.ts'
import { OWN_SOURCE } from './events.ts'
import { iso, type SubjectKind } from './row.ts'
import type { HandbookChanges } from './shop.ts'
import type { Floor } from './state.ts'
import { HOUR } from './zone.ts'

/** Instants are RFC 3339 UTC with milliseconds. */
export interface Breach {
  /** Of its alert: the same under any handbook. */
  id: string
  rule: string
  kind: SubjectKind
  subject: string
  /** Its due instant; of a condition, when it was raised. */
  at: string
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

/** The breaches among records of alerts, from one instant to before another (epoch ms). */
export function breachesAmong(records: Iterable<AlertRecord>, from: number, to: number): Breach[] {
  const breaches: Breach[] = []
  for (const { id, rule, subject, level, withdrawn, dueAt, openedAt, resolvedAt, agent, queue } of records) {
    const at = dueAt ?? openedAt
    if (level !== 'breach' || at < from || at >= to) continue
    // What was taken back only later was a breach as far as was known then.
    if (withdrawn === true && (resolvedAt ?? 0) < to) continue
    const kind = kindOf({ id, rule, queue })
    breaches.push({ id, rule, kind, subject, at: iso(at), ...(agent && { agent }), ...(queue && { queue }) })
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

/** Those of `some` that are not among `others`, in order of time. What is late under both has the same id. */
function without(some: readonly Breach[], others: readonly Breach[]): Breach[] {
  const there = new Set(others.map(({ id }) => id))
  return some.filter(({ id }) => !there.has(id)).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

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
