import { MINUTE } from '#core/zone.ts'
import type { Agent } from './agent.ts'
import type { Shop } from './shop.ts'
import type { Story } from './stage.ts'

/** Now and then an agent has too much on the table and takes nobody new for a few minutes. */
export function* mood({ stage, random, zone, chat }: Shop, agent: Agent, day: number): Story {
  const end = zone.startOf(day + 1)
  for (;;) {
    yield random.between(30, 150) * MINUTE
    if (stage.now >= end) return
    if (!agent.is('online') || agent.conversations.size < 2) continue
    chat.setStatus(agent, 'busy', '处理积压')
    yield random.between(2, 7) * MINUTE
    if (agent.is('busy')) chat.setStatus(agent, 'online')
  }
}
