import { HOUR } from '#core/zone.ts'
import { order } from './order.ts'
import { type OrderPlan, planOrder } from './orderPlan.ts'
import type { Shop } from './shop.ts'
import type { Story } from './stage.ts'

export const PAST_DAYS = 9
/** The oldest that still make trouble are from so many days before. */
const OPEN_DAYS = 4
const ORDERS_A_DAY = 14

/** The orders of the days before, some still under way when the shop began to send its events. */
export function* pastOrders(shop: Shop, firstDay: number): Story {
  const { stage, random, zone } = shop
  for (let day = firstDay - PAST_DAYS; day < firstDay; day++) {
    yield stage.until(zone.startOf(day))
    for (let i = 0; i < ORDERS_A_DAY; i++) {
      yield random.between(0.5, 1.5) * HOUR
      const plan = planOrder(shop, { customer: shop.customers.next() })
      stage.begin(order(shop, day < firstDay - OPEN_DAYS ? plan : leftOpen(plan, i)))
    }
  }
}

/** The first orders of a day made such as later days surely hear of again. */
function leftOpen(plan: OrderPlan, nth: number): OrderPlan {
  const { cancelAfter: _, ...kept } = plan
  const paid = { ...plan.data, paid: true }
  const unpaid = { ...plan.data, paid: false }
  if (nth === 0) return { ...kept, data: paid, stuck: true }
  if (nth === 1) return { ...kept, data: { ...paid, destination: 'other_city', region: 'city' }, slow: true }
  if (nth < 6) return { ...plan, data: unpaid, payment: 'reluctant' }
  if (nth < 8) return { ...plan, data: unpaid, payment: 'asks_to_hold' }
  return plan
}
