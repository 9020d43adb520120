/** The lists behind the figures of queues, conversations and agents. */
import { type Agent, autoReplyOf, isFree } from '../agents.ts'
import { FIRST_RESPONSE } from '../clocks.ts'
import type { Conversation } from '../conversations.ts'
import { conversationRow, type Row } from '../row.ts'
import type { Floor } from '../state.ts'
import { agents, conversations, decided, noted } from './select.ts'

export function ofQueue(floor: Floor, id: string, what: string, score: string): Iterable<Row> | undefined {
  const queue = floor.queues.get(id)
  if (queue === undefined) return undefined
  const inIt = (agent: Agent) => agent.queues.includes(id)
  switch (what) {
    case 'waiting':
      return Array.from(queue.waiting, (c) => conversationRow(floor, c))
    case 'unassigned':
      return conversations(floor, (c) => queue.waiting.has(c) && c.agent === undefined)
    case 'awaitingReply':
      return conversations(floor, (c) => c.at.queue === queue && c.at.phase === 'awaiting')
    case 'active':
      return conversations(floor, (c) => c.at.queue === queue)
    case 'online':
      return agents(floor, (agent) => inIt(agent) && agent.status === 'online')
    case 'free':
      return agents(floor, (agent) => inIt(agent) && isFree(agent))
    case 'abandonedToday':
      return noted(floor, (note) => note.figure === 'abandoned' && note.key === id)
    case 'firstToday':
      return decided(floor, score, (clock) => clock.rule === FIRST_RESPONSE && clock.outcomeQueue === id)
    default:
      return undefined
  }
}

/** Those of all queues together. */
export function ofConversations(floor: Floor, what: string): Iterable<Row> | undefined {
  const wanted = CONVERSATION_FIGURES[what]
  return wanted && conversations(floor, (c) => c.at.queue !== undefined && wanted(c))
}

const CONVERSATION_FIGURES: Record<string, (c: Conversation) => boolean> = {
  active: () => true,
  waiting: ({ at }) => at.phase === 'waiting',
  unassigned: ({ at, agent }) => at.phase === 'waiting' && agent === undefined,
  awaitingReply: ({ at }) => at.phase === 'awaiting',
}

export function ofAgent(floor: Floor, id: string, what: string, score: string): Iterable<Row> | undefined {
  const agent = floor.agents.get(id)
  if (agent === undefined) return undefined
  switch (what) {
    case 'active':
      return conversations(floor, (c) => c.at.agent === agent)
    case 'awaitingReply':
      return Array.from(agent.awaiting, (c) => conversationRow(floor, c))
    case 'autoReplies':
      return noted(floor, (note) => note.figure === 'autoReplies' && note.key === id)
    case 'firstToday':
      return decided(floor, score, (clock) => clock.rule === FIRST_RESPONSE && clock.outcomeAgent === id)
    default:
      return undefined
  }
}

/** The agents by how they stand: `free` and `full` are those online below capacity and at it, `autoReply` those an auto-reply speaks for. */
export function ofStanding(floor: Floor, id: string): Iterable<Row> | undefined {
  const isSo = STANDINGS[id]
  return isSo && agents(floor, isSo)
}

const STANDINGS: Record<string, (agent: Agent) => boolean> = {
  online: ({ status }) => status === 'online',
  busy: ({ status }) => status === 'busy',
  away: ({ status }) => status === 'away',
  offline: ({ status }) => status === 'offline',
  free: isFree,
  full: (agent) => agent.status === 'online' && !isFree(agent),
  autoReply: (agent) => autoReplyOf(agent) !== undefined,
}
