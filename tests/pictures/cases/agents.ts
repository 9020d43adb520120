import type { Random } from '#core/random.ts'
import type { AgentView, View } from '#core/view.ts'
import { ago, MINUTE, SECOND } from './instant.ts'
import type { Mood } from './mood.ts'
import { people } from './names.ts'

const REASONS = ['meal', 'break', 'phone', 'training']

/** About seven in ten at work, the others busy, away or gone home; some with more than they can hold. */
export function agents(random: Random, mood: Mood): View['agents'] {
  const names = people(random, mood.agents, mood.tongue, mood.longNames ?? false)
  return Object.fromEntries(names.map((name, i) => [`a${i}`, agent(random, mood, name, i)]))
}

function agent(random: Random, mood: Mood, name: string, i: number): AgentView {
  const draw = random.next()
  const status = i === 0 || draw < 0.7 ? 'online' : draw < 0.8 ? 'busy' : draw < 0.93 ? 'away' : 'offline'
  const capacity = random.integer(4, 8)
  const active = status === 'online' ? Math.round(capacity * mood.load * random.between(0.4, 1.1)) : 0
  const view: AgentView = {
    name,
    queues: [mood.queues[i % mood.queues.length] ?? 'presales'],
    status,
    since: ago(random.integer(1, 190) * MINUTE),
    capacity,
    active,
    awaitingReply: Math.round(active * 0.4),
    autoReplies: random.integer(0, 20),
    firstToday: { count: 40, met: 38, rate: 0.95 },
  }
  if (active > 1) view.oldestUnansweredSince = ago(random.integer(3, 40) * SECOND)
  if (status === 'away') view.reason = random.pick(REASONS)
  if (status === 'busy' || status === 'away') view.autoReply = status
  else if (active > capacity) view.autoReply = 'over_capacity'
  return view
}
