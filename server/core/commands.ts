/**
 * What a person asks of the floor. Each command is checked against the floor as it is at that moment and answered
 * with the ordinary events that carry it out, with what has changed under the person's hands, or with why it makes no sense.
 */
import { z } from 'zod'
import type { Agent } from './agents.ts'
import { CONDITIONS } from './conditionTable.ts'
import type { Conversation } from './conversations.ts'
import { RULES } from './handbook.ts'
import { iso } from './iso.ts'
import { annotationSubject } from './report/answer.ts'
import { FIGURE_IDS } from './report/figures.ts'
import { periodOf } from './report/period.ts'
import type { Floor } from './state.ts'

const id = z.string().min(1).max(200)
const by = { by: z.string().max(500).optional() }

/** Null: the person saw it with nobody. */
const expectedAgent = id.nullable().optional()
const status = z.enum(['online', 'busy', 'away', 'offline'])
const alert = z.string().min(1).max(1000)

const single = [
  z.object({ command: z.literal('assign'), conversation: id, agent: id, expectedAgent, ...by }),
  z.object({ command: z.literal('return'), conversation: id, expectedAgent, ...by }),
  z.object({
    command: z.literal('move_conversation'),
    conversation: id,
    queue: id,
    expectedQueue: id.nullable().optional(),
    ...by,
  }),
  z.object({
    command: z.literal('move_agent'),
    agent: id,
    queues: z.array(id).max(100),
    expectedQueues: z.array(id).max(100).optional(),
    ...by,
  }),
  z.object({
    command: z.literal('set_status'),
    agent: id,
    status,
    expectedStatus: status.optional(),
    reason: z.string().max(500).optional(),
    ...by,
  }),
  z.object({ command: z.literal('acknowledge'), alert, ...by }),
  z.object({ command: z.literal('hand_over'), alert, to: z.string().min(1).max(200), ...by }),
  z.object({ command: z.literal('snooze'), alert, until: z.iso.datetime({ offset: true }), ...by }),
  z.object({ command: z.literal('resolve'), alert, note: z.string().max(500).optional(), ...by }),
  z.object({ command: z.literal('note'), text: z.string().min(1).max(5000), ...by }),
  z.object({
    command: z.literal('annotate'),
    /** As in the address of its report: `2026-11-23`, `2026-W47`. */
    period: z.string().max(20),
    figure: z.enum(FIGURE_IDS),
    cause: z.string().min(1).max(2000),
    followUp: z.string().max(2000).optional(),
    ...by,
  }),
] as const

const singleCommand = z.discriminatedUnion('command', single)
export type SingleCommand = z.output<typeof singleCommand>

const together = z.object({
  command: z.literal('together'),
  commands: z.array(singleCommand).min(1).max(100),
  ...by,
})
const undo = z.object({ command: z.literal('undo'), of: z.string().min(1).max(100), ...by })

/** What the floor alone can judge. `together`: all of them or none. */
export const floorCommand = z.discriminatedUnion('command', [...single, together])
export type FloorCommand = z.output<typeof floorCommand>

const COMMANDS = [...single, together, undo].map(({ shape }) => shape.command.value)

/** `undo`: puts back what the command of that id has done; that stands in the log. */
export const command = z.discriminatedUnion('command', [...single, together, undo], {
  error: ({ code }) => (code === 'invalid_union' ? `expected one of ${COMMANDS.join(', ')}` : undefined),
})
export type Command = z.output<typeof command>

export interface CommandEvent {
  type: string
  subject: string
  data: Record<string, unknown>
}

export type Checked = { events: CommandEvent[] } | CommandRefusal
export type CommandRefusal =
  /** The world has changed: what is true now. */
  { conflict: string; now: Record<string, unknown> } | { invalid: string }

/** Checks a command against the floor; nothing is changed. Each event says in `was` what it takes the place of. */
export function checkCommand(floor: Floor, asked: FloorCommand): Checked {
  return asked.command === 'together' ? checkTogether(floor, asked) : checkSingle(floor, asked)
}

