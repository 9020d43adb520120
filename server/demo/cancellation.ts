import { MINUTE } from '#core/zone.ts'
import type { OrderPlan } from './orderPlan.ts'
import type { Shop } from './shop.ts'
import type { Story } from './stage.ts'

/** After a while the customer calls off a paid order; operations cancels it and has the money sent back. */
export function* cancellation(shop: Shop, { id, data }: OrderPlan, afterMs: number): Story {
  const { stage, random, slips, hours, warehouse } = shop
  const working = (minutes: number) => hours.service.add(stage.now, minutes * MINUTE) - stage.now
  yield afterMs
  shop.say('mall', 'order.cancel_requested', id, {})
  yield working(slips.happens('cancel') ? random.between(31, 55) : random.between(2, 22))
  shop.say('mall', 'order.cancelled', id, {})
  warehouse.putBack(data.lines)
  yield working(random.between(0.5, 4))
  shop.say('mall', 'order.refund_notified', id, {})
  yield working(slips.happens('refund_done') ? random.between(62, 110) : random.between(6, 50))
  shop.say('mall', 'order.refunded', id, {})
}
