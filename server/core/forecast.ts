/** What a command will do, said before it is done: who carries how much, what it helps, and what it makes worse. */
import { isFree } from './agents.ts'
import { type CommandEvent, type CommandRefusal, checkCommand, type FloorCommand } from './commands.ts'
import type { Conversation } from './conversations.ts'
import { iso } from './iso.ts'
import type { Remark } from './remark.ts'
import type { Floor } from './state.ts'
import type { AgentStatus } from './view.ts'

export interface QueueForecast {
  online: number
  free: number
  waiting: number
  unassigned: number
}

/** Only agents and queues that it changes are told of. */
export interface Forecast {
  at: string
  agents: { agent: string; name: string; before: number; after: number; capacity?: number }[]
  queues: { queue: string; before: QueueForecast; after: QueueForecast }[]
  helps: Remark[]
  warns: Remark[]
}

interface Person {
  id: string
  name: string
  capacity: number | undefined
  status: AgentStatus
  queues: readonly string[]
  active: number
}

interface Held {
  conversation: Conversation
  agent: string | undefined
  queue: string | undefined
}

/** The floor as far as commands can change it. */
interface Sketch {
  people: Map<string, Person>
  /** The conversations that the command changes, as they then are. */
  moved: Map<string, Held>
}

/** @returns the forecast, or why the command would be refused */
export function forecast(floor: Floor, command: FloorCommand): Forecast | CommandRefusal {
  const checked = checkCommand(floor, command)
  if (!('events' in checked)) return checked
  const before = sketch(floor)
  const after = sketch(floor)
  for (const event of checked.events) carryOut(floor, after, event)
  return {
    at: iso(floor.now),
    agents: agentsOf(before, after),
    queues: queuesOf(floor, before, after),
    helps: helpsOf(floor, before, after),
    warns: warnsOf(floor, before, after),
  }
}

function sketch(floor: Floor): Sketch {
  const people = new Map<string, Person>()
  for (const { id, name, capacity, status, queues, active } of floor.agents.values())
    people.set(id, { id, name, capacity, status, queues, active })
  return { people, moved: new Map() }
}

function carryOut(floor: Floor, { people, moved }: Sketch, { type, subject, data }: CommandEvent): void {
  const person = people.get(subject)
  if (type === 'agent.moved' && person !== undefined) person.queues = [...new Set(data.queues as string[])]
  if (type === 'agent.status_changed' && person !== undefined) person.status = data.status as AgentStatus
  if (!type.startsWith('conversation.')) return
  const conversation = floor.conversations.get(subject)
  if (conversation === undefined) return
  const held = { conversation, agent: conversation.agent, queue: conversation.queue }
  if (type === 'conversation.moved') held.queue = data.queue as string
  else held.agent = type === 'conversation.assigned' ? (data.agent as string) : undefined
  moved.set(subject, held)
  const from = conversation.agent === undefined ? undefined : people.get(conversation.agent)
  const to = held.agent === undefined ? undefined : people.get(held.agent)
  if (from !== undefined) from.active--
  if (to !== undefined) to.active++
}

function agentsOf(before: Sketch, after: Sketch): Forecast['agents'] {
  return [...after.people.values()].flatMap(({ id, name, capacity, active }) => {
    const was = before.people.get(id)?.active ?? 0
    if (was === active) return []
    return [{ agent: id, name, before: was, after: active, ...(capacity !== undefined && { capacity }) }]
  })
}

function queuesOf(floor: Floor, before: Sketch, after: Sketch): Forecast['queues'] {
  return [...floor.queues.keys()].flatMap((queue) => {
    const [was, is] = [queueIn(floor, before, queue), queueIn(floor, after, queue)]
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ queue, before: was, after: is }]
  })
}

