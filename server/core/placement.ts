/** Where each conversation is counted: its queue, its agent, and in which phase. */
import { loadChanged, touchAgent } from './agents.ts'
import { type Conversation, type Queue, queueOf } from './conversations.ts'
import type { Floor } from './state.ts'

/** Moves the conversation from where it was counted to where it now belongs. */
export function place(floor: Floor, c: Conversation): void {
  const { at } = c
  const { queue: fromQueue, agent: fromAgent, phase: fromPhase } = at
  const queue = c.open && c.queue !== undefined ? queueOf(floor, c.queue) : undefined
  const agent = c.open && c.agent !== undefined ? touchAgent(floor, c.agent) : undefined
  const phase = !c.open ? 'none' : !c.spoken ? 'waiting' : c.waitingSince !== undefined ? 'awaiting' : 'talking'
  if (fromQueue === queue && fromAgent === agent && fromPhase === phase) return
  count(c, -1)
  at.queue = queue
  at.agent = agent
  at.phase = phase
  count(c, 1)
  if (fromQueue !== undefined && fromPhase === 'waiting') depthChanged(floor, fromQueue)
  if (queue !== undefined && phase === 'waiting') depthChanged(floor, queue)
  if (fromAgent === agent) return
  if (fromAgent !== undefined) loadChanged(floor, fromAgent)
  if (agent !== undefined) loadChanged(floor, agent)
}

function depthChanged(floor: Floor, queue: Queue): void {
  floor.conditions.mark('queue_depth', queue.id)
  floor.conditions.mark('no_agent', queue.id)
}

function count(c: Conversation, sign: 1 | -1): void {
  const { queue, agent, phase } = c.at
  if (queue !== undefined) countInQueue(queue, c, sign)
  if (agent === undefined) return
  agent.active += sign
  if (phase === 'waiting' || phase === 'awaiting') {
    if (sign === 1) agent.awaiting.add(c)
    else agent.awaiting.delete(c)
  }
}

function countInQueue(queue: Queue, c: Conversation, sign: 1 | -1): void {
  const { phase, agent } = c.at
  queue.active += sign
  if (phase === 'awaiting') queue.awaiting += sign
  if (phase !== 'waiting') return
  if (sign === 1) queue.waiting.add(c)
  else queue.waiting.delete(c)
  if (agent === undefined) queue.unassigned += sign
}
