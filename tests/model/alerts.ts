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

export function clockAlerts(history: History, world: World, clocks: Clock[], at: number): Alert[] {
  return clocks.flatMap((clock): Alert[] => {
    const level = isOverdue(clock, at) ? 'breach' : clock.warns && isAtRisk(clock, at) ? 'warn' : undefined
    if (!level) return []
    const from = level === 'breach' ? clock.due : clock.warnAt
    const since = Math.max(from, knownSince(history, world, clock))
    return [{ rule: clock.rule, subject: clock.subject, level, since, dueAt: clock.due, which: clock.which }]
  })
}

/** When the last event was recorded without which no such clock would fall due at that instant. */
function knownSince(history: History, world: World, clock: Clock): number {
  const isIt = (other: Clock) =>
    other.rule === clock.rule &&
    other.subject === clock.subject &&
    other.due === clock.due &&
    other.which === clock.which
  const isDuty = clock.rule === 'auto_reply'
  const startsIn = (of: World) => (isDuty ? dutyClocks(of, history.calls) : of.clocks).some(isIt)
  // What was recorded of others changes nothing about this clock.
  const own = history.worlds.slice(0, world.events.length + 1).filter(({ events }) => {
    const last = events.at(-1)
    return last?.subject === clock.subject || last?.source === OWN_SOURCE
  })
  return own[own.findLastIndex((earlier) => !startsIn(earlier)) + 1]!.events.at(-1)!.recordedAt
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
