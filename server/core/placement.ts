/** Where each conversation is counted: its queue, its agent, and in which phase. */
import { type Agent, loadChanged, touchAgent } from './agents.ts'
import { type Conversation, type Queue, queueOf } from './conversations.ts'
import type { Floor } from './state.ts'

/** Moves the conversation from where it was counted to where it now belongs. */
export function place(floor: Floor, c: Conversation): void {
  const was = c.at
  const queue = c.open && c.queue !== undefined ? queueOf(floor, c.queue) : undefined
  const agent = c.open && c.agent !== undefined ? touchAgent(floor, c.agent) : undefined
  const phase = !c.open ? 'none' : !c.spoken ? 'waiting' : c.waitingSince !== undefined ? 'awaiting' : 'talking'
  if (was.queue === queue && was.agent === agent && was.phase === phase) return
  count(was, c, -1)
  c.at = { queue, agent, phase }
  count(c.at, c, 1)
  if (was.queue !== undefined && was.phase === 'waiting') depthChanged(floor, was.queue)
  if (queue !== undefined && phase === 'waiting') depthChanged(floor, queue)
  if (was.agent !== agent) {
    if (was.agent !== undefined) loadChanged(floor, was.agent)
    if (agent !== undefined) loadChanged(floor, agent)
  }
}

function depthChanged(floor: Floor, queue: Queue): void {
  floor.conditions.mark('queue_depth', queue.id)
  floor.conditions.mark('no_agent', queue.id)
}

function count({ queue, agent, phase }: Conversation['at'], c: Conversation, sign: 1 | -1): void {
  if (queue !== undefined) countInQueue(queue, c, phase, agent, sign)
  if (agent === undefined) return
  agent.active += sign
  if (phase === 'waiting' || phase === 'awaiting') {
    if (sign === 1) agent.awaiting.add(c)
    else agent.awaiting.delete(c)
  }
}

function countInQueue(
  queue: Queue,
  c: Conversation,
  phase: Conversation['at']['phase'],
  agent: Agent | undefined,
  sign: 1 | -1,
): void {
  queue.active += sign
  if (phase === 'awaiting') queue.awaiting += sign
  if (phase !== 'waiting') return
  if (sign === 1) queue.waiting.add(c)
  else queue.waiting.delete(c)
  if (agent === undefined) queue.unassigned += sign
}
