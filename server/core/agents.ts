/** Agents: where they work, how they are, and how much they carry. */
import type { Conversation } from './conversations.ts'
import { queueOf } from './conversations.ts'
import type { RecordedEvent } from './events.ts'
import type { Floor } from './state.ts'
import type { AgentStatus, AgentView, AutoReply } from './view.ts'

export interface StatusTurn {
  time: number
  status: AgentStatus
  reason: string | undefined
}

export interface Agent {
  id: string
  name: string
  queues: string[]
  /** As it was registered; `capacity` is what holds: where there is none, that of the tier in the handbook. */
  ownCapacity: number | undefined
  capacity: number | undefined
  tier: string | undefined
  status: AgentStatus
  since: number | undefined
  reason: string | undefined
  /** When the latest registration and the latest word on its queues happened. */
  registeredAt: number
  queuesAt: number
  /** Status events in order of time; those of earlier days are let go. */
  statuses: StatusTurn[]
  /** Open conversations. */
  active: number
  /** Those of them whose customer waits for a human. */
  awaiting: Set<Conversation>
  /** Counts the spells of one status, and of being online above capacity: an auto-reply is called for once a spell. */
  statusSpell: number
  overSpell: number
  over: boolean
  /** As it was last drawn. */
  drawn: AgentView | undefined
}

type AgentEvent = RecordedEvent<'agent.registered' | 'agent.status_changed' | 'agent.moved'>

/** Folds one event of an agent. */
export function applyAgent(floor: Floor, event: AgentEvent): void {
  const agent = touchAgent(floor, event.subject)
  switch (event.type) {
    case 'agent.registered':
      if (event.time >= agent.registeredAt) {
        agent.registeredAt = event.time
        agent.name = event.data.name
        agent.ownCapacity = event.data.capacity
        agent.tier = event.data.tier
        holdCapacity(floor, agent)
        loadChanged(floor, agent)
      }
      setQueues(floor, agent, event.time, event.data.queues)
      return
    case 'agent.moved':
      setQueues(floor, agent, event.time, event.data.queues)
      return
    case 'agent.status_changed':
      setStatus(floor, agent, event)
      return
    default:
      event satisfies never
  }
}

/** The agent of that id; one never heard of comes into being offline, in no queue. */
export function touchAgent(floor: Floor, id: string): Agent {
  let agent = floor.agents.get(id)
  if (agent === undefined) {
    agent = {
      id,
      name: id,
      queues: [],
      ownCapacity: undefined,
      capacity: undefined,
      tier: undefined,
      status: 'offline',
      since: undefined,
      reason: undefined,
      registeredAt: Number.NEGATIVE_INFINITY,
      queuesAt: Number.NEGATIVE_INFINITY,
      statuses: [],
      active: 0,
      awaiting: new Set(),
      statusSpell: 0,
      overSpell: 0,
      over: false,
      drawn: undefined,
    }
    floor.agents.set(id, agent)
  }
  return agent
}

/** The auto-reply that customers of this agent now get (handbook 2.3-3). */
export function autoReplyOf(agent: Agent): AutoReply | undefined {
  if (agent.status === 'away' || agent.status === 'busy') return agent.status
  return agent.status === 'online' && isAbove(agent) ? 'over_capacity' : undefined
}

type Load = Pick<Agent, 'capacity' | 'active'>
export const isAbove = (agent: Load): boolean => agent.capacity !== undefined && agent.active > agent.capacity
export const isFree = (agent: Load & Pick<Agent, 'status'>): boolean =>
  agent.status === 'online' && (agent.capacity === undefined || agent.active < agent.capacity)

/** What agents may carry may be otherwise under another handbook. */
export function holdCapacities(floor: Floor): void {
  for (const agent of floor.agents.values()) {
    const was = agent.capacity
    holdCapacity(floor, agent)
    if (agent.capacity !== was) loadChanged(floor, agent)
  }
}

function holdCapacity(floor: Floor, agent: Agent): void {
  agent.capacity = agent.ownCapacity ?? floor.book.capacities[agent.tier ?? '']
}

/** What the agent carries, or may carry, has changed. */
export function loadChanged(floor: Floor, agent: Agent): void {
  const over = agent.status === 'online' && isAbove(agent)
  if (over && !agent.over) agent.overSpell++
  agent.over = over
  floor.conditions.mark('over_capacity', agent.id)
}

/** Lets go of status events before `before` that no late one could still make matter. */
export function forgetStatuses(agent: Agent, before: number): void {
  let keep = agent.statuses.length - 1
  while (
    keep > 0 &&
    ((agent.statuses[keep]?.time ?? 0) >= before || (agent.statuses[keep]?.time ?? 0) >= (agent.since ?? 0))
  )
    keep--
  if (keep > 0) agent.statuses.splice(0, keep)
  // A source may repeat a status every minute for weeks: of a run the first says since when, and the last is the newest.
  const { statuses } = agent
  const says = ({ status, reason }: StatusTurn, before: StatusTurn | undefined) =>
    status !== before?.status || (reason !== undefined && reason !== before.reason)
  agent.statuses = statuses.filter(
    (one, i) => one.time >= before || i === statuses.length - 1 || says(one, statuses[i - 1]),
  )
}

function setQueues(floor: Floor, agent: Agent, time: number, queues: readonly string[]): void {
  for (const queue of queues) queueOf(floor, queue)
  if (time < agent.queuesAt) return
  agent.queuesAt = time
  if (agent.status === 'online') countOnline(floor, agent, -1)
  agent.queues = [...new Set(queues)]
  if (agent.status === 'online') countOnline(floor, agent, 1)
}

function setStatus(floor: Floor, agent: Agent, event: RecordedEvent<'agent.status_changed'>): void {
  const { statuses } = agent
  let i = statuses.length
  while (i > 0 && (statuses[i - 1]?.time ?? 0) > event.time) i--
  statuses.splice(i, 0, { time: event.time, status: event.data.status, reason: event.data.reason })
  const last = statuses.at(-1)
  if (last === undefined) return
  let since = last.time
  let { reason } = last
  for (let j = statuses.length - 2; j >= 0 && statuses[j]?.status === last.status; j--) {
    since = statuses[j]?.time ?? since
    reason ??= statuses[j]?.reason
  }
  if (agent.status === 'online') countOnline(floor, agent, -1)
  // One that turns out to have begun earlier is the same spell.
  const goesOn = agent.status === last.status && agent.since !== undefined && since <= agent.since
  if (!goesOn) agent.statusSpell++
  agent.status = last.status
  agent.since = since
  agent.reason = reason
  if (agent.status === 'online') countOnline(floor, agent, 1)
  loadChanged(floor, agent)
  floor.conditions.mark('away_too_long', agent.id)
}

function countOnline(floor: Floor, agent: Agent, sign: 1 | -1): void {
  for (const id of agent.queues) {
    queueOf(floor, id).online += sign
    floor.conditions.mark('no_agent', id)
  }
}
