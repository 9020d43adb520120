/** The whole view of a floor at an instant, worked out from the log the slow and obvious way: no fold, no state. */
import type { RecordedEvent } from '#core/events.ts'
import type { ShopConfig } from '#core/shop.ts'
import type {
  AgentView,
  AlertView,
  ClockCounts,
  PickupView,
  QueueView,
  ResponseView,
  StockView,
  View,
} from '#core/view.ts'
import type { ActedOn } from './acts.ts'
import { actedOn } from './acts.ts'
import type { Agent } from './agents.ts'
import type { Alert } from './alerts.ts'
import { alertIdOf, clockAlerts, concerns, worstFirst } from './alerts.ts'
import type { Clock } from './clock.ts'
import { decidedAt, isAtRisk, isOverdue, stateAt } from './clock.ts'
import { conditionsAt, keyOf } from './conditions.ts'
import { waitsSince } from './conversations.ts'
import { firstWaveAfter, wavesOf } from './due.ts'
import { dutyClocks } from './duties.ts'
import type { Span } from './figures.ts'
import { decided, responseStats, within15Minutes } from './figures.ts'
import type { Handbook } from './handbook.ts'
import type { History } from './history.ts'
import { historyOf, worldAt } from './history.ts'
import { earliest } from './milestones.ts'
import type { World } from './world.ts'
import { activeOf, isOver, onlineIn, openEpisodes, shippable, waitingIn } from './world.ts'

const ALERTS_SHOWN_MAX = 200
const NEVER = Number.POSITIVE_INFINITY

interface Now {
  at: number
  world: World
  /** Those that have started. */
  clocks: Clock[]
  today: Span
}

const iso = (instant: number): string => new Date(instant).toISOString()

/** A copy without the fields that do not apply. */
function only<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T
}

/** `events` in seq order; the view leaves out what was recorded after `at`. */
export function modelView(config: ShopConfig, events: RecordedEvent[], at: number): View {
  return viewFrom(historyOf(config, events), at)
}

export function viewFrom(history: History, at: number): View {
  const { config } = history
  const world = worldAt(history, at)
  const calendar = world.book.at(at)
  const { handbook } = calendar
  const clocks = [...world.clocks, ...dutyClocks(world, history.calls)].filter(({ start }) => start <= at)
  const [from, to] = [calendar.midnight(calendar.dateOf(at)), calendar.endOfDay(calendar.dateOf(at))]
  const today: Span = (instant) => from <= instant && instant <= to
  const now: Now = { at, world, clocks, today }
  const raised = conditionsAt(history.conditions, config, world, at)
  const ringing = [...raised].map(([key, since]): Alert => {
    const [rule, subject] = JSON.parse(key) as [string, string]
    return { rule, subject, level: 'breach', since }
  })
  const alerts = actedOn([...clockAlerts(history, world, clocks, at), ...ringing], world.events, at).sort(worstFirst)

  return {
    shop: config.shop,
    name: world.book.nameAt(at),
    timezone: calendar.zone,
    seq: world.events.at(-1)?.seq ?? 0,
    at: iso(at),
    queues: record(world.queues, (queue) => queueView(now, queue)),
    response: {
      first: responseView(now, 'first_response', handbook.rules.first_response!.targetMs),
      reply: responseView(now, 'reply_wait', handbook.rules.reply_wait!.targetMs),
      rate: { low: handbook.conditions.response_rate!.raise!, well: handbook.conditions.response_rate!.clear! },
    },
    agents: record(world.agents.keys(), (id) => agentView(now, world.agents.get(id)!)),
    stock: stockViews(now),
    pickups: pickupViews(now),
    clocks: clockViews(now, handbook),
    alerts: Object.fromEntries(
      alerts.slice(0, ALERTS_SHOWN_MAX).map((alert) => [alertIdOf(alert), alertView(world, at, alert)]),
    ),
    alertCounts: alertCounts(alerts),
    sources: record(world.heard.keys(), (source) => ({
      lastAt: iso(world.heard.get(source)!),
      silent: raised.has(keyOf('source_silent', source)),
    })),
  }
}

