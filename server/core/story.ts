/** The story of one subject: every clock that ever ran on it, how each stands, and why. Its events are in the log. */
import { alertIdOf } from './clockAlerts.ts'
import { bookOf, type Clock, ruleOf, stateOf } from './clocks.ts'
import { clocksOf } from './conversations.ts'
import type { CalendarId, Desk } from './handbook.ts'
import { iso } from './iso.ts'
import type { SubjectKind } from './row.ts'
import type { Floor } from './state.ts'

export type { SubjectKind } from './row.ts'

/** Durations in ms. The screen has words for each in both languages. */
export type Why =
  /** Answered so long before it was due. */
  | { code: 'met'; leftMs: number }
  /** Answered so long after it was due. */
  | { code: 'late'; lateMs: number }
  /** Never answered before its subject ended, which was so long after it was due. */
  | { code: 'ended_late'; lateMs: number }
  /** Still not answered. */
  | { code: 'overdue'; lateMs: number }
  | { code: 'running'; leftMs: number }
  /** Its subject ended, or its rule was switched off, before it was due: it counts as nothing. */
  | { code: 'void' }
  /** It starts later. */
  | { code: 'pending' }
  /** So much of the time until it was due lay outside the working hours of its calendar. */
  | { code: 'outside_hours'; ms: number; calendar: CalendarId }
  /** So many auto-replies went out meanwhile; none of them counts as an answer (2.3-3). */
  | { code: 'auto_replies'; count: number }
  /** The handbook has changed since: it keeps the rules it started under. */
  | { code: 'older_rules'; until: string }

/** Instants are RFC 3339 UTC with milliseconds. */
export interface ClockStory {
  rule: string
  section: string
  desk: Desk
  calendar: CalendarId
  startAt: string
  warnAt: string
  dueAt: string
  stoppedAt?: string
  endedAt?: string
  state: 'pending' | 'open' | 'atRisk' | 'overdue' | 'met' | 'breached' | 'void'
  /** Of the rule's working time. */
  tookMs?: number
  agent?: string
  queue?: string
  alert?: string
  why: Why[]
}

export interface Story {
  kind: SubjectKind
  subject: string
  seq: number
  at: string
  /** False: nothing is known of it on the floor (any more); the log may still be. */
  known: boolean
  name?: string
  open?: boolean
  agent?: string
  queue?: string
  customer?: string
  clocks: ClockStory[]
}

export function storyOf(floor: Floor, kind: SubjectKind, subject: string): Story {
  const story: Story = { kind, subject, seq: floor.seq, at: iso(floor.now), known: false, clocks: [] }
  const { clocks, ...told } = whatIsKnown(floor, kind, subject) ?? { clocks: [] }
  Object.assign(story, told)
  story.clocks = [...clocks].sort((a, b) => a.start - b.start).map((clock) => clockStory(floor, clock))
  return story
}

type Told = Pick<Story, 'known' | 'name' | 'open' | 'agent' | 'queue' | 'customer'> & { clocks: readonly Clock[] }

function whatIsKnown(floor: Floor, kind: SubjectKind, subject: string): Told | undefined {
  switch (kind) {
    case 'conversation': {
      const c = floor.conversations.get(subject)
      if (c === undefined) return undefined
      const { open, agent, queue, customer } = c
      const who = { ...(agent && { agent }), ...(queue && { queue }), ...(customer && { customer }) }
      return { known: true, open, ...who, clocks: clocksOf(floor, c) }
    }
    case 'order':
    case 'return':
    case 'complaint':
    case 'inquiry': {
      const known = floor.subjects[kind].get(subject)
      return known && { known: true, clocks: known.clocks }
    }
    case 'sku': {
      const sku = floor.skus.get(subject)
      return sku && { known: true, ...(sku.name && { name: sku.name }), clocks: sku.clocks }
    }
    case 'agent': {
      const agent = floor.agents.get(subject)
      return agent && { known: true, name: agent.name, clocks: [] }
    }
    case 'queue':
      return floor.queues.has(subject) ? { known: true, clocks: [] } : undefined
    case 'wave':
      return floor.pickups.waves.has(subject) ? { known: true, clocks: [] } : undefined
    case 'source':
      return floor.sources.has(subject) ? { known: true, clocks: [] } : undefined
    case 'shop':
      return { known: true, name: floor.config.name, clocks: [] }
    default:
      return kind satisfies never
  }
}

function clockStory(floor: Floor, clock: Clock): ClockStory {
  const { id, section, desk, calendar } = ruleOf(clock)
  const { start, warnAt, due, stop, end } = clock
  const running = stop === undefined && end === undefined
  const is = stateOf(clock, floor.now)
  const state =
    is === 'running' ? (floor.now >= warnAt ? 'atRisk' : 'open') : is === 'breached' && running ? 'overdue' : is
  const story: ClockStory = {
    rule: id,
    section,
    desk,
    calendar,
    state,
    startAt: iso(start),
    warnAt: iso(warnAt),
    dueAt: iso(due),
    why: whyOf(floor, clock, state),
  }
  const { queue, agent } = clock.decidedBy ?? clock
  if (stop !== undefined) {
    story.stoppedAt = iso(stop)
    story.tookMs = bookOf(floor, clock).calendars[calendar].elapsed(start, stop)
  }
  if (end !== undefined) story.endedAt = iso(end)
  if (agent !== undefined) story.agent = agent
  if (queue !== undefined) story.queue = queue
  if (floor.alerts.has(alertIdOf(clock))) story.alert = alertIdOf(clock)
  return story
}

function whyOf(floor: Floor, clock: Clock, state: ClockStory['state']): Why[] {
  const { start, due, stop, end } = clock
  const why: Why[] = [outcomeOf(floor, clock, state)]
  const { calendar } = ruleOf(clock)
  const until = Math.min(due, stop ?? due)
  const outside = until - start - bookOf(floor, clock).calendars[calendar].elapsed(start, until)
  if (outside > 0) why.push({ code: 'outside_hours', ms: outside, calendar })
  const autos = ruleOf(clock).id === 'auto_reply' ? 0 : autoRepliesIn(floor, clock, start, stop ?? end ?? floor.now)
  if (autos > 0) why.push({ code: 'auto_replies', count: autos })
  const next = floor.versions[clock.version + 1]
  if (next !== undefined) why.push({ code: 'older_rules', until: iso(next.from) })
  return why
}

function outcomeOf(floor: Floor, { due, stop, end }: Clock, state: ClockStory['state']): Why {
  switch (state) {
    case 'met':
      return { code: 'met', leftMs: due - (stop as number) }
    case 'breached':
      return stop === undefined
        ? { code: 'ended_late', lateMs: (end as number) - due }
        : { code: 'late', lateMs: stop - due }
    case 'overdue':
      return { code: 'overdue', lateMs: floor.now - due }
    case 'open':
    case 'atRisk':
      return { code: 'running', leftMs: due - floor.now }
    case 'void':
      return { code: 'void' }
    case 'pending':
      return { code: 'pending' }
    default:
      return state satisfies never
  }
}

function autoRepliesIn(floor: Floor, clock: Clock, from: number, to: number): number {
  if (ruleOf(clock).of !== 'conversation') return 0
  const turns = floor.conversations.get(clock.subject)?.turns ?? []
  return turns.filter(({ kind, time }) => kind === 'auto' && time >= from && time <= to).length
}
