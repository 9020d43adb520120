/**
 * The list behind a figure: exactly what the figure counts, so that any number on a screen can be opened. A figure is
 * named by its path in the view, its segments encoded as in a URL and joined by `/`: `queues/presales/waiting`.
 */
import { type Agent, autoReplyOf, isFree } from './agents.ts'
import { kindOf } from './alertKind.ts'
import type { Alert } from './alerts.ts'
import { type Clock, FIRST_RESPONSE, REPLY_WAIT, ruleOf } from './clocks.ts'
import { CONDITIONS } from './conditionTable.ts'
import type { Conversation } from './conversations.ts'
import { drawClocks } from './drawView.ts'
import { everyClock } from './everyClock.ts'
import { RULES } from './handbook.ts'
import { iso } from './iso.ts'
import { RECENT_MS } from './recent.ts'
import { agentRow, alertRow, clockRow, conversationRow, type Row, row, skuRow } from './row.ts'
import { type RuleState, ruleState, tellingFigure } from './ruleState.ts'
import type { Floor } from './state.ts'
import type { Subject } from './subjects.ts'
import type { Note } from './turns.ts'
import type { ClockCounts } from './view.ts'

export type { Row, RowKind, RowState, SubjectKind } from './row.ts'

export interface List {
  figure: string
  seq: number
  at: string
  /** Of all rows, shown or not: the figure itself. */
  count: number
  /** The worst first: earliest due, longest waiting; of conversations last those in which nobody waits. At most 500. */
  rows: Row[]
}

const MAX_ROWS = 500

