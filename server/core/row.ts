/** A row of the list behind a figure: its subject, who has it, since when, and when it is or was due. */
import { type Agent, autoReplyOf } from './agents.ts'
import type { Alert } from './alerts.ts'
import { bookOf, type Clock, ruleOf } from './clocks.ts'
import type { Conversation } from './conversations.ts'
import { iso } from './iso.ts'
import type { Floor } from './state.ts'
import type { Sku } from './stock.ts'
import type { AgentStatus, AutoReply } from './view.ts'

export type SubjectKind =
  | 'conversation'
  | 'order'
  | 'return'
  | 'complaint'
  | 'inquiry'
  | 'sku'
  | 'agent'
  | 'queue'
  | 'wave'
  | 'source'
  | 'shop'

/** A rule has no story: its row leads to the list of its clocks. */
export type RowKind = SubjectKind | 'rule'

export type RowState = 'open' | 'atRisk' | 'overdue' | 'met' | 'breached'

/** Instants are RFC 3339 UTC with milliseconds; what does not apply is left out. */
export interface Row {
  kind: RowKind
  subject: string
  name?: string
  agent?: string
  queue?: string
  customer?: string
  /** Its customer waits for a human. */
  waits?: boolean
  /** From when its age counts. */
  since?: string
  rule?: string
  /** The handbook's. */
  section?: string
  dueAt?: string
  state?: RowState
  decidedAt?: string
  /** In the rule's working time. */
  tookMs?: number
  /** By the wall clock. */
  lateMs?: number
  status?: AgentStatus
  reason?: string
  autoReply?: AutoReply
  active?: number
  capacity?: number
  /** auto_reply: what called for it. */
  trigger?: string
  onHand?: number
  alert?: string
  /** Of a rule: the path of the figure that says how it stands, and what that says. */
  figure?: string
  count?: number
}

/** Leaves out what is undefined. */
export function row(kind: RowKind, subject: string, more: { [K in keyof Row]?: Row[K] | undefined }): Row {
  const made: Record<string, unknown> = { kind, subject }
  for (const [key, value] of Object.entries(more)) if (value !== undefined) made[key] = value
  return made as unknown as Row
}

export function clockRow(floor: Floor, clock: Clock): Row {
  const rule = ruleOf(clock)
  const { stop, end, due, start, outcome, phase } = clock
  const decided = outcome === 'none' ? undefined : clock
  return row(rule.of, clock.subject, {
    rule: rule.id,
    section: rule.section,
    since: iso(start),
    dueAt: iso(due),
    state: phase !== 'none' ? phase : outcome === 'none' ? undefined : outcome,
    decidedAt: decided && iso(decided.outcomeAt),
    agent: decided?.outcomeAgent ?? clock.agent,
    queue: decided?.outcomeQueue ?? clock.queue,
    tookMs: stop === undefined ? undefined : bookOf(floor, clock).calendars[rule.calendar].elapsed(start, stop),
    lateMs: outcome === 'breached' ? Math.max(0, (stop ?? end ?? floor.now) - due) : undefined,
    trigger: clock.trigger,
    alert: floor.alerts.of(clock)?.id,
  })
}

/** With the clock that runs on it, if one does. */
export function conversationRow(floor: Floor, c: Conversation): Row {
  const running = c.clocks.find((clock) => clock.phase !== 'none' && clock.trigger === undefined)
  return row('conversation', c.id, {
    ...(running && clockRow(floor, running)),
    agent: c.agent,
    queue: c.queue,
    customer: c.customer,
    waits: c.at.phase === 'waiting' || c.at.phase === 'awaiting' ? true : undefined,
    since: (c.waitingSince ?? c.openedAt) === undefined ? undefined : iso((c.waitingSince ?? c.openedAt) as number),
  })
}

export function agentRow(agent: Agent): Row {
  return row('agent', agent.id, {
    name: agent.name,
    status: agent.status,
    reason: agent.reason,
    since: agent.since === undefined ? undefined : iso(agent.since),
    autoReply: autoReplyOf(agent),
    active: agent.active,
    capacity: agent.capacity,
  })
}

export function skuRow(sku: Sku): Row {
  return row('sku', sku.id, { name: sku.name, since: iso(sku.since), onHand: sku.onHand })
}

export function alertRow(alert: Alert, kind: SubjectKind, section: string | undefined): Row {
  return row(kind, alert.subject, {
    rule: alert.rule,
    section,
    agent: alert.agent,
    queue: alert.queue,
    since: iso(alert.openedAt),
    dueAt: alert.dueAt === undefined ? undefined : iso(alert.dueAt),
    alert: alert.id,
  })
}
