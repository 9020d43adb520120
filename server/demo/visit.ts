import { HOUR, MINUTE, SECOND } from '#core/zone.ts'
import type { Conversation } from './conversation.ts'
import { order } from './order.ts'
import { planOrder } from './orderPlan.ts'
import type { Shop } from './shop.ts'
import type { Story } from './stage.ts'

/** What brings somebody to the chat. `sku` is what they came for, if it is something in particular. */
export interface Errand {
  customer: string
  queue: string
  sku?: string
}

const CHANNELS = ['app', 'app', 'web', 'miniprogram'] as const
const SCORES = [5, 5, 5, 5, 5, 5, 4, 4, 4, 3, 2, 1] as const
const MEAN_FURTHER_QUESTIONS = 3.4
const ORDERS = 0.24
const RATES = 0.3
const LEAVES_WORD = 0.25
const WRITES_AGAIN = 0.04
const IS_IN_THE_WRONG_QUEUE = 0.03

/** A customer comes to the chat. */
export function beginVisit(shop: Shop, { customer, queue, sku }: Errand): void {
  const conversation = shop.chat.open(customer, queue, shop.random.pick(CHANNELS))
  conversation.visitor = shop.stage.begin(visit(shop, conversation, sku))
}

/** From the first message to the rating. */
function* visit(shop: Shop, conversation: Conversation, sku: string | undefined): Story {
  const { stage, random, chat } = shop
  const further = Math.floor(random.exponential(MEAN_FURTHER_QUESTIONS))
  if (!(yield* ask(shop, conversation))) return chat.close(conversation, 'abandoned')
  for (let i = 0; i < further; i++) {
    yield random.between(12, 150) * SECOND
    if (i === 0 && conversation.queue === 'presales' && random.chance(IS_IN_THE_WRONG_QUEUE))
      chat.move(conversation, 'aftersales', conversation.agent?.id ?? 'routing')
    if (!(yield* ask(shop, conversation))) return chat.close(conversation, 'answered')
  }

  const orders = conversation.queue === 'presales' && random.chance(sku ? 2 * ORDERS : ORDERS)
  if (orders) {
    yield random.between(10, 90) * SECOND
    const { id, customer } = conversation
    stage.begin(order(shop, planOrder(shop, { customer, conversation: id, ...(sku && { sku }) })))
  }
  yield random.between(40, 280) * SECOND
  chat.close(conversation, orders ? 'ordered' : 'answered')
  if (random.chance(RATES)) {
    yield random.between(5, 90) * SECOND
    shop.say('chat', 'conversation.rated', conversation.id, { score: random.pick(SCORES) })
  }
  if (random.chance(WRITES_AGAIN)) {
    yield random.between(2, 25) * MINUTE
    const answered = yield* ask(shop, conversation)
    yield answered ? random.between(10, 40) * SECOND : 0
    chat.close(conversation, answered ? 'answered' : 'abandoned')
  }
}

/** Writes a message or two and waits; false when the patience ended first. */
function* ask(shop: Shop, conversation: Conversation): Story<boolean> {
  const { random, chat } = shop
  chat.receive(conversation, random.integer(4, 36))
  if (random.chance(0.18)) {
    yield random.between(2, 7) * SECOND
    chat.receive(conversation, random.integer(2, 20))
  }
  yield patience(shop, conversation)
  return conversation.waitingSince === undefined
}

/** By day some minutes. Outside service hours most give up, the others expect an answer in the morning. */
function patience({ stage, random, hours }: Shop, { answered }: Conversation): number {
  if (!hours.service.isOpen(stage.now) && random.chance(LEAVES_WORD))
    return stage.until(hours.service.nextEdge(stage.now)) + 2 * HOUR
  const least = answered ? 2 * MINUTE : 40 * SECOND
  return least + random.exponential(3 * MINUTE)
}
