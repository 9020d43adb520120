/**
 * A clock runs from its start to its stop under one rule of the handbook. Whatever becomes known about it, `refresh`
 * says what it now is (running, met, breached or void), keeps the figures and its alert in step, and sets its timer.
 */
import type { Book } from './book.ts'
import { ring, settle } from './clockAlerts.ts'
import { answerOf, count, countAnswer, countOutcome, movePhase } from './counting.ts'
import { RULES, type Rule } from './handbook.ts'
import type { Floor, Version } from './state.ts'
import { versionAt } from './state.ts'

/** What the figures hold of a clock. */
type Phase = 'none' | 'open' | 'atRisk' | 'overdue'
type Outcome = 'none' | 'met' | 'breached'

export interface Clock {
  kind: 'clock'
  /** Index in RULES. */
  rule: number
  subject: string
  /** Set where the rule can start more than once on the subject. */
  again: boolean
  start: number
  due: number
  warnAt: number
  /** When its present due instant became known. */
  knownAt: number
  /** Index of the handbook version it started under. */
  version: number
  stop: number | undefined
  end: number | undefined
  /** Who has it now. */
  queue: string | undefined
  agent: string | undefined
  /** Who answers for the decision: fixed once something later than the decision is known. */
  decidedBy: { queue: string | undefined; agent: string | undefined } | undefined
  /** auto_reply: what called for it. */
  trigger: string | undefined
  /** auto_reply: which of those that the same called for at the same instant, from 0. */
  twin: number
  phase: Phase
  outcome: Outcome
  outcomeAt: number
  outcomeQueue: string | undefined
  outcomeAgent: string | undefined
  answeredAt: number | undefined
  answeredMs: number
  timerAt: number
  /** The worst level at which it has rung. */
  rung: 'none' | 'warn' | 'breach'
  /** Of its alert, once it was asked for. */
  alertId: string | undefined
}

export const FIRST_RESPONSE = RULES.findIndex((rule) => rule.id === 'first_response')
export const REPLY_WAIT = RULES.findIndex((rule) => rule.id === 'reply_wait')
export const AUTO_REPLY = RULES.findIndex((rule) => rule.id === 'auto_reply')

/** The rule of a clock. */
export const ruleOf = (clock: Clock): Rule => RULES[clock.rule] as Rule
export const bookOf = (floor: Floor, clock: Clock): Book => (floor.versions[clock.version] as Version).book

/** A new clock, or none where its rule was off or would never fall due. It counts from its first `refresh` on. */
export function arm(floor: Floor, rule: number, subject: string, start: number, again: boolean): Clock | undefined {
  const version = versionAt(floor, start)
  const { book } = floor.versions[version] as Version
  if (book.rules[rule]?.on !== true) return undefined
  const due = book.due(rule, start)
  if (due === Number.POSITIVE_INFINITY) return undefined
  return newClock(floor, rule, subject, start, due, book.warnAt(rule, start, due), version, again)
}

export function newClock(
  floor: Floor,
  rule: number,
  subject: string,
  start: number,
  due: number,
  warnAt: number,
  version: number,
  again: boolean,
): Clock {
  return {
    kind: 'clock',
    rule,
    subject,
    again,
    start,
    due,
    warnAt,
    knownAt: floor.now,
    version,
    stop: undefined,
    end: undefined,
    queue: undefined,
    agent: undefined,
    decidedBy: undefined,
    trigger: undefined,
    twin: 0,
    phase: 'none',
    outcome: 'none',
    outcomeAt: 0,
    outcomeQueue: undefined,
    outcomeAgent: undefined,
    answeredAt: undefined,
    answeredMs: 0,
    timerAt: Number.NaN,
    rung: 'none',
    alertId: undefined,
  }
}

/** True while the clock is neither stopped nor ended. */
export const isRunning = (clock: Clock): boolean => clock.stop === undefined && clock.end === undefined

/** What the clock is at `now`. A stop beats an end at the same instant; from due + 1 ms on it is breached. */
export function stateOf(clock: Clock, now: number): 'pending' | 'running' | 'met' | 'breached' | 'void' {
  const { stop, end, due } = clock
  if (now < clock.start) return 'pending'
  if (stop !== undefined && stop <= due && !(end !== undefined && end < stop)) return 'met'
  if (end !== undefined && end <= due) return 'void'
  return now > due ? 'breached' : 'running'
}

/** Brings figures, alert and timer in step with what is known of the clock at the floor's now. */
export function refresh(floor: Floor, clock: Clock): void {
  endWhereRuleIsOff(floor, clock)
  const { now } = floor
  const state = stateOf(clock, now)
  const running = isRunning(clock)
  const phase: Phase =
    state === 'running'
      ? now >= clock.warnAt
        ? 'atRisk'
        : 'open'
      : state === 'breached' && running
        ? 'overdue'
        : 'none'
  movePhase(floor, clock, phase)
  count(floor, clock, state === 'met' || state === 'breached' ? state : 'none')
  alertFor(floor, clock, phase)
  setTimer(floor, clock, state, running)
}

/** Takes the clock out of all figures: what had started it is no longer so. */
export function remove(floor: Floor, clock: Clock): void {
  movePhase(floor, clock, 'none')
  countAnswer(floor, clock, undefined, 0)
  countOutcome(floor, clock, 'none', 0, undefined, undefined)
  settle(floor, clock)
  clock.timerAt = Number.NaN
}

/** Marks the clock as known in time and counted as it stands: one that is worked out again from what a subject remembers. */
export function assume(floor: Floor, clock: Clock): void {
  clock.knownAt = clock.start
  endWhereRuleIsOff(floor, clock)
  const state = stateOf(clock, floor.now)
  if (state === 'met' || state === 'breached') {
    clock.outcome = state
    clock.outcomeAt = state === 'met' ? (clock.stop as number) : clock.due
    clock.outcomeQueue = (clock.decidedBy ?? clock).queue
    clock.outcomeAgent = (clock.decidedBy ?? clock).agent
    if (state === 'breached') clock.rung = 'breach'
  }
  const answer = answerOf(floor, clock)
  clock.answeredAt = answer?.at
  clock.answeredMs = answer?.ms ?? 0
}

function endWhereRuleIsOff(floor: Floor, clock: Clock): void {
  for (let v = clock.version + 1; v < floor.versions.length; v++) {
    const { from, book } = floor.versions[v] as Version
    if (book.rules[clock.rule]?.on === false) {
      if (clock.stop === undefined || clock.stop > from) clock.end = Math.min(clock.end ?? from, from)
      return
    }
  }
}

function alertFor(floor: Floor, clock: Clock, phase: Phase): void {
  const warns = phase === 'atRisk' && bookOf(floor, clock).rules[clock.rule]?.warns === true
  if (clock.outcome === 'breached') ring(floor, clock, 'breach')
  else if (clock.rung === 'breach') settle(floor, clock)
  if (warns) ring(floor, clock, 'warn')
  else if (phase !== 'overdue' && clock.rung !== 'none') settle(floor, clock)
}

function setTimer(floor: Floor, clock: Clock, state: ReturnType<typeof stateOf>, running: boolean): void {
  const next =
    state === 'pending'
      ? clock.start
      : state === 'running' && running
        ? floor.now < clock.warnAt
          ? Math.min(clock.warnAt, clock.due + 1)
          : clock.due + 1
        : Number.NaN
  if (next === clock.timerAt || (Number.isNaN(next) && Number.isNaN(clock.timerAt))) return
  clock.timerAt = next
  if (!Number.isNaN(next)) floor.timers.push(next, clock)
}