const record = <T>(keys: Iterable<string>, of: (key: string) => T): Record<string, T> =>
  Object.fromEntries([...keys].map((key) => [key, of(key)]))

function queueView({ at, world, clocks, today }: Now, queue: string): QueueView {
  const open = openEpisodes(world)
    .map(({ episode }) => episode)
    .filter((episode) => episode.queue === queue)
  const waiting = open.filter((episode) => !episode.answered)
  const online = onlineIn(world, queue)
  const oldest = earliest(...waiting.map(({ start }) => start))
  const abandoned = [...world.conversations.values()]
    .flatMap(({ episodes }) => episodes)
    .filter((episode) => episode.outcome === 'abandoned' && today(episode.closedAt!) && episode.queue === queue)
  const firsts = clocks.filter(({ rule }) => rule === 'first_response')
  return only<QueueView>({
    waiting: waitingIn(world, queue),
    unassigned: waiting.filter((episode) => episode.agent === undefined).length,
    awaitingReply: open.filter((episode) => episode.unansweredSince !== undefined).length,
    active: open.length,
    oldestWaitingSince: oldest === undefined ? undefined : iso(oldest),
    online: online.length,
    free: online.filter((agent) => activeOf(world, agent.id) < (agent.capacity ?? NEVER)).length,
    abandonedToday: abandoned.length,
    firstToday: decided(firsts, at, today, (credit) => credit.queue === queue),
  })
}

function responseView({ at, clocks, today }: Now, rule: string, targetMs: number): ResponseView {
  const own = clocks.filter((clock) => clock.rule === rule)
  return { targetMs, today: responseStats(own, at, today), recent: responseStats(own, at, within15Minutes(at)) }
}

function agentView({ at, world, clocks, today }: Now, agent: Agent): AgentView {
  const waits = openEpisodes(world)
    .filter(({ episode }) => episode.agent === agent.id)
    .map(({ episode }) => waitsSince(episode))
    .filter((since) => since !== undefined)
  const oldest = earliest(...waits)
  const busyOrAway = agent.status === 'away' || agent.status === 'busy' ? agent.status : undefined
  const tooMany = agent.status === 'online' && isOver(world, agent) ? 'over_capacity' : undefined
  const replies = [...world.conversations.values()]
    .flatMap(({ episodes }) => episodes.flatMap(({ autoReplies }) => autoReplies))
    .filter((reply) => reply.agent === agent.id && today(reply.time))
  const firsts = clocks.filter(({ rule }) => rule === 'first_response')
  return only<AgentView>({
    name: agent.name,
    queues: agent.queues,
    status: agent.status,
    since: agent.since === undefined ? undefined : iso(agent.since),
    reason: agent.reason,
    capacity: agent.capacity,
    active: activeOf(world, agent.id),
    awaitingReply: waits.length,
    oldestUnansweredSince: oldest === undefined ? undefined : iso(oldest),
    autoReply: busyOrAway ?? tooMany,
    autoReplies: replies.length,
    firstToday: decided(firsts, at, today, (credit) => credit.agent === agent.id),
  })
}

function stockViews({ world }: Now): Record<string, StockView> {
  const views: Record<string, StockView> = {}
  for (const [id, { name, onHand, low, hot, state, since, clocks }] of world.skus) {
    if (state === 'ok') continue
    const dueAt = (rule: string) => {
      const running = clocks.find((clock) => clock.rule === rule && clock.stop === undefined && clock.end === undefined)
      return running && iso(running.due)
    }
    const due = { supplierDueAt: dueAt('supplier_contact'), announceDueAt: dueAt('shortage_announce') }
    views[id] = only<StockView>({ name, onHand, low, hot, state, since: iso(since), ...due })
  }
  return views
}

