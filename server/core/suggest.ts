/** Who had best take a conversation, and why; how several are spread evenly. Proposed only: a lead decides. */
import { type Agent, isFree } from './agents.ts'
import type { SingleCommand } from './commands.ts'
import type { Conversation } from './conversations.ts'
import { iso } from './iso.ts'
import type { Remark } from './remark.ts'
import { TIERS, type Tier } from './shop.ts'
import type { Floor } from './state.ts'

export interface Candidate {
  agent: string
  name: string
  active: number
  capacity?: number
  reasons: Remark[]
  command: SingleCommand
}

export interface Suggestions {
  conversation: string
  at: string
  /** The best first. */
  candidates: Candidate[]
}

const MOST = 5

/** @returns undefined when there is no such open conversation */
export function suggest(floor: Floor, id: string): Suggestions | undefined {
  const conversation = floor.conversations.get(id)
  if (!conversation?.open) return undefined
  const candidates = placed(floor, conversation, new Map())
    .slice(0, MOST)
    .map((agent) => candidate(floor, conversation, agent))
  return { conversation: id, at: iso(floor.now), candidates }
}

/**
 * The commands that give each of the conversations to whoever is free, the longest waiting first and always to the one
 * who carries least; those for whom nobody is free are left out.
 * @param among only these agents, when given
 */
export function spread(floor: Floor, conversations: readonly string[], among?: readonly string[]): SingleCommand[] {
  const given = new Map<string, number>()
  return conversations
    .map((id) => floor.conversations.get(id))
    .filter((c): c is Conversation => c?.open === true)
    .sort((a, b) => (a.waitingSince ?? a.openedAt ?? 0) - (b.waitingSince ?? b.openedAt ?? 0))
    .flatMap((conversation) => {
      const best = placed(floor, conversation, given).find(({ id }) => among?.includes(id) ?? true)
      if (best === undefined) return []
      given.set(best.id, (given.get(best.id) ?? 0) + 1)
      return [assignment(conversation, best)]
    })
}

/** Those who are free and work in its queue, or if there are none in any; who has it already is none of them. */
function placed(floor: Floor, { queue, agent: holder }: Conversation, given: ReadonlyMap<string, number>): Agent[] {
  const load = (agent: Agent) => agent.active + (given.get(agent.id) ?? 0)
  const hasRoom = (agent: Agent) => agent.capacity === undefined || load(agent) < agent.capacity
  const free = [...floor.agents.values()].filter((agent) => isFree(agent) && hasRoom(agent) && agent.id !== holder)
  const inQueue = free.filter(({ queues }) => queue === undefined || queues.includes(queue))
  const fill = (agent: Agent) => load(agent) / (agent.capacity ?? 10)
  return (inQueue.length > 0 ? inQueue : free).sort(
    (a, b) => fill(a) - fill(b) || rank(b) - rank(a) || rateOf(floor, b) - rateOf(floor, a) || (a.id < b.id ? -1 : 1),
  )
}

/** Of a tier: the higher, the more may be asked of them. */
const rank = ({ tier }: Agent): number => TIERS.indexOf(tier as Tier)

function rateOf(floor: Floor, { id }: Agent): number {
  const { count, met } = floor.tallies.agentFirst.get(id) ?? { count: 0, met: 0 }
  return count === 0 ? 0 : met / count
}

function candidate(floor: Floor, conversation: Conversation, agent: Agent): Candidate {
  const { id, name, active, capacity, tier, queues } = agent
  const { queue } = conversation
  const score = floor.tallies.agentFirst.get(id)
  const reasons: Remark[] = []
  if (queue !== undefined)
    reasons.push(queues.includes(queue) ? { code: 'in_queue', queue } : { code: 'not_in_queue', agent: id, queue })
  reasons.push(capacity === undefined ? { code: 'carries', active } : { code: 'room', active, capacity })
  if (tier !== undefined) reasons.push({ code: 'tier', tier })
  if (score !== undefined && score.count > 0) reasons.push({ code: 'today_rate', met: score.met, count: score.count })
  const load = { active, ...(capacity !== undefined && { capacity }) }
  return { agent: id, name, ...load, reasons, command: assignment(conversation, agent) }
}

function assignment({ id, agent }: Conversation, to: Agent): SingleCommand {
  return { command: 'assign', conversation: id, agent: to.id, expectedAgent: agent ?? null }
}
