/** One agent's day so far: how they were, what they carried, what hid them, how they answered and where they paused. */
import { type Agent, autoReplyOf } from './agents.ts'
import { bookOf, type Clock, FIRST_RESPONSE, REPLY_WAIT, ruleOf } from './clocks.ts'
import { statesAfter } from './conversationStates.ts'
import type { Conversation } from './conversations.ts'
import { everyClock } from './everyClock.ts'
import { iso } from './iso.ts'
import type { Floor } from './state.ts'
import type { AgentStatus, AutoReply } from './view.ts'

/** A stretch of time; without `to` it goes on. */
interface Span {
  from: string
  to?: string
}

/** Instants are RFC 3339 UTC with milliseconds; durations end in Ms. */
export interface AgentDay {
  agent: string
  name: string
  capacity?: number
  queues: string[]
  seq: number
  at: string
  /** The shop's local midnight. */
  dayStart: string
  /** The first may have begun before today. */
  statuses: (Span & { status: AgentStatus; reason?: string })[]
  /** Open conversations from each instant on. */
  load: { at: string; active: number }[]
  /** What customers were answered by a machine instead. */
  autoReplies: (Span & { mode: AutoReply })[]
  /** In the rule's working time. Of the agents' own rules: an auto-reply is the platform's to send. */
  responses: { at: string; rule: string; conversation: string; ms: number; met: boolean }[]
  breaches: { at: string; rule: string; subject: string }[]
  /** Conversations that came to them or were taken from them, and by whom where that was told. */
  moves: { at: string; conversation: string; what: 'assigned' | 'left' | 'closed'; by?: string }[]
  /** Times away: how long each may be at most (away_too_long), and how much longer it was. Both in service hours. */
  breaks: (Span & { reason?: string; limitMs: number; tookMs: number; overMs: number })[]
}

/** @returns undefined when the agent is not known */
export function agentDay(floor: Floor, id: string): AgentDay | undefined {
  const agent = floor.agents.get(id)
  if (agent === undefined) return undefined
  const { dayStart } = floor.tallies
  const carried = [...floor.conversations.values()].flatMap((c) => handovers(c, id)).sort((a, b) => a.time - b.time)
  const statuses = statusesOf(agent, dayStart)
  const load = loadOf(carried, dayStart)
  const clocks = [...everyClock(floor)].filter(
    (clock) => (clock.decidedBy ?? clock).agent === id && ruleOf(clock).desk === 'agent',
  )
  return {
    agent: id,
    name: agent.name,
    ...(agent.capacity !== undefined && { capacity: agent.capacity }),
    queues: agent.queues,
    seq: floor.seq,
    at: iso(floor.now),
    dayStart: iso(dayStart),
    statuses: statuses.map(({ from, to, status, reason }) => ({
      ...span(from, to),
      status,
      ...(reason !== undefined && { reason }),
    })),
    load: load.map(({ time, active }) => ({ at: iso(time), active })),
    autoReplies: hiddenSpans(agent, statuses, load, dayStart),
    responses: clocks.flatMap((clock) => responseOf(floor, clock)).sort(inTime),
    breaches: clocks
      .filter(({ outcome, outcomeAt }) => outcome === 'breached' && floor.tallies.isToday(outcomeAt))
      .map((clock) => ({ at: iso(clock.outcomeAt), rule: ruleOf(clock).id, subject: clock.subject }))
      .sort(inTime),
    moves: carried.filter(({ time }) => time >= dayStart).map(({ time, ...move }) => ({ at: iso(time), ...move })),
    breaks: breaksOf(floor, statuses),
  }
}

const inTime = (a: { at: string }, b: { at: string }) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)
const span = (from: number, to: number | undefined): Span =>
  to === undefined ? { from: iso(from) } : { from: iso(from), to: iso(to) }

interface Handover {
  time: number
  conversation: string
  what: 'assigned' | 'left' | 'closed'
  by?: string
}

