import { MINUTE, minutesOf, SECOND } from '#core/zone.ts'
import type { Agent, Rest } from './agent.ts'
import type { Shop } from './shop.ts'
import type { Story } from './stage.ts'

/** The first answer is mostly a phrase kept ready, the others are typed. */
const READY_PHRASE = 0.9

/** An agent's local day: comes, answers whoever needs it most, rests, hands over, goes. */
export function* shift(shop: Shop, agent: Agent, day: number): Story {
  const { stage, random, zone, chat } = shop
  const start = zone.at(day, minutesOf(agent.member.shift.from)) + random.between(-4, 2) * MINUTE
  const end = zone.at(day, minutesOf(agent.member.shift.to)) + random.between(0, 4) * MINUTE
  yield stage.until(start)
  agent.rests = restsOf(shop, agent, day)
  chat.setStatus(agent, 'online')

  while (stage.now < end) {
    const rest = agent.rests[0]
    if (rest && rest.at <= stage.now) {
      agent.rests.shift()
      yield* takeRest(shop, agent, rest)
      continue
    }
    if (agent.mostUrgent() !== undefined) {
      yield* answer(shop, agent)
      continue
    }
    agent.idle = true
    yield stage.until(Math.min(rest?.at ?? end, end))
    agent.idle = false
  }

  chat.setStatus(agent, 'busy', '交接')
  const patience = stage.now + 4 * MINUTE
  while (agent.mostUrgent() !== undefined && stage.now < patience) yield* answer(shop, agent)
  chat.setStatus(agent, 'offline')
  for (const conversation of [...agent.conversations]) chat.giveBack(conversation, agent.id)
}

function* answer(shop: Shop, agent: Agent): Story {
  const { random, chat } = shop
  const conversation = agent.mostUrgent()!
  const ready = !conversation.answered && random.chance(READY_PHRASE)
  const chars = ready ? random.integer(16, 40) : random.integer(6, 28)
  const typingMs = ready ? undefined : ((chars * MINUTE) / agent.member.charsPerMinute) * random.between(0.85, 1.2)
  yield random.between(2, ready ? 6 : 8) * SECOND
  if (!ready && random.chance(0.04)) yield random.between(15, 50) * SECOND // looks something up
  yield typingMs ?? SECOND
  const stillAsked = conversation.agent === agent && conversation.waitingSince !== undefined
  if (stillAsked) chat.reply(agent, conversation, chars, typingMs)
}

/** Mostly answers those who wait first, a moment at most; nobody new comes meanwhile. */
function* takeRest(shop: Shop, agent: Agent, { ms, reason }: Rest): Story {
  const { stage, random, chat } = shop
  if (agent.mostUrgent() !== undefined && random.chance(0.85)) {
    chat.setStatus(agent, 'busy', '收尾')
    const patience = stage.now + 2 * MINUTE
    while (agent.mostUrgent() !== undefined && stage.now < patience) yield* answer(shop, agent)
  }
  chat.setStatus(agent, 'away', reason)
  yield ms
  chat.setStatus(agent, 'online')
}

function restsOf({ zone, random }: Shop, agent: Agent, day: number): Rest[] {
  const { shift, meal } = agent.member
  const around = (minutes: number, spread: number) => zone.at(day, minutes) + random.between(-spread, spread) * MINUTE
  const [from, to] = [minutesOf(shift.from), minutesOf(shift.to)]
  const rests: Rest[] = [
    { at: around(minutesOf(meal), 6), ms: random.between(32, 52) * MINUTE, reason: 'meal' },
    { at: around(from + 110, 30), ms: random.between(6, 13) * MINUTE, reason: 'break' },
    { at: around(to - 100, 30), ms: random.between(6, 13) * MINUTE, reason: 'break' },
    { at: around(random.integer(from + 30, to - 30), 0), ms: random.between(2, 6) * MINUTE, reason: 'phone' },
  ]
  return rests.sort((a, b) => a.at - b.at)
}
