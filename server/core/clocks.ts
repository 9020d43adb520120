/**
 * A clock runs from its start to its stop under one rule of the handbook. Whatever becomes known about it, `refresh`
 * says what it now is (running, met, breached or void), keeps the figures and its alert in step, and sets its timer.
 */
import { type Alert, ring, settle } from './alerts.ts'
import type { Book } from './book.ts'
import { markRate } from './conditions.ts'
import { RULES, type Rule } from './handbook.ts'
import type { Floor, Version } from './state.ts'
import { versionAt } from './state.ts'
import { addScore, type Response, type RuleTally } from './tallies.ts'

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
  /** Its alert, while that is not resolved. */
  alert: Alert | undefined
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
    phase: 'none',
    outcome: 'none',
    outcomeAt: 0,
    outcomeQueue: undefined,
    outcomeAgent: undefined,
    answeredAt: undefined,
    answeredMs: 0,
    timerAt: Number.NaN,
    rung: 'none',
    alert: undefined,
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

/** Marks the clock as already counted as it stands: one that is worked out again from what a subject remembers. */
export function assume(floor: Floor, clock: Clock): void {
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

/** Counts the clock's decision and answer again where they are of today: the day's figures were emptied. */
export function recount(floor: Floor, clock: Clock): void {
  if (clock.outcome !== 'none') countToday(floor, clock, 1)
  if (clock.answeredAt !== undefined && floor.tallies.isToday(clock.answeredAt)) {
    responseOf(floor, clock)?.answers.add(clock.answeredMs, 1)
  }
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

function movePhase(floor: Floor, clock: Clock, phase: Phase): void {
  if (clock.phase === phase) return
  const tally = floor.tallies.rule(ruleOf(clock).id)
  inPhase(tally, clock.phase, -1)
  inPhase(tally, phase, 1)
  clock.phase = phase
}

function inPhase(tally: RuleTally, phase: Phase, sign: 1 | -1): void {
  if (phase === 'none') return
  if (phase === 'overdue') tally.overdue += sign
  else tally.open += sign
  if (phase === 'atRisk') tally.atRisk += sign
}

function count(floor: Floor, clock: Clock, outcome: Outcome): void {
  const by = clock.decidedBy ?? clock
  const at = outcome === 'met' ? (clock.stop as number) : clock.due
  const same =
    clock.outcome === outcome &&
    (outcome === 'none' ||
      (clock.outcomeAt === at && clock.outcomeQueue === by.queue && clock.outcomeAgent === by.agent))
  if (!same) countOutcome(floor, clock, outcome, at, by.queue, by.agent)
  if (clock.rule > REPLY_WAIT) return
  if (clock.answeredAt === undefined && clock.stop === undefined) return
  const answer = answerOf(floor, clock)
  if (answer?.at !== clock.answeredAt || (answer?.ms ?? 0) !== clock.answeredMs) {
    countAnswer(floor, clock, answer?.at, answer?.ms ?? 0)
  }
}

function countOutcome(
  floor: Floor,
  clock: Clock,
  outcome: Outcome,
  at: number,
  queue: string | undefined,
  agent: string | undefined,
): void {
  if (clock.outcome !== 'none') {
    countToday(floor, clock, -1)
    countRecent(floor, clock, -1)
  }
  clock.outcome = outcome
  clock.outcomeAt = at
  clock.outcomeQueue = queue
  clock.outcomeAgent = agent
  if (outcome === 'none') return
  countToday(floor, clock, 1)
  countRecent(floor, clock, 1)
}

function countToday(floor: Floor, clock: Clock, sign: 1 | -1): void {
  const { tallies } = floor
  if (!tallies.isToday(clock.outcomeAt)) return
  const met = clock.outcome === 'met'
  const tally = tallies.rule(ruleOf(clock).id)
  if (met) tally.met += sign
  else tally.breached += sign
  const response = responseOf(floor, clock)
  if (response === undefined) return
  response.today.count += sign
  if (met) response.today.met += sign
  if (clock.rule !== FIRST_RESPONSE) return
  if (clock.outcomeQueue !== undefined) addScore(tallies.queueFirst, clock.outcomeQueue, met, sign)
  if (clock.outcomeAgent !== undefined) addScore(tallies.agentFirst, clock.outcomeAgent, met, sign)
}

function countRecent(floor: Floor, clock: Clock, sign: 1 | -1): void {
  const recent = responseOf(floor, clock)?.recent
  if (recent === undefined) return
  const mark = { at: clock.outcomeAt, queue: clock.outcomeQueue, met: clock.outcome === 'met' }
  const changed = sign === 1 ? recent.add(mark, floor.now) : recent.remove(mark, floor.now)
  if (changed && clock.rule === FIRST_RESPONSE) markRate(floor, clock.outcomeQueue)
}

function countAnswer(floor: Floor, clock: Clock, at: number | undefined, ms: number): void {
  const response = responseOf(floor, clock)
  if (response === undefined) return
  if (clock.answeredAt !== undefined) {
    if (floor.tallies.isToday(clock.answeredAt)) response.answers.add(clock.answeredMs, -1)
    response.recent.remove({ at: clock.answeredAt, queue: undefined, ms: clock.answeredMs }, floor.now)
  }
  clock.answeredAt = at
  clock.answeredMs = ms
  if (at === undefined) return
  if (floor.tallies.isToday(at)) response.answers.add(ms, 1)
  response.recent.add({ at, queue: undefined, ms }, floor.now)
}

/** When it was answered and after how much of its rule's working time. */
function answerOf(floor: Floor, clock: Clock): { at: number; ms: number } | undefined {
  const { stop, end } = clock
  if (clock.rule > REPLY_WAIT || stop === undefined || (end !== undefined && end < stop)) return undefined
  return { at: stop, ms: bookOf(floor, clock).calendars[ruleOf(clock).calendar].elapsed(clock.start, stop) }
}

function responseOf(floor: Floor, clock: Clock): Response | undefined {
  if (clock.rule === FIRST_RESPONSE) return floor.tallies.first
  if (clock.rule === REPLY_WAIT) return floor.tallies.reply
  return undefined
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
