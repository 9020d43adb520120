/**
 * Conditions ring when something about the floor has held for a while, and clear likewise. They are judged when their
 * ingredients become known, at the end of each instant: what is marked is looked at before time moves on.
 */
import type { Alert } from './alerts.ts'
import { CONDITIONS, type ConditionId, type ConditionSettings } from './conditionTable.ts'
import type { Floor } from './state.ts'

/** One condition on one subject. */
export interface Ring {
  kind: 'ring'
  rule: ConditionId
  subject: string
  /** Since when it has been bad without ringing yet, or good while still ringing. */
  since: number | undefined
  alert: Alert | undefined
  timerAt: number
  /** It is among the marked. */
  isMarked: boolean
}

/** How a subject stands now. `ringsAt` replaces since + raiseMs where another time counts; `looksAt` asks to look again. */
export interface ConditionState {
  bad: boolean
  good: boolean
  ringsAt?: number
  looksAt?: number | undefined
  agent?: string
  queue?: string | undefined
}

export type Judge = (floor: Floor, subject: string, settings: ConditionSettings) => ConditionState

export class Conditions {
  #rings = Object.fromEntries(Object.keys(CONDITIONS).map((id) => [id, new Map()])) as Record<
    ConditionId,
    Map<string, Ring>
  >
  /** To be looked at before time moves on, in the order in which they were marked. */
  marked: Ring[] = []

  /** Asks for the condition to be looked at before time moves on. */
  mark(rule: ConditionId, subject: string): Ring {
    let ring = this.find(rule, subject)
    if (ring === undefined) {
      ring = { kind: 'ring', rule, subject, since: undefined, alert: undefined, timerAt: Number.NaN, isMarked: false }
      this.add(ring)
    }
    this.markRing(ring)
    return ring
  }

  markRing(ring: Ring): void {
    if (ring.isMarked) return
    ring.isMarked = true
    this.marked.push(ring)
  }

  /** Those that are marked; from here on none is. */
  takeMarked(): Ring[] {
    const { marked } = this
    this.marked = []
    for (const ring of marked) ring.isMarked = false
    return marked
  }

  find(rule: ConditionId, subject: string): Ring | undefined {
    return this.#rings[rule].get(subject)
  }

  add(ring: Ring): void {
    this.#rings[ring.rule].set(ring.subject, ring)
  }

  drop(ring: Ring): void {
    this.#rings[ring.rule].delete(ring.subject)
  }

  *all(): Generator<Ring> {
    for (const rings of Object.values(this.#rings)) yield* rings.values()
  }

  /** True while the condition rings, resolved by a person or not. */
  isRinging(rule: ConditionId, subject: string): boolean {
    return this.find(rule, subject)?.alert !== undefined
  }
}

/** The first-response rate of the shop, and of a queue, may have changed. */
export function markRate(floor: Floor, queue: string | undefined): void {
  floor.conditions.mark('response_rate', '')
  if (queue !== undefined) floor.conditions.mark('response_rate', `queue:${queue}`)
}

/** Looks at one condition now: rings it, clears it, or sets the timer for when to look again. */
export function look(floor: Floor, ring: Ring, judge: Judge): void {
  const { now } = floor
  const settings = floor.book.conditions[ring.rule]
  const standing = settings.on ? judge(floor, ring.subject, settings) : { bad: false, good: true }
  let next = standing.looksAt ?? Number.NaN
  if (ring.alert === undefined) {
    if (!standing.bad) ring.since = undefined
    else {
      ring.since ??= now
      const ringsAt = standing.ringsAt ?? ring.since + settings.raiseMs
      if (now >= ringsAt) raise(floor, ring, standing)
      else next = soonest(next, ringsAt)
    }
  }
  if (ring.alert !== undefined) {
    if (!standing.good && settings.on) ring.since = undefined
    else {
      ring.since ??= now
      const clearsAt = settings.on ? ring.since + settings.clearMs : now
      if (now >= clearsAt) clear(floor, ring)
      else next = soonest(next, clearsAt)
    }
  }
  setTimer(floor, ring, next)
}

function raise(floor: Floor, ring: Ring, standing: ConditionState): void {
  const subject = ring.rule === 'response_rate' && ring.subject === '' ? floor.config.shop : bare(ring)
  ring.since = undefined
  ring.alert = {
    id: `${ring.rule}/${ring.subject}/${floor.now.toString(36)}`,
    rule: ring.rule,
    subject,
    level: 'breach',
    state: 'open',
    openedAt: floor.now,
    agent: standing.agent,
    queue: standing.queue,
  }
  floor.alerts.show(ring.alert)
  floor.alerts.touch(ring.alert)
}

function clear(floor: Floor, ring: Ring): void {
  const alert = ring.alert as Alert
  ring.alert = undefined
  ring.since = undefined
  floor.alerts.hide(alert)
  if (alert.state === 'resolved') return
  alert.state = 'resolved'
  alert.resolvedAt = floor.now
  floor.alerts.touch(alert)
}

const bare = (ring: Ring) => (ring.rule === 'response_rate' ? ring.subject.slice('queue:'.length) : ring.subject)

function soonest(a: number, b: number): number {
  return Number.isNaN(a) ? b : Math.min(a, b)
}

function setTimer(floor: Floor, ring: Ring, next: number): void {
  if (next === ring.timerAt || (Number.isNaN(next) && Number.isNaN(ring.timerAt))) return
  ring.timerAt = next
  if (next < Number.POSITIVE_INFINITY) floor.timers.push(next, ring)
}
