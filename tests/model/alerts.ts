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
  /** Since when it has been at its level, with another due instant before perhaps. */
  reachedAt?: number
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
    const { rule, subject, due: dueAt, which } = clock
    const since = risenAt(history, world, at, clock, level, (other) => other.due === dueAt)
    const reachedAt = risenAt(history, world, at, clock, level, () => true)
    return [{ rule, subject, level, since, reachedAt, dueAt, which }]
  })
}

/**
 * When a clock rose to the level it has had ever since: at its due instant (its warning point) or, where it was known
 * only later, when that was recorded. A late word that leaves it at the level leaves the alert.
 */
function risenAt(
  history: History,
  world: World,
  at: number,
  clock: Clock,
  level: Alert['level'],
  isSame: (other: Clock) => boolean,
): number {
  const isIt = (other: Clock) =>
    other.rule === clock.rule && other.subject === clock.subject && other.which === clock.which && isSame(other)
  const clocksIn = (of: World) => (clock.rule === 'auto_reply' ? dutyClocks(of, history.calls) : of.clocks)
  // What was recorded of others changes nothing about this clock.
  const own = history.worlds.slice(0, world.events.length + 1).filter(({ events }) => {
    const last = events.at(-1)
    return last?.subject === clock.subject || last?.source === OWN_SOURCE
  })
  let risen: number | undefined
  for (const [index, known] of own.entries()) {
    const from = known.events.at(-1)!.recordedAt
    const next = own[index + 1]
    const until = next ? next.events.at(-1)!.recordedAt : at + 1
    const found = clocksIn(known).find(isIt)
    const reaches = !found ? until : level === 'breach' ? found.due : found.warnAt
    if (reaches >= until) risen = undefined
    else if (risen === undefined || reaches > from) risen = Math.max(reaches, from)
  }
  return risen!
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
