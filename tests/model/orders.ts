/** §2.4, 3, 5.2, 5.4: the clocks of one order. */
import type { RecordedEvent } from '#core/events.ts'
import type { Book } from './book.ts'
import type { Calendar } from './calendar.ts'
import type { Clock } from './clock.ts'
import { arm } from './clock.ts'
import { checkDue, endOfNthDay, waveFor } from './due.ts'
import { followUps } from './followUps.ts'
import { DAY } from './handbook.ts'
import { Milestones, whenAll } from './milestones.ts'

const WORKING_DAYS = { city: 3, county: 5, township: 7 }
const DAYS = { same_city: 1, other_city: 7 }

/** When the order counts as ordered: placed and not on credit, or paid; never if it was cancelled before. */
export function effectiveAt(order: Milestones): number | undefined {
  const placed = order.first('order.placed')
  const paysLater = order.attribute('order.placed', 'paid') === false
  const effective = placed === undefined || paysLater ? order.first('order.paid') : placed
  const cancelled = order.first('order.cancelled')
  return effective !== undefined && cancelled !== undefined && cancelled < effective ? undefined : effective
}

export function orderClocks(book: Book, subject: string, events: RecordedEvent[]): Clock[] {
  const order = new Milestones(events)
  const placed = order.first('order.placed')
  const confirmed = order.first('order.confirmed')
  const packed = order.first('order.packed')
  const bound = order.first('order.bound')
  const collected = order.first('order.collected')
  const delivered = order.first('order.delivered')
  const cancelled = order.first('order.cancelled')
  const contract = order.attribute('order.placed', 'contract') === true
  const region = order.attribute('order.placed', 'region')
  const destination = order.attribute('order.placed', 'destination')
  const effective = effectiveAt(order)

  type Due = (calendar: Calendar, start: number) => number
  const clock = (rule: string, start: number | undefined, stop: number | undefined, due?: Due) =>
    arm(book, { rule, subject, start, stop, end: cancelled, due })

  return [
    clock('order_check', placed, confirmed, checkDue('order_check')),
    clock('callback', order.first('order.callback_promised'), confirmed),
    clock('pack', confirmed, packed),
    clock('crm_bind', contract ? packed : undefined, bound),
    clock('tracking_entry', contract ? whenAll(packed, bound) : packed, order.first('order.tracked')),
    clock('pickup', effective, collected, pickupDue),
    clock('ship_promise', confirmed, collected),
    clock('dispatch', effective, collected, endOfNthDay(2)),
    region ? clock('delivery_promise', effective, delivered, endOfNthDay(WORKING_DAYS[region])) : [],
    destination ? clock('delivery_span', placed, delivered, (_, start) => start + DAYS[destination] * DAY) : [],
    cancelClock(book, subject, order),
    refundClock(book, subject, order.first('order.refund_notified'), order.first('order.refunded')),
    followUps(book, subject, order),
  ].flat()
}

const pickupDue = (calendar: Calendar, start: number) => waveFor(calendar, start).instant + calendar.handbook.graceMs

/** §3.2: done when cancelled and, if it had been effective by then, the refund is on its way. It never voids. */
function cancelClock(book: Book, subject: string, order: Milestones): Clock[] {
  const start = order.first('order.cancel_requested')
  const cancelled = order.first('order.cancelled')
  const collected = order.first('order.collected')
  if (start === undefined || (collected !== undefined && collected <= start)) return []
  if (cancelled !== undefined && cancelled < start) return []
  const owesRefund = effectiveAt(order) !== undefined
  const stop = owesRefund ? whenAll(cancelled, order.first('order.refund_notified')) : cancelled
  return arm(book, { rule: 'cancel', subject, start, stop })
}

/** §4.3.1, of orders and returns. It never voids. */
export function refundClock(book: Book, subject: string, notified?: number, refunded?: number): Clock[] {
  return arm(book, { rule: 'refund_done', subject, start: notified, stop: refunded })
}