function pickupViews({ at, world }: Now): Record<string, PickupView> {
  const calendar = world.book.at(at)
  const today = calendar.dateOf(at)
  const waves = [...wavesOf(calendar, today), firstWaveAfter(calendar, today)]
  return Object.fromEntries(
    waves.map(({ id, instant }) => {
      const orders = shippable(world).filter(({ wave }) => wave.id === id)
      const collected = orders.flatMap(({ steps, graceMs }) => {
        const time = steps.first('order.collected')
        return time === undefined ? [] : [{ time, graceMs }]
      })
      const done = (step: 'order.packed' | 'order.tracked') =>
        orders.filter(({ steps }) => steps.first(step) !== undefined).length
      const view: PickupView = {
        at: iso(instant),
        state: at <= instant ? 'upcoming' : collected.length < orders.length ? 'due' : 'done',
        orders: orders.length,
        packed: done('order.packed'),
        tracked: done('order.tracked'),
        collected: collected.length,
        onTime: collected.filter(({ time, graceMs }) => time <= instant + graceMs).length,
      }
      return [id, view]
    }),
  )
}

/** Of the rules that are on, and of the others as far as something was decided today. */
function clockViews(now: Now, { rules }: Handbook): View['clocks'] {
  const all = Object.keys(rules).map((rule) => [rule, clockCounts(now, rule)] as const)
  return Object.fromEntries(
    all.filter(([rule, { metToday, breachedToday }]) => rules[rule]!.on || metToday + breachedToday > 0),
  )
}

function clockCounts({ at, clocks, today }: Now, rule: string): ClockCounts {
  const own = clocks.filter((clock) => clock.rule === rule)
  const decidedToday = own.filter((clock) => today(decidedAt(clock, at) ?? NEVER))
  return {
    open: own.filter((clock) => stateAt(clock, at) === 'running').length,
    atRisk: own.filter((clock) => isAtRisk(clock, at)).length,
    overdue: own.filter((clock) => isOverdue(clock, at)).length,
    metToday: decidedToday.filter((clock) => stateAt(clock, at) === 'met').length,
    breachedToday: decidedToday.filter((clock) => stateAt(clock, at) === 'breached').length,
  }
}

function alertView(world: World, at: number, alert: ActedOn): AlertView {
  const { rule, subject, level, state, since, dueAt, acknowledgedBy, acknowledgedAt, handedBy, snoozedUntil } = alert
  return only<AlertView>({
    rule,
    subject,
    level,
    state,
    since: iso(since),
    dueAt: dueAt === undefined ? undefined : iso(dueAt),
    agent: undefined,
    queue: undefined,
    acknowledgedBy,
    acknowledgedAt: acknowledgedAt === undefined ? undefined : iso(acknowledgedAt),
    handedBy,
    snoozedUntil: snoozedUntil === undefined ? undefined : iso(snoozedUntil),
    snoozedBy: snoozedUntil === undefined ? undefined : alert.snoozedBy,
    ...reminded(world, at, alert),
    ...concerns(world, alert),
  })
}

/** An untaken breach is told of again every so often since it has been open, twelve times at most. */
function reminded(world: World, at: number, alert: ActedOn): Pick<AlertView, 'escalatedAt' | 'reminders'> {
  const { handbook } = world.book.at(at)
  const settings: Record<string, object> = { ...handbook.conditions, ...handbook.rules }
  const own = (settings[alert.rule] ?? {}) as { remindMs?: number }
  const isChat = ['first_response', 'reply_wait', 'auto_reply'].includes(alert.rule)
  const minutes = isChat ? 2 : alert.rule in handbook.conditions ? 5 : 15
  const every = own.remindMs ?? minutes * 60_000
  if (alert.level !== 'breach' || alert.state !== 'open' || every === 0) return {}
  const from = Math.max(alert.since, alert.wokenAt ?? 0)
  const times = Array.from({ length: 12 }, (_, i) => from + (i + 1) * every).filter((instant) => instant <= at)
  return times.length === 0 ? {} : { escalatedAt: iso(times[0]!), reminders: times.length }
}

function alertCounts(alerts: Alert[]): View['alertCounts'] {
  const count = (own: Alert[], level: string) => own.filter((alert) => alert.level === level).length
  const byRule = Map.groupBy(alerts, ({ rule }) => rule)
  return record(byRule.keys(), (rule) => {
    const own = byRule.get(rule)!
    return { warn: count(own, 'warn'), breach: count(own, 'breach') }
  })
}
