/** Keeps the figures in step with a clock: what it was counted as is taken out before what it now is goes in. */
import { bookOf, type Clock, FIRST_RESPONSE, REPLY_WAIT, ruleOf } from './clocks.ts'
import { markRate } from './conditions.ts'
import type { Floor } from './state.ts'
import { addScore, type Response, type RuleTally } from './tallies.ts'

type Phase = Clock['phase']
type Outcome = Clock['outcome']

/** Counts the clock where it now is: running, at risk, overdue, or nowhere. */
export function movePhase(floor: Floor, clock: Clock, phase: Phase): void {
  if (clock.phase === phase) return
  const tally = floor.tallies.rule(clock.rule)
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

/** Counts what was decided and answered, and takes back what was counted of it before. */
export function count(floor: Floor, clock: Clock, outcome: Outcome): void {
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

/** Counts a decision in place of the one counted before. */
export function countOutcome(
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
  const tally = tallies.rule(clock.rule)
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
  const mark = { at: clock.outcomeAt, queue: clock.outcomeQueue, met: clock.outcome === 'met', ms: undefined }
  const changed = sign === 1 ? recent.add(mark, floor.now) : recent.remove(mark, floor.now)
  if (changed && clock.rule === FIRST_RESPONSE) markRate(floor, clock.outcomeQueue)
}

/** Counts an answer in place of the one counted before; none where `at` is left out. */
export function countAnswer(floor: Floor, clock: Clock, at: number | undefined, ms: number): void {
  const response = responseOf(floor, clock)
  if (response === undefined) return
  if (clock.answeredAt !== undefined) {
    if (floor.tallies.isToday(clock.answeredAt)) response.answers.add(clock.answeredMs, -1)
    response.recent.remove({ at: clock.answeredAt, queue: undefined, met: undefined, ms: clock.answeredMs }, floor.now)
  }
  clock.answeredAt = at
  clock.answeredMs = ms
  if (at === undefined) return
  if (floor.tallies.isToday(at)) response.answers.add(ms, 1)
  response.recent.add({ at, queue: undefined, met: undefined, ms }, floor.now)
}

/** When it was answered and after how much of its rule's working time. */
export function answerOf(floor: Floor, clock: Clock): { at: number; ms: number } | undefined {
  const { stop, end } = clock
  if (clock.rule > REPLY_WAIT || stop === undefined || (end !== undefined && end < stop)) return undefined
  return { at: stop, ms: bookOf(floor, clock).calendars[ruleOf(clock).calendar].elapsed(clock.start, stop) }
}

function responseOf(floor: Floor, clock: Clock): Response | undefined {
  if (clock.rule === FIRST_RESPONSE) return floor.tallies.first
  if (clock.rule === REPLY_WAIT) return floor.tallies.reply
  return undefined
}

/** Counts the clock's decision and answer again where they are of today: the day's figures were emptied. */
export function recount(floor: Floor, clock: Clock): void {
  if (clock.outcome !== 'none') countToday(floor, clock, 1)
  if (clock.answeredAt !== undefined && floor.tallies.isToday(clock.answeredAt)) {
    responseOf(floor, clock)?.answers.add(clock.answeredMs, 1)
  }
}
