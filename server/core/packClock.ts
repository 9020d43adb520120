/** A clock as a short list and back. What follows from the rest is not written; instants are distances from its start. */
import type { Clock } from './clocks.ts'

type Maybe<T> = T | null

const PHASES: readonly Clock['phase'][] = ['none', 'open', 'atRisk', 'overdue']
const OUTCOMES: readonly Clock['outcome'][] = ['none', 'met', 'breached']
const RUNGS: readonly Clock['rung'][] = ['none', 'warn', 'breach']
const TIMERS = ['none', 'start', 'warn', 'due'] as const

/** Trailing nulls are left out. */
export type PackedClock = [
  rule: number,
  startAfter: number,
  dueAfter: number,
  warnAfter: number,
  knownAfter: number,
  /** Phase, outcome, rung, timer and again, each a digit of its own base. */
  state: number,
  stopAfter?: Maybe<number>,
  endAfter?: Maybe<number>,
  version?: Maybe<number>,
  /** Of conversations. */
  who?: Maybe<
    [
      trigger: Maybe<string>,
      queue: Maybe<string>,
      agent: Maybe<string>,
      decidedBy: Maybe<[Maybe<string>, Maybe<string>]>,
      outcomeQueue: Maybe<string>,
      outcomeAgent: Maybe<string>,
      answeredAt: Maybe<number>,
      answeredMs: number,
      twin?: number,
    ]
  >,
]

/** @param base an instant near the clock's start, epoch ms */
export function packClock(c: Clock, base: number): PackedClock {
  const state =
    PHASES.indexOf(c.phase) +
    4 * (OUTCOMES.indexOf(c.outcome) + 3 * (RUNGS.indexOf(c.rung) + 3 * (timerOf(c) + 4 * (c.again ? 1 : 0))))
  const packed: unknown[] = [c.rule, c.start - base, c.due - c.start, c.warnAt - c.start, c.knownAt - c.start, state]
  packed.push(after(c.start, c.stop), after(c.start, c.end), c.version || null, whoOf(c))
  while (packed.at(-1) === null) packed.pop()
  return packed as PackedClock
}

/** The clock that `packClock` wrote. */
export function unpackClock(packed: PackedClock, base: number, subject: string): Clock {
  const [rule, startAfter, dueAfter, warnAfter, knownAfter, state, stopAfter, endAfter, version, who] = packed
  const start = base + startAfter
  const due = start + dueAfter
  const warnAt = start + warnAfter
  const stop = stopAfter == null ? undefined : start + stopAfter
  const outcome = OUTCOMES[Math.floor(state / 4) % 3] as Clock['outcome']
  const timer = TIMERS[Math.floor(state / 36) % 4] as (typeof TIMERS)[number]
  const decidedBy = who?.[3]
  return {
    kind: 'clock',
    rule,
    subject,
    again: state >= 144,
    start,
    due,
    warnAt,
    knownAt: start + knownAfter,
    version: version ?? 0,
    stop,
    end: endAfter == null ? undefined : start + endAfter,
    queue: who?.[1] ?? undefined,
    agent: who?.[2] ?? undefined,
    decidedBy: decidedBy ? { queue: decidedBy[0] ?? undefined, agent: decidedBy[1] ?? undefined } : undefined,
    trigger: who?.[0] ?? undefined,
    twin: who?.[8] ?? 0,
    phase: PHASES[state % 4] as Clock['phase'],
    outcome,
    outcomeAt: outcome === 'none' ? 0 : outcome === 'met' ? (stop as number) : due,
    outcomeQueue: who?.[4] ?? undefined,
    outcomeAgent: who?.[5] ?? undefined,
    answeredAt: who?.[6] ?? undefined,
    answeredMs: who?.[7] ?? 0,
    timerAt: timer === 'none' ? Number.NaN : timer === 'start' ? start : timer === 'warn' ? warnAt : due + 1,
    rung: RUNGS[Math.floor(state / 12) % 3] as Clock['rung'],
    alertId: undefined,
  }
}

const after = (start: number, instant: number | undefined) => (instant === undefined ? null : instant - start)

function timerOf({ timerAt, start, warnAt, due }: Clock): number {
  if (Number.isNaN(timerAt)) return 0
  return timerAt === due + 1 ? 3 : timerAt === warnAt ? 2 : timerAt === start ? 1 : fail(timerAt)
}

function fail(timerAt: number): never {
  throw new Error(`a clock looks at ${timerAt}, which is none of its instants`)
}

function whoOf(c: Clock): PackedClock[9] {
  const { trigger, queue, agent, decidedBy, outcomeQueue, outcomeAgent, answeredAt, answeredMs } = c
  const packed: NonNullable<PackedClock[9]> = [
    trigger ?? null,
    queue ?? null,
    agent ?? null,
    decidedBy === undefined ? null : [decidedBy.queue ?? null, decidedBy.agent ?? null],
    outcomeQueue ?? null,
    outcomeAgent ?? null,
    answeredAt ?? null,
    answeredMs,
  ]
  if (c.twin > 0) packed.push(c.twin)
  return packed.every((value) => value === null || value === 0) ? null : packed
}
