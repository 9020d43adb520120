/**
 * What a person asks of the floor. Each command is checked against the floor as it is at that moment and answered
 * with the ordinary events that carry it out, with what has changed under the person's hands, or with why it makes no sense.
 */
import { z } from 'zod'
import type { Conversation } from './conversations.ts'
import type { Floor } from './state.ts'

const id = z.string().min(1).max(200)
const by = { by: z.string().max(500).optional() }

export const command = z.discriminatedUnion('command', [
  z.object({ command: z.literal('assign'), conversation: id, agent: id, expectedAgent: id.optional(), ...by }),
  z.object({ command: z.literal('return'), conversation: id, expectedAgent: id.optional(), ...by }),
  z.object({ command: z.literal('move_conversation'), conversation: id, queue: id, ...by }),
  z.object({ command: z.literal('move_agent'), agent: id, queues: z.array(id).max(100), ...by }),
  z.object({
    command: z.literal('set_status'),
    agent: id,
    status: z.enum(['online', 'busy', 'away', 'offline']),
    reason: z.string().max(500).optional(),
    ...by,
  }),
  z.object({ command: z.literal('acknowledge'), alert: z.string().min(1).max(1000), ...by }),
  z.object({
    command: z.literal('snooze'),
    alert: z.string().min(1).max(1000),
    until: z.iso.datetime({ offset: true }),
    ...by,
  }),
  z.object({
    command: z.literal('resolve'),
    alert: z.string().min(1).max(1000),
    note: z.string().max(500).optional(),
    ...by,
  }),
  z.object({ command: z.literal('note'), text: z.string().min(1).max(5000), ...by }),
])
export type Command = z.output<typeof command>

export interface CommandEvent {
  type: string
  subject: string
  data: Record<string, unknown>
}

export type Checked =
  | { events: CommandEvent[] }
  /** The world has changed: what is true now. */
  | { conflict: string; now: Record<string, unknown> }
  | { invalid: string }

/** Checks a command against the floor; nothing is changed. */
export function checkCommand(floor: Floor, asked: Command): Checked {
  const by = asked.by === undefined ? {} : { by: asked.by }
  const one = (type: string, subject: string, data: Record<string, unknown>): Checked => ({
    events: [{ type, subject, data: { ...data, ...by } }],
  })
  switch (asked.command) {
    case 'assign': {
      if (!floor.agents.has(asked.agent)) return { invalid: `agent: no agent "${asked.agent}" is known` }
      return (
        refusal(floor, asked.conversation, asked.expectedAgent) ??
        one('conversation.assigned', asked.conversation, { agent: asked.agent })
      )
    }
    case 'return': {
      const refused = refusal(floor, asked.conversation, asked.expectedAgent)
      if (refused !== undefined) return refused
      const conversation = floor.conversations.get(asked.conversation)
      if (conversation !== undefined && conversation.agent === undefined) {
        return { conflict: `conversation "${conversation.id}" has no agent`, now: asItStands(conversation) }
      }
      return one('conversation.returned', asked.conversation, {})
    }
    case 'move_conversation':
      if (!floor.queues.has(asked.queue)) return { invalid: `queue: no queue "${asked.queue}" is known` }
      return (
        refusal(floor, asked.conversation, undefined) ??
        one('conversation.moved', asked.conversation, { queue: asked.queue })
      )
    case 'move_agent': {
      if (!floor.agents.has(asked.agent)) return { invalid: `agent: no agent "${asked.agent}" is known` }
      const unknown = asked.queues.find((queue) => !floor.queues.has(queue))
      if (unknown !== undefined) return { invalid: `queues: no queue "${unknown}" is known` }
      return one('agent.moved', asked.agent, { queues: asked.queues })
    }
    case 'set_status': {
      if (!floor.agents.has(asked.agent)) return { invalid: `agent: no agent "${asked.agent}" is known` }
      const reason = asked.reason === undefined ? {} : { reason: asked.reason }
      return one('agent.status_changed', asked.agent, { status: asked.status, ...reason })
    }
    case 'acknowledge':
      return gone(floor, asked.alert) ?? one('alert.acknowledged', asked.alert, {})
    case 'snooze':
      if (!(Date.parse(asked.until) > floor.now)) return { invalid: 'until: expected an instant later than now' }
      return gone(floor, asked.alert) ?? one('alert.snoozed', asked.alert, { until: asked.until })
    case 'resolve': {
      const note = asked.note === undefined ? {} : { note: asked.note }
      return gone(floor, asked.alert) ?? one('alert.resolved', asked.alert, note)
    }
    case 'note':
      return one('note.added', floor.config.shop, { text: asked.text })
    default:
      return asked satisfies never
  }
}

/** Why a conversation cannot be handled as the person saw it; undefined when it can. */
function refusal(floor: Floor, id: string, expectedAgent: string | undefined): Checked | undefined {
  const conversation = floor.conversations.get(id)
  if (conversation === undefined) return { invalid: `conversation: no conversation "${id}" is known` }
  const { agent } = conversation
  const now = asItStands(conversation)
  if (!conversation.open) return { conflict: `conversation "${id}" is closed`, now }
  if (expectedAgent !== undefined && agent !== expectedAgent) {
    return {
      conflict:
        agent === undefined ? `conversation "${id}" has no agent now` : `conversation "${id}" is with "${agent}" now`,
      now,
    }
  }
  return undefined
}

function asItStands({ id, open, agent, queue }: Conversation): Record<string, unknown> {
  return { conversation: id, open, ...(agent && { agent }), ...(queue && { queue }) }
}

function gone(floor: Floor, alert: string): Checked | undefined {
  return floor.alerts.byId.has(alert) ? undefined : { conflict: `alert "${alert}" is no longer open`, now: { alert } }
}
