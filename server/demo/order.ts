import { DAY, HOUR, MINUTE } from '#core/zone.ts'
import { cancellation } from './cancellation.ts'
import { goodsReturned } from './goodsReturned.ts'
import type { OrderPlan } from './orderPlan.ts'
import { payment } from './payment.ts'
import type { Shop } from './shop.ts'
import type { Story } from './stage.ts'

/** So long before the courier comes everybody hurries. */
const HURRY_MS = 100 * MINUTE
const CALLED_BACK = 0.05
const FAULTS = 0.012
const SENT_BACK = 0.02

/** An order's way from the basket to the customer's door. */
export function* order(shop: Shop, plan: OrderPlan): Story {
  const { random, warehouse } = shop
  const { id, data, cancelAfter } = plan
  shop.say('mall', 'order.placed', id, data)
  if (!data.paid && !(yield* payment(shop, plan))) return
  warehouse.sell(data.lines)

  if (cancelAfter === 'placed') return yield* cancellation(shop, plan, random.between(1, 6) * MINUTE)
  yield* confirm(shop, id)
  if (cancelAfter === 'confirmed') return yield* cancellation(shop, plan, random.between(1, 6) * MINUTE)
  yield* pack(shop, plan)
  if (cancelAfter === 'packed') return yield* cancellation(shop, plan, random.between(1, 6) * MINUTE)
  yield* collect(shop, plan)
  yield* deliver(shop, plan)
  if (random.chance(FAULTS)) {
    yield random.between(1, 20) * HOUR
    shop.say('mall', 'order.faulted', id, {
      kind: random.pick(['handling', 'defect', 'packaging', 'waybill'] as const),
    })
  }
  if (random.chance(SENT_BACK)) {
    yield random.between(1, 30) * HOUR
    yield* goodsReturned(shop, { order: id, contract: data.contract })
  }
}

/** Operations checks the order, sometimes after calling back. Short before a pickup wave everybody hurries. */
function* confirm(shop: Shop, id: string): Story {
  const { stage, random, slips, hours } = shop
  const open = hours.service.isOpen(stage.now)
  if (open && random.chance(CALLED_BACK)) {
    yield random.between(1, 6) * MINUTE
    shop.say('mall', 'order.callback_promised', id, {})
    const minutes = slips.happens('callback') ? random.between(62, 95) : random.between(6, 22)
    yield hours.service.add(stage.now, minutes * MINUTE) - stage.now
  } else if (open) {
    const minutes = slips.happens('order_check') ? random.between(31, 55) : inTime(shop, [1, 5], [2, 22])
    yield hours.service.add(stage.now, minutes * MINUTE) - stage.now
  } else {
    const minutes = slips.happens('order_check') ? random.between(62, 95) : random.between(1, 56)
    yield hours.service.nextEdge(stage.now) + minutes * MINUTE - stage.now
  }
  shop.say('mall', 'order.confirmed', id, {})
}

/** Packed, its contract bound, its waybill entered. */
function* pack(shop: Shop, { id, data, carrier }: OrderPlan): Story {
  const { stage, random, slips, hours } = shop
  const working = (minutes: number) => hours.backoffice.add(stage.now, minutes * MINUTE) - stage.now
  yield working(slips.happens('pack') ? random.between(62, 100) : inTime(shop, [3, 9], [6, 45]))
  shop.say('warehouse', 'order.packed', id, {})
  if (data.contract) {
    yield working(slips.happens('crm_bind') ? random.between(11, 24) : random.between(1.5, 7))
    shop.say('mall', 'order.bound', id, {})
  }
  yield working(slips.happens('tracking_entry') ? random.between(6, 15) : random.between(0.5, 4))
  const trackingNumber = `${carrier === '驰达速运' ? 'CD' : 'JF'}${random.integer(1e9, 9e9)}`
  shop.say('warehouse', 'order.tracked', id, { carrier, trackingNumber })
}

/** The courier takes along what stands ready; now and then something is left behind or put on the wrong shelf. */
function* collect(shop: Shop, { id, stuck }: OrderPlan): Story {
  const { stage, random, slips, courier } = shop
  if (stuck || slips.happens('dispatch')) yield random.between(6, 8) * DAY
  if (slips.happens('pickup')) yield courier.next(stage.now).at + 5 * MINUTE - stage.now
  const { wave, at } = courier.next(stage.now)
  yield at + random.between(0.2, 4) * MINUTE - stage.now
  shop.say('courier', 'order.collected', id, { wave })
}

function* deliver(shop: Shop, { id, data, slow }: OrderPlan): Story {
  const { stage, random, slips, hours } = shop
  const [least, most] = travelHours(data)
  let travel = random.between(least, most) * HOUR
  if (slow || slips.happens('delivery_promise')) travel = random.between(7, 9) * DAY
  else if (slips.happens('delivery_span')) travel = data.destination === 'same_city' ? 1.4 * DAY : 7.5 * DAY
  const there = stage.now + travel
  const atTheDoor = hours.delivery.isOpen(there) ? there : hours.delivery.nextEdge(there) + random.between(0, 2) * HOUR
  yield atTheDoor - stage.now
  shop.say('courier', 'order.delivered', id, {})
}

function travelHours({ destination, region }: OrderPlan['data']): [number, number] {
  if (destination === 'same_city') return [1.5, 4.5]
  if (region === 'township') return [60, 110]
  return region === 'county' ? [40, 80] : [24, 52]
}

/** Minutes of work: from the first range when the next wave is near, else from the second. */
function inTime(shop: Shop, hurried: [number, number], calm: [number, number]): number {
  const near = shop.courier.next(shop.stage.now).at - shop.stage.now < HURRY_MS
  const [least, most] = near ? hurried : calm
  return shop.random.between(least, most)
}