function checkTogether(floor: Floor, { commands, by }: FloorCommand & { command: 'together' }): Checked {
  const events: CommandEvent[] = []
  const named = new Set<string>()
  for (const [i, one] of commands.entries()) {
    const where = `commands[${i}]`
    const thing = thingOf(one)
    if (thing !== undefined && named.has(thing)) return { invalid: `${where}: ${thing} is named twice` }
    if (thing !== undefined) named.add(thing)
    const checked = checkSingle(floor, by === undefined ? one : { by, ...one })
    if ('invalid' in checked) return { invalid: `${where}.${checked.invalid}` }
    if ('conflict' in checked) return { ...checked, conflict: `${where}: ${checked.conflict}` }
    events.push(...checked.events)
  }
  return { events }
}

/** What a command changes: no two of those done together may change the same. */
function thingOf(one: SingleCommand): string | undefined {
  if ('conversation' in one) return `conversation "${one.conversation}"`
  if ('agent' in one) return `agent "${one.agent}"`
  return 'alert' in one ? `alert "${one.alert}"` : undefined
}

function checkSingle(floor: Floor, asked: SingleCommand): Checked {
  const by = asked.by === undefined ? {} : { by: asked.by }
  const one = (type: string, subject: string, data: Record<string, unknown>): Checked => ({
    events: [{ type, subject, data: { ...data, ...by } }],
  })
  switch (asked.command) {
    case 'assign': {
      if (!floor.agents.has(asked.agent)) return { invalid: `agent: no agent "${asked.agent}" is known` }
      const found = openConversation(floor, asked.conversation, asked.expectedAgent)
      if (!('id' in found)) return found
      return one('conversation.assigned', found.id, { agent: asked.agent, was: agentOf(found) })
    }
    case 'return': {
      const found = openConversation(floor, asked.conversation, asked.expectedAgent)
      if (!('id' in found)) return found
      if (found.agent === undefined)
        return { conflict: `conversation "${found.id}" has no agent`, now: asItStands(found) }
      return one('conversation.returned', found.id, { was: { agent: found.agent } })
    }
    case 'move_conversation': {
      if (!floor.queues.has(asked.queue)) return { invalid: `queue: no queue "${asked.queue}" is known` }
      const found = openConversation(floor, asked.conversation, undefined)
      if (!('id' in found)) return found
      if (asked.expectedQueue !== undefined && (found.queue ?? null) !== asked.expectedQueue)
        return { conflict: `conversation "${found.id}" is in another queue now`, now: asItStands(found) }
      return one('conversation.moved', found.id, {
        queue: asked.queue,
        was: { ...(found.queue && { queue: found.queue }) },
      })
    }
    case 'move_agent': {
      const agent = floor.agents.get(asked.agent)
      if (agent === undefined) return { invalid: `agent: no agent "${asked.agent}" is known` }
      const unknown = asked.queues.find((queue) => !floor.queues.has(queue))
      if (unknown !== undefined) return { invalid: `queues: no queue "${unknown}" is known` }
      if (asked.expectedQueues !== undefined && !sameQueues(agent.queues, asked.expectedQueues))
        return { conflict: `agent "${agent.id}" works in other queues now`, now: agentAsItStands(agent) }
      return one('agent.moved', agent.id, { queues: asked.queues, was: { queues: agent.queues } })
    }
    case 'set_status': {
      const agent = floor.agents.get(asked.agent)
      if (agent === undefined) return { invalid: `agent: no agent "${asked.agent}" is known` }
      if (asked.expectedStatus !== undefined && agent.status !== asked.expectedStatus)
        return { conflict: `agent "${agent.id}" is ${agent.status} now`, now: agentAsItStands(agent) }
      const reason = asked.reason === undefined ? {} : { reason: asked.reason }
      const was = { status: agent.status, ...(agent.reason !== undefined && { reason: agent.reason }) }
      return one('agent.status_changed', agent.id, { status: asked.status, ...reason, was })
    }
    case 'acknowledge':
      return gone(floor, asked.alert) ?? one('alert.acknowledged', asked.alert, { was: handOf(floor, asked.alert) })
    case 'hand_over':
      return (
        gone(floor, asked.alert) ??
        one('alert.acknowledged', asked.alert, { to: asked.to, was: handOf(floor, asked.alert) })
      )
    case 'snooze':
      if (!(Date.parse(asked.until) > floor.now)) return { invalid: 'until: expected an instant later than now' }
      return (
        gone(floor, asked.alert) ??
        one('alert.snoozed', asked.alert, { until: iso(Date.parse(asked.until)), was: handOf(floor, asked.alert) })
      )
    case 'resolve': {
      const note = asked.note === undefined ? {} : { note: asked.note }
      return (
        gone(floor, asked.alert) ?? one('alert.resolved', asked.alert, { ...note, was: handOf(floor, asked.alert) })
      )
    }
    case 'note':
      return one('note.added', floor.config.shop, { text: asked.text })
    case 'annotate': {
      const { period, figure, cause, followUp } = asked
      if (periodOf(period) === undefined)
        return { invalid: 'period: expected a date such as 2026-11-23 or a week such as 2026-W47' }
      const said = followUp === undefined ? { cause } : { cause, followUp }
      return one('note.added', annotationSubject(period, figure), { text: cause, ...said })
    }
    default:
      return asked satisfies never
  }
}

