/** One agent: who it is, where it works, its status. */
import type { RecordedEvent } from '#core/events.ts'
import type { AgentStatus } from '#core/view.ts'
import { byTime } from './milestones.ts'

export interface Agent {
  id: string
  name: string
  queues: string[]
  capacity?: number | undefined
  status: AgentStatus
  since?: number
  reason?: string | undefined
}

/** `capacities`: what those of a tier carry who were registered without a figure of their own. */
export function agentOf(id: string, events: RecordedEvent[], capacities: Partial<Record<string, number>>): Agent {
  const agent: Agent = { id, name: id, queues: [], status: 'offline' }
  for (const { type, time, data } of events.toSorted(byTime)) {
    if (type === 'agent.registered') {
      agent.name = data.name
      agent.capacity = data.capacity ?? (data.tier && capacities[data.tier])
    }
    if (type === 'agent.registered' || type === 'agent.moved') agent.queues = data.queues
    if (type !== 'agent.status_changed') continue
    const changes = data.status !== agent.status || agent.since === undefined
    if (changes) agent.since = time
    if (changes || data.reason !== undefined) agent.reason = data.reason
    agent.status = data.status
  }
  return agent
}
