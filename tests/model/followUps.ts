/** §2.4.1, 2.4.3: reminding those who ordered and have not paid. These clocks start by the passing of time. */
import type { Book } from './book.ts'
import type { Clock } from './clock.ts'
import { arm } from './clock.ts'
import { DAY, MINUTE } from './handbook.ts'
import type { Milestones } from './milestones.ts'
import { earliest } from './milestones.ts'

export function followUps(book: Book, subject: string, order: Milestones): Clock[] {
  return [...unpaid(book, subject, order), ...held(book, subject, order)]
}

function unpaid(book: Book, subject: string, order: Milestones): Clock[] {
  const placed = order.first('order.placed')
  if (placed === undefined || order.attribute('order.placed', 'paid') !== false) return []
  const paid = order.first('order.paid') ?? Number.POSITIVE_INFINITY
  const reminders = order.times('order.payment_reminded')

  const evening = (start: number, calendar = book.at(start)) => calendar.instantOf(calendar.dateOf(start), '20:00')
  // What starts only in the evening could not be met.
  const clock = (rule: string, start: number) =>
    paid <= start || evening(start) <= start
      ? []
      : arm(book, {
          rule,
          subject,
          start,
          stop: earliest(order.firstFrom('order.payment_reminded', start), order.firstFrom('order.paid', start)),
          end: order.first('order.cancelled'),
          due: (calendar) => evening(start, calendar),
        })

  const soon = placed + 10 * MINUTE
  const called = reminders.some((time) => time < soon) || !book.at(soon).isOpen('service', soon)
  const calendar = book.at(placed)
  const day = (nth: number) => calendar.midnight(calendar.dayAfter(calendar.dateOf(placed), nth - 1))
  return [
    called ? [] : clock('payment_followup_1', soon),
    clock('payment_followup_2', day(2)),
    clock('payment_followup_3', day(3)),
  ].flat()
}

/** One clock a hold; what is held already cannot be held again before it was released. */
function held(book: Book, subject: string, order: Milestones): Clock[] {
  const releases = order.times('order.released')
  const atOnce = order.attribute('order.placed', 'paid') === true
  const paid = earliest(order.first('order.paid'), atOnce ? order.first('order.placed') : undefined)
  const settled = (from: number) =>
    earliest(order.firstFrom('order.payment_reminded', from), order.firstFrom('order.released', from), paid)
  const holds: number[] = []
  for (const time of order.times('order.held')) {
    const last = holds.at(-1)
    if (last === undefined || releases.some((release) => last <= release && release <= time)) holds.push(time)
  }
  return holds.flatMap((time) => {
    const start = time + DAY
    if ((settled(time) ?? Number.POSITIVE_INFINITY) <= start) return []
    const end = order.first('order.cancelled')
    return arm(book, { rule: 'hold_followup', subject, start, stop: settled(start), end })
  })
}
