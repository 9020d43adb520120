import { DAY, HOUR, MINUTE } from '#core/zone.ts'
import type { OrderPlan } from './orderPlan.ts'
import type { Shop } from './shop.ts'
import type { Slip } from './slips.ts'
import type { Story } from './stage.ts'

const PAYS_AT_ONCE = 0.88
const ASKS_TO_HOLD = 0.3

/** An order waits for its money and is reminded of it; true once it is paid, false when it lapses. */
export function* payment(shop: Shop, { id, payment: way }: OrderPlan): Story<boolean> {
  const { stage, random, slips, hours } = shop
  const placed = stage.now
  if (way === undefined && random.chance(PAYS_AT_ONCE)) return yield* pay(shop, id, random.between(0.5, 9))
  yield 10 * MINUTE
  if (way === 'asks_to_hold') return yield* hold(shop, id)
  const closing = hours.service.nextClose(stage.now)
  const reminder = stage.now + random.between(0, 80) * MINUTE
  if (hours.service.isOpen(stage.now) && reminder < closing && !slips.happens('payment_followup_1')) {
    yield reminder - stage.now
    shop.say('chat', 'order.payment_reminded', id, {})
    if (random.chance(0.5)) return yield* pay(shop, id, random.between(2, 50))
  }
  if (hours.service.isOpen(stage.now) && way === undefined && random.chance(ASKS_TO_HOLD)) {
    yield random.between(2, 20) * MINUTE
    return yield* hold(shop, id)
  }
  if (yield* remindOnDay(shop, id, placed, 1, 'payment_followup_2')) return true
  if (yield* remindOnDay(shop, id, placed, 2, 'payment_followup_3')) return true
  yield dayAfter(shop, placed, 3) - stage.now
  shop.say('mall', 'order.cancelled', id, {})
  return false
}

function* pay(shop: Shop, id: string, minutes: number): Story<boolean> {
  yield minutes * MINUTE
  shop.say('mall', 'order.paid', id, {})
  return true
}

/** Kept for the customer for a day; then somebody asks, or lets it go. */
function* hold(shop: Shop, id: string): Story<boolean> {
  const { stage, random, slips, hours } = shop
  shop.say('chat', 'order.held', id, {})
  if (random.chance(0.3)) return yield* pay(shop, id, random.between(60, 1300))
  yield DAY
  const minutes = slips.happens('hold_followup') ? random.between(62, 110) : random.between(4, 50)
  yield hours.service.add(stage.now, minutes * MINUTE) - stage.now
  if (random.chance(0.6)) {
    shop.say('chat', 'order.payment_reminded', id, {})
    if (random.chance(0.6)) return yield* pay(shop, id, random.between(2, 50))
  }
  shop.say('mall', 'order.released', id, {})
  yield random.between(1, 10) * MINUTE
  shop.say('mall', 'order.cancelled', id, {})
  return false
}

function* remindOnDay(shop: Shop, id: string, placed: number, days: number, slip: Slip): Story<boolean> {
  const { stage, random, slips } = shop
  yield dayAfter(shop, placed, days) + random.between(8.5, 19) * HOUR - stage.now
  if (slips.happens(slip)) return false
  shop.say('chat', 'order.payment_reminded', id, {})
  return random.chance(0.35) ? yield* pay(shop, id, random.between(2, 90)) : false
}

/** Local midnight, some days after the day of an instant. */
function dayAfter({ zone }: Shop, instant: number, days: number): number {
  return zone.startOf(zone.dayOf(instant) + days)
}
