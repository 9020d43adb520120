/** Puts back what a command has done, where the floor still is as the command left it. Its own events say what was. */
import {
  agentAsItStands,
  agentOf,
  asItStands,
  type Checked,
  type CommandEvent,
  type CommandRefusal,
  handOf,
  sameQueues,
} from './commands.ts'
import { iso } from './iso.ts'
import type { Floor } from './state.ts'

/** An event that a command wrote. */
export interface DoneEvent {
  /** Of the event. */
  id: string
  type: string
  subject: string
  data: Record<string, unknown>
  /** A note that was taken back since. */
  withdrawn?: boolean
}

/** The events that undo those of a command, all or none of them; the last done is put back first. */
export function checkUndo(floor: Floor, done: readonly DoneEvent[], by: string | undefined): Checked {
  if (done.length === 0) return { invalid: 'of: no such command was carried out' }
  const events: CommandEvent[] = []
  for (const event of done.toReversed()) {
    const put = putBack(floor, event)
    if (!('type' in put)) return put
    events.push({ ...put, data: { ...put.data, ...(by !== undefined && { by }) } })
  }
  return { events }
}

function putBack(floor: Floor, event: DoneEvent): CommandEvent | CommandRefusal {
  const { type, subject, data } = event
  if (type === 'note.added') return unsay(event)
  const was = (data.was ?? undefined) as Record<string, unknown> | undefined
  if (was === undefined) return { invalid: `of: a command that wrote ${type} cannot be undone` }
  switch (type) {
    case 'conversation.assigned':
    case 'conversation.returned':
    case 'conversation.moved': {
      const c = floor.conversations.get(subject)
      if (c === undefined || !c.open)
        return { conflict: `conversation "${subject}" is closed`, now: { conversation: subject } }
      if (type === 'conversation.moved') {
        // It was in none. An earlier release wrote null where nothing was.
        if (c.queue !== data.queue || (was.queue ?? null) === null)
          return changed(`conversation "${subject}"`, asItStands(c))
        return { type, subject, data: { queue: was.queue, was: { queue: c.queue } } }
      }
      if (c.agent !== data.agent) return changed(`conversation "${subject}"`, asItStands(c))
      const replaced = { was: agentOf(c) }
      return (was.agent ?? null) === null
        ? { type: 'conversation.returned', subject, data: replaced }
        : { type: 'conversation.assigned', subject, data: { agent: was.agent, ...replaced } }
    }
    case 'agent.moved': {
      const agent = floor.agents.get(subject)
      if (agent === undefined || !sameQueues(agent.queues, data.queues as string[]))
        return changed(`agent "${subject}"`, agent === undefined ? {} : agentAsItStands(agent))
      return { type, subject, data: { queues: was.queues, was: { queues: agent.queues } } }
    }
    case 'agent.status_changed': {
      const agent = floor.agents.get(subject)
      if (agent === undefined || agent.status !== data.status)
        return changed(`agent "${subject}"`, agent === undefined ? {} : agentAsItStands(agent))
      const { status, reason } = agent
      return { type, subject, data: { ...was, was: { status, ...(reason !== undefined && { reason }) } } }
    }
    case 'alert.acknowledged':
    case 'alert.snoozed':
      return handBack(floor, event, was)
    case 'alert.resolved':
      return data.reopened === true ? resolveAgain(floor, event, was) : takeUp(floor, event, was)
    default:
      return { invalid: `of: a command that wrote ${type} cannot be undone` }
  }
}

/** The alert goes back into the hands it was in; into nobody's where it was in none, or has slept long enough. */
function handBack(
  floor: Floor,
  { type, subject, data }: DoneEvent,
  was: Record<string, unknown>,
): CommandEvent | CommandRefusal {
  const alert = floor.alerts.get(subject)
  const now = { alert: subject, ...handOf(floor, subject) }
  if (alert === undefined) return { conflict: `alert "${subject}" is no longer open`, now }
  const isAsLeft =
    type === 'alert.snoozed'
      ? alert.state === 'snoozed' && alert.snoozedUntil === Date.parse(data.until as string)
      : data.released === true
        ? alert.state === 'open'
        : alert.state === 'acknowledged' && alert.acknowledgedBy === (data.to ?? data.by)
  if (!isAsLeft) return changed(`alert "${subject}"`, now)
  const replaced = { was: handOf(floor, subject) }
  const { acknowledgedBy, snoozedUntil } = was
  // An earlier release wrote epoch milliseconds.
  const until = new Date(snoozedUntil as string | number).getTime()
  if (until > floor.now) {
    const released = acknowledgedBy === alert.acknowledgedBy ? {} : { released: true }
    return {
      type: 'alert.snoozed',
      subject,
      data: { until: iso(until), ...released, ...replaced },
    }
  }
  if (typeof acknowledgedBy === 'string' && snoozedUntil === undefined)
    return { type: 'alert.acknowledged', subject, data: { to: acknowledgedBy, ...replaced } }
  return { type: 'alert.acknowledged', subject, data: { released: true, ...replaced } }
}

/** The alert is as it was before a person resolved it, as long as what it tells of goes on. */
function takeUp(
  floor: Floor,
  { type, subject, data }: DoneEvent,
  was: Record<string, unknown>,
): CommandEvent | CommandRefusal {
  const alert = floor.alerts.putDown.get(subject)
  const now = { alert: subject, ...handOf(floor, subject) }
  if (alert === undefined)
    return floor.alerts.has(subject)
      ? changed(`alert "${subject}"`, now)
      : { conflict: `what alert "${subject}" told of is over`, now }
  const { resolvedBy, note } = alert
  if (resolvedBy !== data.by || note !== data.note) return changed(`alert "${subject}"`, now)
  return { type, subject, data: { reopened: true, was: { ...(note !== undefined && { note }), hand: was } } }
}

function resolveAgain(
  floor: Floor,
  { type, subject }: DoneEvent,
  { note, hand }: Record<string, unknown>,
): CommandEvent | CommandRefusal {
  const is = handOf(floor, subject)
  const now = { alert: subject, ...is }
  if (!floor.alerts.has(subject)) return { conflict: `alert "${subject}" is no longer open`, now }
  if (JSON.stringify(is) !== JSON.stringify(hand)) return changed(`alert "${subject}"`, now)
  return { type, subject, data: { ...(note !== undefined && { note }), was: is } }
}

/** What was noted is taken back; what was taken back is noted anew. */
function unsay({ id, type, subject, data, withdrawn }: DoneEvent): CommandEvent | CommandRefusal {
  const { text, cause, followUp } = data
  const said = { text, ...(cause !== undefined && { cause }), ...(followUp !== undefined && { followUp }) }
  if (withdrawn === true) return { conflict: 'the note has been taken back already', now: { note: id } }
  return { type, subject, data: data.withdrawn === true ? said : { ...said, withdrawn: true, was: { id } } }
}

const changed = (what: string, now: Record<string, unknown>): CommandRefusal => ({
  conflict: `${what} has been changed since`,
  now,
})
