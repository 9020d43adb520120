/** The figures of the local day and of the last 15 minutes. What is counted can be taken back by counting it with −1. */
import { RULES, type Rule } from './handbook.ts'
import { Histogram } from './histogram.ts'
import { Recent } from './recent.ts'
import type { Zone } from './zone.ts'

export interface Score {
  count: number
  met: number
}

export interface RuleTally {
  open: number
  atRisk: number
  overdue: number
  met: number
  breached: number
}

/** A rule whose answers are timed: first_response and reply_wait. */
export class Response {
  today: Score = { count: 0, met: 0 }
  answers = new Histogram()
  recent = new Recent()
}

export class Tallies {
  day = 0
  dayStart = Number.NaN
  dayEnd = Number.NaN
  /** By id. */
  rules = new Map<string, RuleTally>()
  #byIndex: RuleTally[] = []
  first = new Response()
  reply = new Response()
  queueFirst = new Map<string, Score>()
  agentFirst = new Map<string, Score>()
  abandoned = new Map<string, number>()
  autoReplies = new Map<string, number>()

  /** Makes the local day of `instant` today; its figures start from nothing. */
  startDay(zone: Zone, instant: number): void {
    this.day = zone.dayOf(instant)
    this.dayStart = zone.startOf(this.day)
    this.dayEnd = zone.startOf(this.day + 1)
    for (const rule of this.rules.values()) {
      rule.met = 0
      rule.breached = 0
    }
    for (const response of [this.first, this.reply]) {
      response.today = { count: 0, met: 0 }
      response.answers = new Histogram()
    }
    for (const figures of [this.queueFirst, this.agentFirst, this.abandoned, this.autoReplies]) figures.clear()
  }

  isToday(instant: number): boolean {
    return instant >= this.dayStart && instant < this.dayEnd
  }

  /** @param index in RULES: those of one id share a tally */
  rule(index: number): RuleTally {
    let tally = this.#byIndex[index]
    if (tally === undefined) {
      const { id } = RULES[index] as Rule
      tally = this.rules.get(id) ?? { open: 0, atRisk: 0, overdue: 0, met: 0, breached: 0 }
      this.rules.set(id, tally)
      this.#byIndex[index] = tally
    }
    return tally
  }
}

export function addScore(scores: Map<string, Score>, key: string, met: boolean, sign: 1 | -1): void {
  let score = scores.get(key)
  if (score === undefined) {
    score = { count: 0, met: 0 }
    scores.set(key, score)
  }
  score.count += sign
  if (met) score.met += sign
}

export function addCount(counts: Map<string, number>, key: string, sign: 1 | -1): void {
  counts.set(key, (counts.get(key) ?? 0) + sign)
}
