/** What a wall reads. Instants are RFC 3339 UTC with milliseconds, durations end in Ms; what does not apply is left out. */
export interface View {
  shop: string
  name: string
  timezone: string
  seq: number
  at: string
  queues: Record<string, QueueView>
  response: { first: ResponseView; reply: ResponseView; rate: RateBounds }
  agents: Record<string, AgentView>
  stock: Record<string, StockView>
  pickups: Record<string, PickupView>
  clocks: Record<string, ClockCounts>
  alerts: Record<string, AlertView>
  alertCounts: Record<string, { warn: number; breach: number }>
  sources: Record<string, { lastAt: string; silent: boolean }>
}

/** `count` = met + breached; `rate` = met / count, left out when nothing was decided. */
export interface Decided {
  count: number
  met: number
  rate?: number
}

export interface QueueView {
  waiting: number
  unassigned: number
  awaitingReply: number
  active: number
  oldestWaitingSince?: string
  online: number
  free: number
  abandonedToday: number
  firstToday: Decided
}

export interface ResponseStats extends Decided {
  p50Ms?: number
  p90Ms?: number
}

export interface ResponseView {
  targetMs: number
  today: ResponseStats
  recent: ResponseStats
}

/** Of a share in time, as the handbook's condition `response_rate` has them: below `low` it is too low, from `well` on it is well again. */
export interface RateBounds {
  low: number
  well: number
}

export type AgentStatus = 'online' | 'busy' | 'away' | 'offline'
export type AutoReply = 'away' | 'busy' | 'over_capacity'

export interface AgentView {
  name: string
  queues: string[]
  status: AgentStatus
  since?: string
  reason?: string
  capacity?: number
  active: number
  awaitingReply: number
  oldestUnansweredSince?: string
  autoReply?: AutoReply
  autoReplies: number
  firstToday: Decided
}

export interface StockView {
  name?: string
  onHand: number
  low?: number
  hot: boolean
  state: 'out' | 'low'
  since: string
  /** When the supplier must have been called, and the agents told: while that clock runs, overdue or not. */
  supplierDueAt?: string
  announceDueAt?: string
}

export interface PickupView {
  at: string
  state: 'upcoming' | 'due' | 'done'
  orders: number
  packed: number
  tracked: number
  collected: number
  onTime: number
}

/** `open` = running and not past due, `atRisk` of those past the warning point, `overdue` = running past due. */
export interface ClockCounts {
  open: number
  atRisk: number
  overdue: number
  metToday: number
  breachedToday: number
}

export interface AlertView {
  rule: string
  subject: string
  level: 'warn' | 'breach'
  state: 'open' | 'acknowledged' | 'snoozed'
  since: string
  dueAt?: string
  agent?: string
  queue?: string
  acknowledgedBy?: string
  acknowledgedAt?: string
  /** Who gave it to the one who has it. */
  handedBy?: string
  snoozedUntil?: string
  snoozedBy?: string
  /** Nobody took it for so long that it went on to whoever is above; since then it was told of so often. */
  escalatedAt?: string
  reminders?: number
}
