/** Draws what a wall reads from the floor at its now. */
import { type Agent, autoReplyOf, isFree } from './agents.ts'
import { ALERTS_SHOWN, type Alert } from './alerts.ts'
import { FIRST_RESPONSE, isRunning, REPLY_WAIT } from './clocks.ts'
import type { Conversation, Queue } from './conversations.ts'
import { RULES } from './handbook.ts'
import type { Histogram } from './histogram.ts'
import { iso } from './iso.ts'
import type { Wave } from './pickupSchedule.ts'
import { remindersOf } from './reminders.ts'
import type { Floor } from './state.ts'
import { type Sku, SUPPLIER_CONTACT } from './stock.ts'
import type { Response, Score } from './tallies.ts'
import type {
  AgentView,
  AlertView,
  ClockCounts,
  Decided,
  PickupView,
  QueueView,
  ResponseStats,
  ResponseView,
  StockView,
  View,
} from './view.ts'

export function drawView(floor: Floor): View {
  const { tallies, config } = floor
  return {
    shop: config.shop,
    name: config.name,
    timezone: config.timezone,
    seq: floor.seq,
    at: iso(floor.now),
    queues: drawQueues(floor),
    response: {
      first: drawResponse(floor, FIRST_RESPONSE, tallies.first),
      reply: drawResponse(floor, REPLY_WAIT, tallies.reply),
      rate: floor.book.rate,
    },
    agents: draw(floor.agents, (agent) => drawAgent(floor, agent)),
    stock: draw(floor.skus, drawSku),
    pickups: drawPickups(floor),
    clocks: drawClocks(floor),
    alerts: Object.fromEntries(floor.alerts.worst(ALERTS_SHOWN).map((alert) => [alert.id, drawAlert(floor, alert)])),
    alertCounts: draw(floor.alerts.counts, (counts) => ({ ...counts })),
    sources: draw(floor.sources, ({ lastAt }, id) => ({
      lastAt: iso(lastAt),
      silent: floor.conditions.isRinging('source_silent', id),
    })),
  }
}

/** Ids come from outside: `fromEntries` keeps even one called `__proto__` an ordinary key. */
function draw<T, V>(things: Map<string, T>, one: (thing: T, id: string) => V | undefined): Record<string, V> {
  const drawn: [string, V][] = []
  for (const [id, thing] of things) {
    const value = one(thing, id)
    if (value !== undefined) drawn.push([id, value])
  }
  return Object.fromEntries(drawn)
}

function drawQueues(floor: Floor): Record<string, QueueView> {
  const free = new Map<string, number>()
  for (const agent of floor.agents.values()) {
    if (isFree(agent)) for (const queue of agent.queues) free.set(queue, (free.get(queue) ?? 0) + 1)
  }
  return draw(floor.queues, (queue) => drawQueue(floor, queue, free.get(queue.id) ?? 0))
}

function drawQueue(floor: Floor, queue: Queue, free: number): QueueView {
  const { tallies } = floor
  const view: QueueView = {
    waiting: queue.waiting.size,
    unassigned: queue.unassigned,
    awaitingReply: queue.awaiting,
    active: queue.active,
    online: queue.online,
    free,
    abandonedToday: tallies.abandoned.get(queue.id) ?? 0,
    firstToday: decided(tallies.queueFirst.get(queue.id)),
  }
  const oldest = earliestWait(queue.waiting)
  if (oldest !== undefined) view.oldestWaitingSince = iso(oldest)
  return view
}

/** The same object as long as nothing about it changes: who compares two views need not look into it. */
function drawAgent(floor: Floor, agent: Agent): AgentView {
  const { tallies } = floor
  const view: AgentView = {
    name: agent.name,
    queues: agent.queues,
    status: agent.status,
    active: agent.active,
    awaitingReply: agent.awaiting.size,
    autoReplies: tallies.autoReplies.get(agent.id) ?? 0,
    firstToday: decided(tallies.agentFirst.get(agent.id)),
  }
  if (agent.since !== undefined) view.since = iso(agent.since)
  if (agent.reason !== undefined) view.reason = agent.reason
  if (agent.capacity !== undefined) view.capacity = agent.capacity
  const oldest = earliestWait(agent.awaiting)
  if (oldest !== undefined) view.oldestUnansweredSince = iso(oldest)
  const autoReply = autoReplyOf(agent)
  if (autoReply !== undefined) view.autoReply = autoReply
  if (agent.drawn === undefined || !isSameAgent(agent.drawn, view)) agent.drawn = view
  return agent.drawn
}

const OF_AGENT = Object.keys({
  name: 0,
  queues: 0,
  status: 0,
  since: 0,
  reason: 0,
  capacity: 0,
  active: 0,
  awaitingReply: 0,
  oldestUnansweredSince: 0,
  autoReply: 0,
  autoReplies: 0,
} satisfies Record<keyof Omit<AgentView, 'firstToday'>, 0>) as (keyof AgentView)[]

