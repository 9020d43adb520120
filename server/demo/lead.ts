import { MINUTE, SECOND } from '#core/zone.ts'
import type { Agent } from './agent.ts'
import type { ChatDesk } from './chatDesk.ts'
import { LEAD } from './people.ts'
import type { Shop } from './shop.ts'
import type { Story } from './stage.ts'

const LOOKS_EVERY_MS = 10 * SECOND
/** How long a customer may stand in line before somebody gets one more than the capacity allows. */
const LINE_PATIENCE_MS = 35 * SECOND
const AWAY_PATIENCE_MS = 70 * SECOND
const LONG_LINE = 8
const HELPERS = 2

/** Who leads the floor: eases long lines, takes conversations off agents who are away, lends people to the busy queue. */
export function* lead({ stage, hours, chat }: Shop): Story {
  for (;;) {
    yield hours.service.isOpen(stage.now) ? LOOKS_EVERY_MS : 5 * MINUTE
    takeBack(chat, stage.now)
    push(chat, stage.now)
    lend(chat)
  }
}

function takeBack(chat: ChatDesk, now: number): void {
  for (const agent of chat.agents) {
    if (agent.status !== 'away' || now - agent.statusSince < AWAY_PATIENCE_MS) continue
    for (const conversation of [...agent.conversations]) {
      const waits = conversation.waitingSince !== undefined && now - conversation.waitingSince > LINE_PATIENCE_MS
      if (waits) chat.giveBack(conversation, LEAD)
    }
  }
}

/** One a look for each agent, and never more than two above the capacity. */
function push(chat: ChatDesk, now: number): void {
  const given = new Set<Agent>()
  for (const conversation of [...chat.line]) {
    if (now - (conversation.waitingSince ?? now) < LINE_PATIENCE_MS) continue
    const room = (agent: Agent) => agent.member.capacity + 2 - agent.conversations.size
    const [best] = chat
      .onlineOf(conversation.queue)
      .filter((agent) => !given.has(agent) && room(agent) > 0)
      .sort((a, b) => room(b) - room(a))
    if (best === undefined) continue
    given.add(best)
    chat.assign(conversation, best, LEAD)
  }
}

/** After-sales agents help pre-sales while its line is long, and go back when it is gone. */
function lend(chat: ChatDesk): void {
  const waiting = chat.line.filter(({ queue }) => queue === 'presales').length
  const lent = chat.agents.filter((agent) => agent.queues !== agent.member.queues)
  if (waiting > LONG_LINE && lent.length < HELPERS) {
    const helper = chat.onlineOf('aftersales').find((agent) => agent.queues === agent.member.queues && agent.hasRoom)
    if (helper) chat.moveAgent(helper, ['presales', 'aftersales'], LEAD)
  } else if (waiting === 0) {
    for (const agent of lent) if (agent.conversations.size < 3) chat.moveAgent(agent, agent.member.queues, LEAD)
  }
}
