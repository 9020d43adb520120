/** A clock as a short list and back. */
import type { Clock } from './clocks.ts'

type Maybe<T> = T | null | undefined

/** JSON turns undefined into null. Instants that belong together are kept as distances. */
type PackedClock = [
  rule: number,
  subject: string,
  again: 0 | 1,
  start: number,
  dueAfter: number,
  warnAfter: number,
  knownAfter: number,
  version: number,
  timerAt: number | null,
  rung: Clock['rung'],
  trigger: Maybe<string>,
  stop: Maybe<number>,
  end: Maybe<number>,
  queue: Maybe<string>,
  agent: Maybe<string>,
  decidedBy: Maybe<[Maybe<string>, Maybe<string>]>,
  phase: Clock['phase'],
  outcome: Clock['outcome'],
  outcomeAt: number,
  outcomeQueue: Maybe<string>,
  outcomeAgent: Maybe<string>,
  answeredAt: Maybe<number>,
  answeredMs: number,
]

/** @returns a JSON value. */
export function packClock(c: Clock): unknown {
  const packed: PackedClock = [
    c.rule,
    c.subject,
    c.again ? 1 : 0,
    c.start,
    c.due - c.start,
    c.warnAt - c.start,
    c.knownAt - c.start,
    c.version,
    Number.isNaN(c.timerAt) ? null : c.timerAt,
    c.rung,
    c.trigger,
    c.stop,
    c.end,
    c.queue,
    c.agent,
    c.decidedBy && [c.decidedBy.queue, c.decidedBy.agent],
    c.phase,
    c.outcome,
    c.outcomeAt,
    c.outcomeQueue,
    c.outcomeAgent,
    c.answeredAt,
    c.answeredMs,
  ]
  return packed
}

/** The clock that `packClock` wrote. */
export function unpackClock(packed: unknown): Clock {
  const [rule, subject, again, start, dueAfter, warnAfter, knownAfter, version, timerAt, rung, ...rest] =
    packed as PackedClock
  const [trigger, stop, end, queue, agent, decidedBy, phase, outcome, outcomeAt, ...counted] = rest
  const [outcomeQueue, outcomeAgent, answeredAt, answeredMs] = counted
  return {
    kind: 'clock',
    rule,
    subject,
    again: again === 1,
    start,
    due: start + dueAfter,
    warnAt: start + warnAfter,
    knownAt: start + knownAfter,
    version,
    trigger: trigger ?? undefined,
    stop: stop ?? undefined,
    end: end ?? undefined,
    queue: queue ?? undefined,
    agent: agent ?? undefined,
    decidedBy: decidedBy ? { queue: decidedBy[0] ?? undefined, agent: decidedBy[1] ?? undefined } : undefined,
    phase,
    outcome,
    outcomeAt,
    outcomeQueue: outcomeQueue ?? undefined,
    outcomeAgent: outcomeAgent ?? undefined,
    answeredAt: answeredAt ?? undefined,
    answeredMs,
    timerAt: timerAt ?? Number.NaN,
    rung,
    alert: undefined,
  }
}