function isSameAgent(a: AgentView, b: AgentView): boolean {
  for (const field of OF_AGENT) if (a[field] !== b[field]) return false
  return a.firstToday.count === b.firstToday.count && a.firstToday.met === b.firstToday.met
}

function earliestWait(conversations: Set<Conversation>): number | undefined {
  let earliest: number | undefined
  for (const { waitingSince } of conversations) {
    if (waitingSince !== undefined && (earliest === undefined || waitingSince < earliest)) earliest = waitingSince
  }
  return earliest
}

function drawResponse(floor: Floor, rule: number, { today, answers, recent }: Response): ResponseView {
  const due = RULES[rule]?.due
  const targetMs = floor.book.rules[rule]?.targetMs ?? (due?.kind === 'within' ? due.ms : 0)
  return { targetMs, today: stats(today, answers), recent: stats(recent, recent.answers) }
}

function stats(score: Score, answers: Histogram): ResponseStats {
  const [p50Ms, p90Ms] = answers.percentiles([0.5, 0.9])
  const view: ResponseStats = decided(score)
  if (p50Ms !== undefined) view.p50Ms = p50Ms
  if (p90Ms !== undefined) view.p90Ms = p90Ms
  return view
}

function decided(score: Score | undefined): Decided {
  const { count, met } = score ?? { count: 0, met: 0 }
  return count === 0 ? { count, met } : { count, met, rate: met / count }
}

function drawSku(sku: Sku): StockView | undefined {
  if (sku.state === 'ok') return undefined
  const view: StockView = { onHand: sku.onHand, hot: sku.hot, state: sku.state, since: iso(sku.since) }
  if (sku.name !== undefined) view.name = sku.name
  if (sku.low !== undefined) view.low = sku.low
  for (const clock of sku.clocks) {
    if (isRunning(clock)) view[clock.rule === SUPPLIER_CONTACT ? 'supplierDueAt' : 'announceDueAt'] = iso(clock.due)
  }
  return view
}

/** Today's waves and the next one after them. */
function drawPickups(floor: Floor): Record<string, PickupView> {
  const { pickups } = floor.book
  const next = pickups.firstWaveAfter(floor.tallies.day)
  const waves = pickups.wavesOn(floor.tallies.day)
  if (Number.isFinite(next.at)) waves.push(next)
  return Object.fromEntries(waves.map((wave) => [wave.id, drawWave(floor, wave)]))
}

function drawWave(floor: Floor, { id, at }: Wave): PickupView {
  const { orders, packed, tracked, collected, onTime } = floor.pickups.waves.get(id) ?? NOTHING
  const state = floor.now <= at ? 'upcoming' : orders > collected ? 'due' : 'done'
  return { at: iso(at), state, orders, packed, tracked, collected, onTime }
}

const NOTHING = { orders: 0, packed: 0, tracked: 0, collected: 0, onTime: 0 }

/** Of every rule that is on; of one that was switched off today as far as something was decided before. */
export function drawClocks(floor: Floor): Record<string, ClockCounts> {
  const clocks: Record<string, ClockCounts> = {}
  RULES.forEach(({ id }, index) => {
    const { open = 0, atRisk = 0, overdue = 0, met = 0, breached = 0 } = floor.tallies.rules.get(id) ?? {}
    if (floor.book.rules[index]?.on !== true && met + breached === 0) return
    clocks[id] = { open, atRisk, overdue, metToday: met, breachedToday: breached }
  })
  return clocks
}

/** The same object as long as nothing about it changes. */
function drawAlert(floor: Floor, alert: Alert): AlertView {
  const { drawn } = floor.alerts
  const told = remindersOf(floor.book.remindMs, alert, floor.now)
  const escalatedAt = told && iso(told.escalatedAt)
  const known = drawn.get(alert.id)
  if (known !== undefined && known.reminders === told?.reminders && known.escalatedAt === escalatedAt) return known
  const view: AlertView = {
    rule: alert.rule,
    subject: alert.subject,
    level: alert.level,
    state: alert.state === 'resolved' ? 'open' : alert.state,
    since: iso(alert.openedAt),
  }
  if (alert.dueAt !== undefined) view.dueAt = iso(alert.dueAt)
  if (alert.agent !== undefined) view.agent = alert.agent
  if (alert.queue !== undefined) view.queue = alert.queue
  if (alert.acknowledgedBy !== undefined) view.acknowledgedBy = alert.acknowledgedBy
  if (alert.acknowledgedAt !== undefined) view.acknowledgedAt = iso(alert.acknowledgedAt)
  if (alert.handedBy !== undefined) view.handedBy = alert.handedBy
  if (alert.snoozedUntil !== undefined) {
    view.snoozedUntil = iso(alert.snoozedUntil)
    if (alert.snoozedBy !== undefined) view.snoozedBy = alert.snoozedBy
  }
  if (told !== undefined && escalatedAt !== undefined) Object.assign(view, { escalatedAt, reminders: told.reminders })
  drawn.set(alert.id, view)
  return view
}
