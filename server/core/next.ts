/** What happens next: what will breach soon if nobody moves, and the move that saves most of it. */
import { type Agent, isFree } from './agents.ts'
import { type Clock, ruleOf } from './clocks.ts'
import type { FloorCommand } from './commands.ts'
import type { Conversation } from './conversations.ts'
import { everyClock } from './everyClock.ts'
import { iso } from './iso.ts'
import { clockRow, type Row } from './row.ts'
import type { Floor } from './state.ts'
import { spread } from './suggest.ts'

export interface Next {
  at: string
  withinMs: number
  count: number
  /** The earliest first, at most 100 of them. */
  breaches: Row[]
  /** `saves`: how many of them could then be met. */
  move?: { command: FloorCommand; saves: number }
}

const SHOWN = 100
const MOST_MOVED = 100

export function happensNext(floor: Floor, withinMs: number): Next {
  const until = floor.now + withinMs
  const due = [...everyClock(floor)]
    .filter(({ phase, due }) => (phase === 'open' || phase === 'atRisk') && due < until)
    .sort((a, b) => a.due - b.due)
  const breaches = due.slice(0, SHOWN).map((clock) => clockRow(floor, clock))
  const move = bestMove(floor, due)
  return { at: iso(floor.now), withinMs, count: due.length, breaches, ...(move && { move }) }
}

/** Conversations that nobody can answer go to whoever is free; where nobody is, somebody idle comes from another queue. */
function bestMove(floor: Floor, due: readonly Clock[]): Next['move'] {
  const stranded = due
    .filter((clock) => ruleOf(clock).of === 'conversation' && clock.trigger === undefined)
    .map(({ subject }) => floor.conversations.get(subject))
    .filter((c): c is Conversation => c?.open === true && !isInHand(floor, c))
  const ids = [...new Set(stranded.map(({ id }) => id))].slice(0, MOST_MOVED)
  const commands = spread(floor, ids).filter(
    (one) => one.command === 'assign' && floor.agents.get(one.agent)?.queues.includes(queueOf(floor, one.conversation)),
  )
  const help = helper(floor, stranded)
  if (help !== undefined && help.saves > commands.length) return help
  if (commands.length > 0) return { command: { command: 'together', commands }, saves: commands.length }
  return undefined
}

const queueOf = (floor: Floor, id: string): string => floor.conversations.get(id)?.queue ?? ''

/** Its agent is there to answer. */
function isInHand(floor: Floor, { agent }: Conversation): boolean {
  const holder = agent === undefined ? undefined : floor.agents.get(agent)
  return holder?.status === 'online' && !holder.over
}

/** Somebody free whose own queues have nobody waiting, for the queue where most are stranded. */
function helper(floor: Floor, stranded: readonly Conversation[]): Next['move'] {
  const counts = new Map<string, number>()
  for (const { queue } of stranded) if (queue !== undefined) counts.set(queue, (counts.get(queue) ?? 0) + 1)
  const [worst] = [...counts].sort(([, a], [, b]) => b - a)
  if (worst === undefined) return undefined
  const [queue, count] = worst
  const isSpare = (agent: Agent) =>
    isFree(agent) &&
    !agent.queues.includes(queue) &&
    agent.queues.every(
      (id) => (floor.queues.get(id)?.waiting.size ?? 0) === 0 && (floor.queues.get(id)?.online ?? 0) > 1,
    )
  const spare = [...floor.agents.values()].filter(isSpare).sort((a, b) => a.active - b.active)[0]
  if (spare === undefined) return undefined
  const saves = Math.min(count, (spare.capacity ?? Number.POSITIVE_INFINITY) - spare.active)
  const queues = [...spare.queues, queue]
  return {
    command: { command: 'move_agent', agent: spare.id, queues, expectedQueues: spare.queues },
    saves,
  }
}