/** @returns undefined when there is no such figure */
export function listBehind(floor: Floor, figure: string): List | undefined {
  const rows = rowsBehind(floor, figure.split('/').map(decoded))
  if (rows === undefined) return undefined
  const worst = [...rows].sort(byUrgency)
  return { figure, seq: floor.seq, at: iso(floor.now), count: worst.length, rows: worst.slice(0, MAX_ROWS) }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function byUrgency(a: Row, b: Row): number {
  return atRest(a) - atRest(b) || compare(a.dueAt ?? a.since, b.dueAt ?? b.since) || compare(a.subject, b.subject)
}

/** Since when a conversation goes on is no reason to see to it before one that waits. */
const atRest = ({ kind, waits }: Row) => Number(kind === 'conversation' && waits !== true)

/** Undefined comes last. */
function compare(a: string | undefined, b: string | undefined): number {
  return a === b ? 0 : a === undefined ? 1 : b === undefined ? -1 : a < b ? -1 : 1
}

function rowsBehind(floor: Floor, [kind, id = '', what = '', score = '']: string[]): Iterable<Row> | undefined {
  switch (kind) {
    case 'queues':
      return ofQueue(floor, id, what, score)
    case 'conversations':
      return ofConversations(floor, id)
    case 'agents':
      return ofAgent(floor, id, what, score)
    case 'response':
      return ofResponse(floor, id, what, score)
    case 'clocks':
      return ofRule(floor, id, what)
    case 'rules':
      return ofRules(floor, id)
    case 'status':
      return ofStanding(floor, id)
    case 'stock':
      if (id !== 'out' && id !== 'low') return undefined
      return [...floor.skus.values()].filter(({ state }) => state === id).map(skuRow)
    case 'pickups':
      return ofWave(floor, id, what)
    case 'alerts':
    case 'alertCounts':
      return ofAlerts(floor, id, what)
    case 'sources':
      return ofSources(floor, id)
    default:
      return undefined
  }
}

/** The agents by how they stand: `free` and `full` are those online below capacity and at it, `autoReply` those an auto-reply speaks for. */
function ofStanding(floor: Floor, id: string): Iterable<Row> | undefined {
  const isSo = STANDINGS[id]
  return isSo && agents(floor, isSo)
}

const STANDINGS: Record<string, (agent: Agent) => boolean> = {
  online: ({ status }) => status === 'online',
  busy: ({ status }) => status === 'busy',
  away: ({ status }) => status === 'away',
  offline: ({ status }) => status === 'offline',
  free: isFree,
  full: (agent) => agent.status === 'online' && !isFree(agent),
  autoReply: (agent) => autoReplyOf(agent) !== undefined,
}

function ofQueue(floor: Floor, id: string, what: string, score: string): Iterable<Row> | undefined {
  const queue = floor.queues.get(id)
  if (queue === undefined) return undefined
  const inIt = (agent: Agent) => agent.queues.includes(id)
  switch (what) {
    case 'waiting':
      return Array.from(queue.waiting, (c) => conversationRow(floor, c))
    case 'unassigned':
      return conversations(floor, (c) => queue.waiting.has(c) && c.agent === undefined)
    case 'awaitingReply':
      return conversations(floor, (c) => c.at.queue === queue && c.at.phase === 'awaiting')
    case 'active':
      return conversations(floor, (c) => c.at.queue === queue)
    case 'online':
      return agents(floor, (agent) => inIt(agent) && agent.status === 'online')
    case 'free':
      return agents(floor, (agent) => inIt(agent) && isFree(agent))
    case 'abandonedToday':
      return noted(floor, (note) => note.figure === 'abandoned' && note.key === id)
    case 'firstToday':
      return decided(floor, score, (clock) => clock.rule === FIRST_RESPONSE && clock.outcomeQueue === id)
    default:
      return undefined
  }
}

/** Those of all queues together. */
function ofConversations(floor: Floor, what: string): Iterable<Row> | undefined {
  const wanted = CONVERSATION_FIGURES[what]
  return wanted && conversations(floor, (c) => c.at.queue !== undefined && wanted(c))
}

const CONVERSATION_FIGURES: Record<string, (c: Conversation) => boolean> = {
  active: () => true,
  waiting: ({ at }) => at.phase === 'waiting',
  unassigned: ({ at, agent }) => at.phase === 'waiting' && agent === undefined,
  awaitingReply: ({ at }) => at.phase === 'awaiting',
}

function ofAgent(floor: Floor, id: string, what: string, score: string): Iterable<Row> | undefined {
  const agent = floor.agents.get(id)
  if (agent === undefined) return undefined
  switch (what) {
    case 'active':
      return conversations(floor, (c) => c.at.agent === agent)
    case 'awaitingReply':
      return Array.from(agent.awaiting, (c) => conversationRow(floor, c))
    case 'autoReplies':
      return noted(floor, (note) => note.figure === 'autoReplies' && note.key === id)
    case 'firstToday':
      return decided(floor, score, (clock) => clock.rule === FIRST_RESPONSE && clock.outcomeAgent === id)
    default:
      return undefined
  }
}

function ofResponse(floor: Floor, which: string, span: string, score: string): Iterable<Row> | undefined {
  const rule = which === 'first' ? FIRST_RESPONSE : which === 'reply' ? REPLY_WAIT : undefined
  const isIn = SPANS[span]
  if (rule === undefined || isIn === undefined) return undefined
  if (score === 'answers') return clocks(floor, (clock) => clock.rule === rule && isIn(floor, clock.answeredAt))
  return ofScore(floor, score, (clock) => clock.rule === rule && isIn(floor, clock.outcomeAt))
}

const SPANS: Record<string, (floor: Floor, at: number | undefined) => boolean> = {
  today: ({ tallies }, at) => at !== undefined && tallies.isToday(at),
  recent: ({ now }, at) => at !== undefined && at > now - RECENT_MS,
}

/** Of one rule, or of `all`, as far as they are on. */
function ofRule(floor: Floor, id: string, what: string): Iterable<Row> | undefined {
  const on = RULES.filter((_, index) => floor.book.rules[index]?.on === true).map((rule) => rule.id)
  const meant = new Set(id === 'all' ? on : on.filter((rule) => rule === id))
  if (id !== 'all' && !RULES.some((rule) => rule.id === id)) return undefined
  const ofIt = (clock: Clock) => meant.has(ruleOf(clock).id)
  switch (what) {
    case 'open':
      return clocks(floor, (clock) => ofIt(clock) && (clock.phase === 'open' || clock.phase === 'atRisk'))
    case 'atRisk':
    case 'overdue':
      return clocks(floor, (clock) => ofIt(clock) && clock.phase === what)
    case 'decidedToday':
      return decided(floor, 'count', ofIt)
    case 'metToday':
      return decided(floor, 'met', ofIt)
    case 'breachedToday':
      return decided(floor, 'missed', ofIt)
    default:
      return undefined
  }
}

/** The rules that stand so: `breach`, `risk`, `fine`, or `unknown` where nothing is heard from any source. */
function ofRules(floor: Floor, id: string): Iterable<Row> | undefined {
  if (!RULE_STATES.has(id)) return undefined
  const blind = [...floor.sources.keys()].every((source) => floor.conditions.isRinging('source_silent', source))
  const clocks = drawClocks(floor)
  return [...new Set(RULES.map((rule) => rule.id))].flatMap((rule) => {
    const counts = clocks[rule] ?? NO_CLOCKS
    if (ruleState(counts, blind) !== id) return []
    const telling = tellingFigure(counts)
    const section = RULES.find((one) => one.id === rule)?.section
    return [row('rule', rule, { rule, section, figure: `clocks/${rule}/${telling}`, count: counts[telling] })]
  })
}

const RULE_STATES = new Set<string>(['breach', 'risk', 'unknown', 'fine'] satisfies RuleState[])
const NO_CLOCKS: ClockCounts = { open: 0, atRisk: 0, overdue: 0, metToday: 0, breachedToday: 0 }

function ofWave(floor: Floor, id: string, what: string): Iterable<Row> | undefined {
  const wanted = WAVE_FIGURES[what]
  const { graceMs } = floor.book.pickups
  if (wanted === undefined) return undefined
  const rows: Row[] = []
  for (const order of floor.subjects.order.values()) {
    if (order.wave?.id !== id || !wanted(order.wave)) continue
    const pickup = order.clocks.find((clock) => ruleOf(clock).id === 'pickup')
    const since = order.facts.kind === 'order' ? (order.facts.placed ?? order.facts.paid) : undefined
    rows.push(
      row('order', order.id, {
        ...(pickup && clockRow(floor, pickup)),
        since: since === undefined ? undefined : iso(since),
        dueAt: iso(pickup?.due ?? (floor.pickups.waves.get(id)?.at ?? 0) + graceMs),
      }),
    )
  }
  return rows
}

type InWave = NonNullable<Subject['wave']>
const WAVE_FIGURES: Record<string, (order: InWave) => boolean> = {
  orders: () => true,
  packed: ({ packed }) => packed,
  tracked: ({ tracked }) => tracked,
  collected: ({ collected }) => collected,
  onTime: ({ onTime }) => onTime,
  untracked: ({ tracked }) => !tracked,
  uncollected: ({ collected }) => !collected,
}

/** Of a rule, or of `all`: those of a level, those nobody has in hand (`open`), or all of them. */
function ofAlerts(floor: Floor, rule: string, which: string): Iterable<Row> | undefined {
  const isWanted = ALERT_FIGURES[which]
  const isKnown = rule === 'all' || rule in CONDITIONS || RULES.some(({ id }) => id === rule)
  if (isWanted === undefined || !isKnown) return undefined
  const wanted = [...floor.alerts.all()].filter((alert) => (rule === 'all' || alert.rule === rule) && isWanted(alert))
  return wanted.map((alert) => alertRow(alert, kindOf(alert), RULES.find(({ id }) => id === alert.rule)?.section))
}

const ALERT_FIGURES: Record<string, (alert: Alert) => boolean> = {
  '': () => true,
  warn: ({ level }) => level === 'warn',
  breach: ({ level }) => level === 'breach',
  open: ({ state }) => state === 'open',
}

function ofSources(floor: Floor, which: string): Iterable<Row> | undefined {
  if (which !== 'all' && which !== 'silent') return undefined
  const sources = [...floor.sources].filter(
    ([id]) => which === 'all' || floor.conditions.isRinging('source_silent', id),
  )
  return sources.map(([id, { lastAt }]) => row('source', id, { since: iso(lastAt) }))
}

function conversations(floor: Floor, isWanted: (c: Conversation) => boolean): Row[] {
  return [...floor.conversations.out()].filter((c) => c.open && isWanted(c)).map((c) => conversationRow(floor, c))
}

function agents(floor: Floor, isWanted: (agent: Agent) => boolean): Row[] {
  return [...floor.agents.values()].filter(isWanted).map(agentRow)
}

function clocks(floor: Floor, isWanted: (clock: Clock) => boolean): Row[] {
  const rows: Row[] = []
  for (const clock of everyClock(floor)) if (isWanted(clock)) rows.push(clockRow(floor, clock))
  return rows
}

/** Those decided today. */
function decided(floor: Floor, score: string, isWanted: (clock: Clock) => boolean): Row[] | undefined {
  return ofScore(floor, score, (clock) => floor.tallies.isToday(clock.outcomeAt) && isWanted(clock))
}

function ofScore(floor: Floor, score: string, isWanted: (clock: Clock) => boolean): Row[] | undefined {
  const outcome = score === 'met' ? 'met' : score === 'missed' ? 'breached' : undefined
  if (outcome === undefined && score !== 'count') return undefined
  return clocks(
    floor,
    (clock) => (outcome === undefined ? clock.outcome !== 'none' : clock.outcome === outcome) && isWanted(clock),
  )
}

/** What happened in conversations today, a row each time. */
function noted(floor: Floor, isWanted: (note: Note) => boolean): Row[] {
  const rows: Row[] = []
  for (const c of floor.conversations.values()) {
    for (const note of c.notes) {
      if (!floor.tallies.isToday(note.at) || !isWanted(note)) continue
      const { queue, agent, customer } = c
      rows.push(row('conversation', c.id, { queue, agent, customer, since: iso(note.at) }))
    }
  }
  return rows
}