/** The conversation as the person saw it, or why it cannot be handled so. */
function openConversation(
  floor: Floor,
  id: string,
  expectedAgent: string | null | undefined,
): Conversation | CommandRefusal {
  const conversation = floor.conversations.get(id)
  if (conversation === undefined) return { invalid: `conversation: no conversation "${id}" is known` }
  const { agent } = conversation
  const now = asItStands(conversation)
  if (!conversation.open) return { conflict: `conversation "${id}" is closed`, now }
  if (expectedAgent === undefined || (agent ?? null) === expectedAgent) return conversation
  const stands = agent === undefined ? 'has no agent now' : `is with "${agent}" now`
  return { conflict: `conversation "${id}" ${stands}`, now }
}

export function asItStands({ id, open, agent, queue }: Conversation): Record<string, unknown> {
  return { conversation: id, open, ...(agent && { agent }), ...(queue && { queue }) }
}

/** Whose a conversation is: of one that is nobody's nothing. */
export const agentOf = ({ agent }: Conversation): { agent?: string } => (agent === undefined ? {} : { agent })

export function agentAsItStands({ id, status, reason, queues }: Agent): Record<string, unknown> {
  return { agent: id, status, ...(reason && { reason }), queues }
}

export function sameQueues(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((queue) => b.includes(queue))
}

/** In whose hands an open alert is, for undoing what is done to it. */
export function handOf(floor: Floor, id: string): Record<string, unknown> {
  const alert = floor.alerts.get(id)
  if (alert === undefined || alert.state === 'open') return {}
  const { state, acknowledgedBy, snoozedUntil } = alert
  return {
    ...(acknowledgedBy !== undefined && { acknowledgedBy }),
    ...(state === 'snoozed' && snoozedUntil !== undefined && { snoozedUntil: iso(snoozedUntil) }),
  }
}

function gone(floor: Floor, alert: string): CommandRefusal | undefined {
  if (floor.alerts.has(alert)) return undefined
  // What is resolved is not remembered: only of what no rule raises is it known that it never was.
  const [rule = ''] = alert.split('/', 1)
  if (!RAISING.has(rule)) return { invalid: `alert: no alert "${alert}" is known` }
  return { conflict: `alert "${alert}" is no longer open`, now: { alert } }
}

/** The rules and conditions that raise alerts; an alert's id begins with its own. */
const RAISING: ReadonlySet<string> = new Set([...RULES.map(({ id }) => id), ...Object.keys(CONDITIONS)])