/** When a conversation came to the agent, and when it was theirs no more. */
function handovers({ id: conversation, turns }: Conversation, agent: string): Handover[] {
  const found: Handover[] = []
  let holder: string | undefined
  for (const { turn, open, agent: last } of statesAfter(turns)) {
    const { kind, more, time } = turn
    const before = holder
    holder = open ? last : undefined
    if (before === holder) continue
    const by = (kind === 'assigned' || kind === 'returned') && more !== undefined ? { by: more } : {}
    if (before === agent) found.push({ time, conversation, what: open ? 'left' : 'closed', ...by })
    else if (holder === agent) found.push({ time, conversation, what: 'assigned', ...by })
  }
  return found
}

interface StatusSpan {
  from: number
  to: number | undefined
  status: AgentStatus
  reason: string | undefined
}

/** One after the other; the same said again goes on. */
function statusesOf({ statuses }: Agent, dayStart: number): StatusSpan[] {
  const spans: StatusSpan[] = []
  for (const { time, status, reason } of statuses) {
    const last = spans.at(-1)
    if (last?.status === status && last.reason === (reason ?? last.reason)) continue
    if (last !== undefined) last.to = time
    spans.push({ from: time, to: undefined, status, reason })
  }
  return spans.filter(({ from, to }) => (to ?? Number.POSITIVE_INFINITY) > Math.max(dayStart, from))
}

/** What was carried at midnight, and from each change on. */
function loadOf(carried: readonly Handover[], dayStart: number): { time: number; active: number }[] {
  const steps: { time: number; active: number }[] = [{ time: dayStart, active: 0 }]
  let active = 0
  for (const { time, what } of carried) {
    active += what === 'assigned' ? 1 : -1
    const last = steps.at(-1)
    const at = Math.max(time, dayStart)
    if (last?.time === at) last.active = active
    else steps.push({ time: at, active })
  }
  return steps
}

/** While away, busy, or online above capacity, an auto-reply stands before the agent (2.3-3). */
function hiddenSpans(
  agent: Agent,
  statuses: readonly StatusSpan[],
  load: readonly { time: number; active: number }[],
  dayStart: number,
): AgentDay['autoReplies'] {
  const times = new Set([...statuses.map(({ from }) => Math.max(from, dayStart)), ...load.map(({ time }) => time)])
  const spans: { from: number; to: number | undefined; mode: AutoReply }[] = []
  for (const time of [...times].sort((a, b) => a - b)) {
    const status = statuses.findLast(({ from }) => from <= time)?.status ?? 'offline'
    const active = load.findLast((step) => step.time <= time)?.active ?? 0
    const mode = autoReplyOf({ ...agent, status, active })
    const last = spans.at(-1)
    if (last !== undefined && last.to === undefined) {
      if (last.mode === mode) continue
      last.to = time
    }
    if (mode !== undefined) spans.push({ from: time, to: undefined, mode })
  }
  return spans.map(({ from, to, mode }) => ({ ...span(from, to), mode }))
}

function responseOf(floor: Floor, clock: Clock): AgentDay['responses'] {
  const { rule, stop, start, subject, outcome } = clock
  if ((rule !== FIRST_RESPONSE && rule !== REPLY_WAIT) || stop === undefined || !floor.tallies.isToday(stop)) return []
  const ms = bookOf(floor, clock).calendars[ruleOf(clock).calendar].elapsed(start, stop)
  return [{ at: iso(stop), rule: ruleOf(clock).id, conversation: subject, ms, met: outcome === 'met' }]
}

function breaksOf(floor: Floor, statuses: readonly StatusSpan[]): AgentDay['breaks'] {
  const { raiseMs, mealMs = raiseMs } = floor.book.conditions.away_too_long
  return statuses
    .filter(({ status }) => status === 'away')
    .map(({ from, to, reason }) => {
      const limitMs = reason === 'meal' ? mealMs : raiseMs
      const tookMs = floor.book.calendars.service.elapsed(from, to ?? floor.now)
      const overMs = Math.max(0, tookMs - limitMs)
      return { ...span(from, to), ...(reason !== undefined && { reason }), limitMs, tookMs, overMs }
    })
}
