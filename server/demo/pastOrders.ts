import { HOUR } from '#core/zone.ts'
import { order } from './order.ts'
import { planOrder } from './orderPlan.ts'
import type { Shop } from './shop.ts'
import type { Story } from './stage.ts'

export const PAST_DAYS = 9
const ORDERS_A_DAY = 12

/** The orders of the days before that were still under way when the shop began to send its events. */
export function* pastOrders(shop: Shop, firstDay: number): Story {
  const { stage, random, zone, customers } = shop
  for (let day = firstDay - PAST_DAYS; day < firstDay; day++) {
    yield stage.until(zone.startOf(day))
    for (let i = 0; i < ORDERS_A_DAY; i++) {
      yield random.between(0.5, 1.5) * HOUR
      const plan = planOrder(shop, { customer: customers.next() })
      if (i === 0) plan.stuck = true
      if (i === 1) plan.slow = true
      if (i > 8) plan.data.paid = false
      stage.begin(order(shop, plan))
    }
  }
}
