import type { Random } from '#core/random.ts'
import { MINUTE, SECOND } from '#core/zone.ts'
import { CATALOGUE } from './catalogue.ts'
import { SOURCES } from './feeds.ts'
import { order } from './order.ts'
import { planOrder } from './orderPlan.ts'
import type { Shop } from './shop.ts'
import type { Story } from './stage.ts'
import { beginVisit } from './visit.ts'

/** What goes wrong on a floor now and then, each long enough to be seen. */
const TROUBLES = { rush, sellOut, cutOff, muteAutoReplies, training, longBreak } as const

const EVERY_MS = [32 * MINUTE, 52 * MINUTE] as const

/** All through service hours one trouble after another, each kind once before any comes again. */
export function* troubles(shop: Shop, day: number): Story {
  const { stage, random, zone } = shop
  yield zone.at(day, 8 * 60 + 40) - stage.now
  const end = zone.at(day, 19 * 60 + 30)
  let deck: (keyof typeof TROUBLES)[] = []
  while (stage.now < end) {
    if (deck.length === 0) deck = shuffled(random, Object.keys(TROUBLES) as typeof deck)
    stage.begin(TROUBLES[deck.pop()!](shop))
    yield random.between(...EVERY_MS)
  }
}

/** A broadcast sends a crowd at once, most of them for one article. */
export function* rush(shop: Shop): Story {
  const { random, customers } = shop
  const { sku } = random.pick(CATALOGUE.filter(({ hot }) => hot))
  const crowd = random.integer(45, 62)
  for (let i = 0; i < crowd; i++) {
    yield random.exponential(0.6 * SECOND)
    beginVisit(shop, { customer: customers.next(), queue: 'presales', ...(random.chance(0.6) && { sku }) })
  }
}

/** One customer buys all that is left of a hot article. */
function* sellOut(shop: Shop): Story {
  const { random, warehouse, customers, stage } = shop
  const hot = CATALOGUE.filter(({ hot, sku }) => hot && warehouse.onHand(sku) > 0)
  if (hot.length === 0) return
  const { sku } = random.pick(hot)
  const plan = planOrder(shop, { customer: customers.next(), sku, qty: warehouse.onHand(sku) })
  plan.data.paid = true
  delete plan.cancelAfter
  stage.begin(order(shop, plan))
  yield 0
}

/** A source is not heard for a while; what it would have sent comes when it is back. */
function* cutOff({ random, feeds }: Shop): Story {
  const source = random.pick(SOURCES.filter((one) => one !== 'chat'))
  feeds.cutOff(source)
  yield random.between(6.5, 11) * MINUTE
  feeds.handOver(feeds.reconnect(source))
}

function* muteAutoReplies({ random, chat }: Shop): Story {
  chat.autoReplies.down = true
  yield random.between(1.5, 3) * MINUTE
  chat.autoReplies.down = false
}

/** After-sales meets and forgets to leave somebody behind. */
function* training({ stage, random, chat }: Shop): Story {
  const ms = random.between(3, 5) * MINUTE
  for (const agent of chat.onlineOf('aftersales')) agent.planRest({ at: stage.now, ms, reason: 'training' })
  yield 0
}

function* longBreak({ stage, random, chat }: Shop): Story {
  const online = chat.agents.filter(({ status }) => status === 'online')
  if (online.length > 0)
    random.pick(online).planRest({ at: stage.now, ms: random.between(33, 46) * MINUTE, reason: 'break' })
  yield 0
}

function shuffled<T>(random: Random, list: T[]): T[] {
  return list
    .map((item) => ({ item, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}
