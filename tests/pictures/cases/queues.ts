import type { Random } from '#core/random.ts'
import type { AgentView, QueueView, View } from '#core/view.ts'
import { ago } from './instant.ts'
import type { Mood } from './mood.ts'

/** Those who wait, most of them in the first queue. */
export function queues(random: Random, mood: Mood, agents: View['agents']): View['queues'] {
  let left = mood.waiting
  return Object.fromEntries(
    mood.queues.map((id, i) => {
      const waiting = i === mood.queues.length - 1 ? left : Math.ceil(left * 0.7)
      left -= waiting
      const longest = i === 0 ? mood.longestMs : Math.round(mood.longestMs * random.between(0.2, 0.9))
      return [
        id,
        queue(
          waiting,
          longest,
          Object.values(agents).filter((agent) => agent.queues.includes(id)),
        ),
      ]
    }),
  )
}

function queue(waiting: number, longestMs: number, agents: AgentView[]): QueueView {
  const online = agents.filter((agent) => agent.status === 'online')
  const view: QueueView = {
    waiting,
    unassigned: Math.floor(waiting / 2),
    awaitingReply: online.length,
    active: online.reduce((sum, agent) => sum + agent.active, 0) + waiting,
    online: online.length,
    free: online.filter((agent) => agent.active < (agent.capacity ?? 99)).length,
    abandonedToday: Math.floor(waiting / 3),
    firstToday: { count: 60, met: 57, rate: 0.95 },
  }
  if (waiting > 0) view.oldestWaitingSince = ago(longestMs)
  return view
}
