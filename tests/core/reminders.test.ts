import { describe, expect, test } from 'vitest'
import type { RecordedEvent } from '#core/events.ts'
import { advance, apply, createFloor, drawView, type Floor, nextDueAt } from '#core/floor.ts'
import type { HandbookChanges } from '#core/shop.ts'

const START = Date.parse('2026-11-24T10:00:00+08:00')
const MINUTE = 60_000
const ALERT = 'stock_out/sku1/'

/** A hot SKU runs out at ten: a condition that is told of again every five minutes. */
function outOfStock(handbook?: HandbookChanges): {
  floor: Floor
  act: (minute: number, type: string, data: object) => void
} {
  const floor = createFloor({ shop: 'demo', name: 'Demo', timezone: 'Asia/Shanghai', handbook })
  const tell = (at: number, type: string, subject: string, data: object) => {
    const place = { seq: floor.seq + 1, recordedAt: at, time: at, source: 'floorwatch', id: `e${floor.seq}` }
    apply(floor, { ...place, type, subject, data } as RecordedEvent)
  }
  tell(START - 1, 'stock.changed', 'sku1', { onHand: 5, hot: true })
  tell(START, 'stock.changed', 'sku1', { onHand: 0 })
  return {
    floor,
    act: (minute, type, data) => tell(START + minute * MINUTE, type, `${ALERT}${START.toString(36)}`, data),
  }
}

function told(floor: Floor, ms: number): [escalatedAt: number | undefined, reminders: number | undefined] {
  advance(floor, START + ms)
  const alert = Object.values(drawView(floor).alerts).find(({ rule }) => rule === 'stock_out')
  const at = alert?.escalatedAt
  return [at === undefined ? undefined : (Date.parse(at) - START) / MINUTE, alert?.reminders]
}

describe('[reminders] a breach that nobody takes', () => {
  test('[reminders] is escalated at five minutes sharp and told of again every five, twelve times at most', () => {
    const { floor } = outOfStock()
    expect(told(floor, 5 * MINUTE - 1)).toEqual([undefined, undefined])
    expect(nextDueAt(floor)).toBe(START + 5 * MINUTE)
    expect(told(floor, 5 * MINUTE)).toEqual([5, 1])
    expect(told(floor, 14 * MINUTE)).toEqual([5, 2])
    expect(told(floor, 600 * MINUTE)).toEqual([5, 12])
  })

  test('[reminders] stops with whoever takes it, and begins anew when its snooze is over', () => {
    const { floor, act } = outOfStock()
    expect(told(floor, 6 * MINUTE)).toEqual([5, 1])
    act(7, 'alert.snoozed', { until: new Date(START + 20 * MINUTE).toISOString(), by: 'ann' })
    expect(told(floor, 19 * MINUTE)).toEqual([undefined, undefined])
    expect(told(floor, 25 * MINUTE)).toEqual([25, 1])
    act(26, 'alert.acknowledged', { by: 'ann' })
    expect(told(floor, 90 * MINUTE)).toEqual([undefined, undefined])
  })

  test('[reminders] the shop says after how long; 0 is never', () => {
    const every = (remindMs: number) => outOfStock({ conditions: { stock_out: { remindMs } } }).floor
    expect(told(every(MINUTE), 3 * MINUTE)).toEqual([1, 3])
    expect(told(every(0), 90 * MINUTE)).toEqual([undefined, undefined])
  })
})
