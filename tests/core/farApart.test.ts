/** What lies days and weeks apart, and days that are not 24 hours long. */
import { describe, expect, test } from 'vitest'
import { advance, apply, createFloor, drawView, type Floor } from '#core/floor.ts'
import { Histogram } from '#core/histogram.ts'
import { PickupSchedule } from '#core/pickupSchedule.ts'
import type { ShopConfig } from '#core/shop.ts'
import type { View } from '#core/view.ts'
import { Zone } from '#core/zone.ts'
import { savedAndRead } from '../support/saved.ts'
import type { Line } from '../support/written.ts'
import { instant, written } from '../support/written.ts'

const SHANGHAI = 'Asia/Shanghai'

function viewAt(
  time: string,
  lines: Line[],
  handbook: ShopConfig['handbook'] = {},
  timezone = SHANGHAI,
  between = (floor: Floor) => floor,
): View {
  let floor = createFloor({ shop: 'demo', name: 'Demo', timezone, handbook })
  for (const event of written(timezone, lines)) {
    apply(floor, event)
    floor = between(floor)
  }
  advance(floor, instant(timezone, time))
  return drawView(floor)
}

describe('[log] a subject that has not ended is remembered, however long nothing is heard of it', () => {
  /** Something else happens every day: that is when the floor lets go of what is old. */
  const heardDaily = Array.from({ length: 40 }, (_, day): Line => {
    const time = Temporal.PlainDateTime.from('2026-10-01T08:30').add({ days: day }).toString()
    return { time, type: 'stock.changed', subject: 'sku', data: { onHand: 10 } }
  })
  const lateLine = (type: Line['type'], subject: string, data: object = {}): Line => ({
    time: '2026-11-09T09:00',
    type,
    subject,
    data,
  })
  const until = '2026-11-09T09:01'
  const clocksAfter = (...lines: Line[]) => viewAt(until, [...heardDaily, ...lines]).clocks

  test('[crm_rebind] an exchange whose new item comes after 39 days', () => {
    const at = (minute: number) => `2026-10-01T09:0${minute}`
    const asked: Line[] = [
      { time: at(0), type: 'return.requested', subject: 'r1', data: { order: 'o1', kind: 'exchange', contract: true } },
      { time: at(1), type: 'return.confirmed', subject: 'r1', data: { approved: true } },
      { time: at(2), type: 'return.reissue_notified', subject: 'r1' },
      { time: at(3), type: 'return.unbind_notified', subject: 'r1' },
      { time: at(4), type: 'return.unbound', subject: 'r1' },
    ]
    expect(clocksAfter(...asked, lateLine('return.reissued', 'r1')).crm_rebind).toMatchObject({ open: 1 })
    const closed: Line = { time: at(5), type: 'return.closed', subject: 'r1' }
    expect(clocksAfter(...asked, closed, lateLine('return.reissued', 'r1')).crm_rebind).toMatchObject({ open: 0 })
  })

  test('[pickup] an order of which only the collection was heard', () => {
    const collected: Line = { time: '2026-10-01T09:00', type: 'order.collected', subject: 'o1' }
    const { pickup, dispatch } = clocksAfter(collected, lateLine('order.placed', 'o1'))
    expect({ pickup: pickup?.open, dispatch: dispatch?.open }).toEqual({ pickup: 0, dispatch: 0 })
  })

  test('[L3] whether or not the floor was saved and read again on each of those days', () => {
    const placed = (subject: string, data: object = {}): Line => ({
      time: '2026-10-01T09:00',
      type: 'order.placed',
      subject,
      data,
    })
    const lines: Line[] = [
      placed('unpaid', { paid: false }),
      placed('under way'),
      placed('over'),
      { time: '2026-10-02T09:00', type: 'order.delivered', subject: 'over' },
      ...heardDaily,
      ...['unpaid', 'under way', 'over'].map((order) => lateLine('order.paid', order)),
    ]
    expect(viewAt(until, lines, {}, SHANGHAI, savedAndRead)).toEqual(viewAt(until, lines))
  })
})

describe('[pickup] a cut-off', () => {
  const waveOf = (cutoffMs: number, local: string) =>
    new PickupSchedule(new Zone(SHANGHAI), { cutoffMs }).waveOf(instant(SHANGHAI, local)).id

  test('[pickup] counts to the millisecond', () => {
    expect(waveOf(90_000, '2026-11-20T12:58:29.999')).toBe('2026-11-20T13:00')
    expect(waveOf(90_000, '2026-11-20T12:58:30')).toBe('2026-11-20T17:00')
  })

  test('[pickup] may lie on the day before its wave', () => {
    const hours = 17 * 3_600_000
    expect(waveOf(hours, '2026-11-19T16:59:59.999')).toBe('2026-11-20T10:00')
    expect(waveOf(hours, '2026-11-19T17:00')).toBe('2026-11-20T13:00')
    expect(waveOf(hours, '2026-11-20T00:00')).toBe('2026-11-21T10:00')
  })

  test('[pickup] of a wave after a closed day lies before that wave', () => {
    const hours = 17 * 3_600_000
    expect(waveOf(hours, '2026-11-21T20:00')).toBe('2026-11-23T10:00')
    expect(waveOf(hours, '2026-11-22T17:00')).toBe('2026-11-23T13:00')
  })
})

test('[percentiles] of answers that took months are within 1 %', () => {
  for (const ms of [2 ** 31 - 1, 2 ** 31, 2_678_400_000, 2 ** 32, 31_536_000_000]) {
    const histogram = new Histogram()
    histogram.add(ms, 1)
    expect(Math.abs((histogram.percentiles([0.5])[0] as number) / ms - 1)).toBeLessThan(0.01)
    expect(Histogram.from(histogram.entries()).percentiles([0.5])).toEqual(histogram.percentiles([0.5]))
  }
})

describe('[calendar] a window that begins or ends where the clocks leap', () => {
  // In Berlin 02:00 is followed by 03:00 on 29 March.
  const waiting = (hours: [string, string], sentAt: string) => {
    const opened: Line = { time: '2026-03-29T00:10', type: 'conversation.opened', subject: 'c1', data: { queue: 'q' } }
    const sent: Line = { time: sentAt, type: 'message.sent', subject: 'c1', data: { agent: 'a1' } }
    const view = viewAt(sentAt, [opened, sent], { calendars: { service: { week: { sun: [hours] } } } }, 'Europe/Berlin')
    return view.response.first.today.p50Ms
  }

  test('[calendar] begins with the leap', () => {
    expect(waiting(['02:30', '12:00'], '2026-03-29T03:00:05')).toBeCloseTo(5_000, -2)
  })

  test('[calendar] ends with it', () => {
    expect(waiting(['01:59', '02:15'], '2026-03-29T03:10')).toBeCloseTo(60_000, -3)
  })
})
