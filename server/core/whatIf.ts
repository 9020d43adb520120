/**
 * What if another handbook had held from an instant on? The same events are folded twice from the floor as it was then:
 * as they were, and with the tried handbook in force, whatever was published meanwhile. Their breaches are compared.
 */

import type { RecordedEvent } from './events.ts'
import {
  type AlertRecord,
  advance,
  apply,
  decodeFloor,
  encodeFloor,
  type Floor,
  readSaved,
  takeAlertChanges,
} from './floor.ts'
import { iso } from './iso.ts'
import type { HandbookChanges } from './shop.ts'
import { Tidy } from './tidy.ts'
import { HOUR } from './zone.ts'

/** Half-open, epoch ms. */
export interface Period {
  from: number
  to: number
}

/** A clock breached or a condition rung. Instants in RFC 3339; `at` is the due instant of a clock. */
export interface Breach {
  rule: string
  subject: string
  at: string
  agent?: string
  queue?: string
}

export interface RuleCompared {
  rule: string
  was: number
  tried: number
  /** For each hour of the period. */
  hours: { was: number[]; tried: number[] }
}

/** What would have been, beside what was. */
export interface WhatIf {
  from: string
  to: string
  /** The beginning of each hour of the period. */
  hours: string[]
  /** Rules with a breach on either side, the most changed first. */
  rules: RuleCompared[]
  /** Breaches that would have been there and were not, and the other way round; `count` is of all of them. */
  added: { count: number; breaches: Breach[] }
  gone: { count: number; breaches: Breach[] }
}

const SHOWN = 200

export class Trial {
  readonly was: Floor
  readonly tried: Floor
  #period: Period
  #tidies = [new Tidy(), new Tidy()] as const
  #breaches = [new Map<string, AlertRecord>(), new Map<string, AlertRecord>()] as const

  /** @param floor as it was just before the period; it is carried on through the period */
  constructor(floor: Floor, period: Period, handbook: HandbookChanges) {
    this.#period = period
    this.was = floor
    const { front, pages } = encodeFloor(floor)
    this.tried = decodeFloor(front, [readSaved(pages)])
    this.tried.planned = { at: period.from, handbook }
    floor.alerts.changed.clear()
  }

  /** The next event of the log. */
  apply(event: RecordedEvent): void {
    apply(this.was, event)
    // The tried handbook stays in force.
    if (event.type !== 'handbook.changed') apply(this.tried, event)
  }

  /** Now and then: takes note of what was breached, and keeps the floors small. */
  step(): void {
    for (const [i, floor] of this.#floors.entries()) {
      this.#note(floor, this.#breaches[i] as Map<string, AlertRecord>)
      this.#tidies[i]?.step(floor)
    }
  }

  /** What came of it, once every event of the period is folded. */
  finish(): WhatIf {
    for (const floor of this.#floors) advance(floor, this.#period.to)
    this.step()
    return compare(this.#period, ...this.#breaches)
  }

  get #floors(): readonly [Floor, Floor] {
    return [this.was, this.tried]
  }

  #note(floor: Floor, breaches: Map<string, AlertRecord>): void {
    const { from, to } = this.#period
    for (const alert of takeAlertChanges(floor)) {
      const at = instantOf(alert)
      const counts = alert.level === 'breach' && alert.withdrawn !== true && at >= from && at < to
      if (counts) breaches.set(alert.id, alert)
      else breaches.delete(alert.id)
    }
  }
}

function compare(
  period: Period,
  was: ReadonlyMap<string, AlertRecord>,
  tried: ReadonlyMap<string, AlertRecord>,
): WhatIf {
  const { from, to } = period
  const hours = Array.from({ length: Math.ceil((to - from) / HOUR) }, (_, i) => iso(from + i * HOUR))
  const rules = new Map<string, RuleCompared>()
  for (const [side, breaches] of [
    ['was', was],
    ['tried', tried],
  ] as const) {
    for (const alert of breaches.values()) {
      const none = () => hours.map(() => 0)
      const rule = rules.get(alert.rule) ?? {
        rule: alert.rule,
        was: 0,
        tried: 0,
        hours: { was: none(), tried: none() },
      }
      rules.set(alert.rule, rule)
      const hour = Math.floor((instantOf(alert) - from) / HOUR)
      rule[side]++
      rule.hours[side][hour] = (rule.hours[side][hour] ?? 0) + 1
    }
  }
  const change = ({ was, tried }: RuleCompared) => Math.abs(tried - was)
  return {
    from: iso(from),
    to: iso(to),
    hours,
    rules: [...rules.values()].sort((a, b) => change(b) - change(a) || b.was - a.was || (a.rule < b.rule ? -1 : 1)),
    added: onlyIn(tried, was),
    gone: onlyIn(was, tried),
  }
}

/** In the order of their instants. */
function onlyIn(all: ReadonlyMap<string, AlertRecord>, others: ReadonlyMap<string, AlertRecord>): WhatIf['added'] {
  const only = [...all.values()].filter(({ id }) => !others.has(id)).sort((a, b) => instantOf(a) - instantOf(b))
  return { count: only.length, breaches: only.slice(0, SHOWN).map(breachOf) }
}

function breachOf(alert: AlertRecord): Breach {
  const { rule, subject, agent, queue } = alert
  return {
    rule,
    subject,
    at: iso(instantOf(alert)),
    ...(agent !== undefined && { agent }),
    ...(queue !== undefined && { queue }),
  }
}

const instantOf = ({ dueAt, openedAt }: AlertRecord): number => dueAt ?? openedAt