function queueIn(floor: Floor, { people, moved }: Sketch, id: string): QueueForecast {
  const queue = floor.queues.get(id)
  const inIt = [...people.values()].filter(({ queues }) => queues.includes(id))
  let waiting = queue?.waiting.size ?? 0
  let unassigned = queue?.unassigned ?? 0
  for (const { conversation, agent, queue: to } of moved.values()) {
    if (conversation.at.phase !== 'waiting') continue
    if (conversation.queue === id) {
      waiting--
      if (conversation.agent === undefined) unassigned--
    }
    if (to === id) {
      waiting++
      if (agent === undefined) unassigned++
    }
  }
  const online = inIt.filter(({ status }) => status === 'online').length
  return { online, free: inIt.filter(isFree).length, waiting, unassigned }
}

/** Somebody who is online, and not hidden behind an auto-reply for having too many. */
const canAnswer = (person: Person | undefined): boolean =>
  person?.status === 'online' && (person.capacity === undefined || person.active <= person.capacity)

const waits = ({ at }: Conversation) => at.phase === 'waiting' || at.phase === 'awaiting'
const isOverdue = ({ clocks }: Conversation) => clocks.some(({ phase, trigger }) => phase === 'overdue' && !trigger)
const runs = ({ clocks }: Conversation) =>
  clocks.some(({ phase, trigger }) => (phase === 'open' || phase === 'atRisk') && !trigger)

function helpsOf(floor: Floor, before: Sketch, after: Sketch): Remark[] {
  const remarks: Remark[] = []
  const helped = [...after.moved.values()].filter(({ conversation, agent }) => {
    const had = conversation.agent === undefined ? undefined : before.people.get(conversation.agent)
    return waits(conversation) && !canAnswer(had) && agent !== undefined && canAnswer(after.people.get(agent))
  })
  if (helped.length > 0) remarks.push({ code: 'gives_free_agent', count: helped.length })
  const met = helped.filter(({ conversation }) => runs(conversation)).length
  if (met > 0) remarks.push({ code: 'can_be_met', count: met })
  for (const [queue, was, is] of changedQueues(floor, before, after))
    if (was.online === 0 && is.online > 0) remarks.push({ code: 'ends_no_agent', queue })
  return remarks
}

function warnsOf(floor: Floor, before: Sketch, after: Sketch): Remark[] {
  const remarks: Remark[] = []
  for (const { id, active, capacity, status } of after.people.values()) {
    const was = before.people.get(id) as Person
    if (capacity !== undefined && active > capacity && active > was.active)
      remarks.push({ code: 'over_capacity', agent: id, active, capacity })
    if (active > was.active && status !== 'online') remarks.push({ code: 'not_online', agent: id, status })
    if (was.status === 'online' && status !== 'online' && active > 0)
      remarks.push({ code: 'leaves_behind', agent: id, count: active })
  }
  const outside = new Set<string>()
  for (const { agent, queue } of after.moved.values()) {
    const person = agent === undefined ? undefined : after.people.get(agent)
    if (person === undefined || queue === undefined || person.queues.includes(queue)) continue
    if (outside.has(`${person.id} ${queue}`)) continue
    outside.add(`${person.id} ${queue}`)
    remarks.push({ code: 'not_in_queue', agent: person.id, queue })
  }
  for (const [queue, was, is] of changedQueues(floor, before, after))
    if (was.online > 0 && is.online === 0) remarks.push({ code: 'leaves_queue_empty', queue, waiting: is.waiting })
  const moved = [...after.moved.values()]
  const lost = moved.filter(({ conversation, agent }) => conversation.agent !== undefined && agent === undefined)
  if (lost.length > 0) remarks.push({ code: 'loses_agent', count: lost.length })
  const overdue = moved.filter(({ conversation }) => isOverdue(conversation)).length
  if (overdue > 0) remarks.push({ code: 'already_overdue', count: overdue })
  return remarks
}

function changedQueues(floor: Floor, before: Sketch, after: Sketch): [string, QueueForecast, QueueForecast][] {
  return queuesOf(floor, before, after).map(({ queue, before: was, after: is }) => [queue, was, is])
}
