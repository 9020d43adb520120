/** What calls for a lead now: clocks past due, clocks near it where the rule warns, and conditions. */
import { OWN_SOURCE } from '#core/events.ts'
import type { AlertView } from '#core/view.ts'
import type { Clock } from './clock.ts'
import { isAtRisk, isOverdue } from './clock.ts'
import { openEpisode } from './conversations.ts'
import { dutyClocks } from './duties.ts'
import type { History } from './history.ts'
import type { World } from './world.ts'

/** Instants as epoch milliseconds. */
export interface Alert {
  rule: string
  subject: string
  level: AlertView['level']
  since: number
  dueAt?: number
  /** See Clock. */
  which?: string | undefined
}

/** The product's ids are its own affair; an alert of the model keeps its id from warn to breach all the same. */
export const alertIdOf = ({ rule, subject, since, dueAt, which }: Alert): string =>
  JSON.stringify([rule, subject, dueAt === undefined ? since : (which ?? '')])

export function clockAlerts(history: History, world: World, clocks: Clock[], at: number): Alert[] {
  return clocks.flatMap((clock): Alert[] => {
    const level = isOverdue(clock, at) ? 'breach' : clock.warns && isAtRisk(clock, at) ? 'warn' : undefined
    if (!level) return []
    const since = rangAt(history, world, clock, level, at)
    return [{ rule: clock.rule, subject: clock.subject, level, since, dueAt: clock.due, which: clock.which }]
  })
}

/**
 * When the alert came up at its level: at the due instant (the warning point) or, where such a clock became known
 * only later, when it was recorded. A late word that leaves the due instant leaves the alert.
 */
function rangAt(history: History, world: World, clock: Clock, level: Alert['level'], at: number): number {
  const isIt = (other: Clock) =>
    other.rule === clock.rule &&
    other.subject === clock.subject &&
    other.due === clock.due &&
    other.which === clock.which
  const isDuty = clock.rule === 'auto_reply'
  const foundIn = (of: World) => (isDuty ? dutyClocks(of, history.calls) : of.clocks).find(isIt)
  // What was recorded of others changes nothing about this clock.
  const own = history.worlds.slice(0, world.events.length + 1).filter(({ events }) => {
    const last = events.at(-1)
    return last?.subject === clock.subject || last?.source === OWN_SOURCE
  })
  const first = own.findLastIndex((earlier) => !foundIn(earlier)) + 1
  const rings = own.slice(first).map((known, index) => {
    const { due, warnAt } = foundIn(known)!
    const next = own[first + index + 1]
    const until = next ? next.events.at(-1)!.recordedAt : at + 1
    return { instant: Math.max(level === 'breach' ? due : warnAt, known.events.at(-1)!.recordedAt), until }
  })
  return rings.find(({ instant, until }) => instant < until)!.instant
}

/** Who an alert about a conversation, a queue or an agent concerns. */
export function concerns(world: World, alert: Alert): { agent?: string; queue?: string } {
  const episode = openEpisode(world.conversations.get(alert.subject))
  const isOfChat = ['first_response', 'reply_wait', 'auto_reply'].includes(alert.rule)
  const isOfAgent = alert.rule === 'over_capacity' || alert.rule === 'away_too_long'
  const isOfQueue = ['queue_depth', 'no_agent', 'response_rate'].includes(alert.rule) && world.queues.has(alert.subject)
  const agent = isOfChat ? episode?.agent : isOfAgent ? alert.subject : undefined
  const queue = isOfChat ? episode?.queue : isOfQueue ? alert.subject : undefined
  return { ...(agent === undefined ? {} : { agent }), ...(queue === undefined ? {} : { queue }) }
}

/** Worst first: breach before warn, then the earliest due, conditions by the instant they were raised. */
export function worstFirst(a: Alert, b: Alert): number {
  const rank = (alert: Alert) => (alert.level === 'breach' ? 0 : 1)
  return rank(a) - rank(b) || (a.dueAt ?? a.since) - (b.dueAt ?? b.since)
}
