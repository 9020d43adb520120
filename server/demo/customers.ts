import { HOUR, MINUTE } from '#core/zone.ts'
import { order } from './order.ts'
import { planOrder } from './orderPlan.ts'
import type { Shop } from './shop.ts'
import type { Story } from './stage.ts'
import { beginVisit } from './visit.ts'

/** Conversations an hour, by the local hour. */
const VISITS = [5, 3, 2, 1, 1, 2, 3, 8, 90, 140, 170, 155, 120, 135, 160, 165, 145, 120, 105, 90, 14, 12, 9, 6]
/** Orders an hour of those who buy without asking. */
const ORDERS = [8, 4, 2, 1, 1, 2, 4, 9, 18, 26, 34, 30, 27, 27, 30, 32, 28, 24, 22, 26, 34, 36, 28, 15]
/** Within the hour customers come in waves: this far above and below the mean, this long from crest to crest. */
const SWELL = 0.35
const SWELL_MS = 23 * MINUTE
const AFTERSALES = 0.28
const WAS_HERE_TODAY = 0.15

/** Who the customers are: new ones and those who come back. */
export class Customers {
  #shop: Shop
  #seen: string[] = []
  #count = 0

  constructor(shop: Shop) {
    this.#shop = shop
  }

  next(): string {
    const { random } = this.#shop
    if (this.#seen.length > 0 && random.chance(WAS_HERE_TODAY)) return random.pick(this.#seen)
    const customer = `u${100000 + ++this.#count}`
    this.#seen.push(customer)
    if (this.#seen.length > 400) this.#seen.shift()
    return customer
  }
}

export function* visitors(shop: Shop): Story {
  for (;;) {
    yield* untilNext(shop, VISITS)
    beginVisit(shop, {
      customer: shop.customers.next(),
      queue: shop.random.chance(AFTERSALES) ? 'aftersales' : 'presales',
    })
  }
}

export function* buyers(shop: Shop): Story {
  for (;;) {
    yield* untilNext(shop, ORDERS)
    shop.stage.begin(order(shop, planOrder(shop, { customer: shop.customers.next() })))
  }
}

/** Waits for the next of them; drawn anew with every hour, or a long gap of the night would swallow the morning. */
function* untilNext({ stage, zone, random }: Shop, perHour: readonly number[]): Story {
  for (;;) {
    const sinceMidnight = stage.now - zone.startOf(zone.dayOf(stage.now))
    const swell = 1 + SWELL * Math.sin((2 * Math.PI * stage.now) / SWELL_MS)
    const gap = random.exponential(HOUR / (perHour[Math.floor(sinceMidnight / HOUR) % 24]! * swell))
    const left = HOUR - (sinceMidnight % HOUR)
    yield Math.min(gap, left)
    if (gap < left) return
  }
}
