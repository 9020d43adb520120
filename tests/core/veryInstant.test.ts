/** What falls on the very instant, or the very share, at which it begins to count otherwise. */
import { describe, expect, test } from 'vitest'
import { advance, apply, createFloor, drawView } from '#core/floor.ts'
import type { ShopConfig } from '#core/shop.ts'
import type { View } from '#core/view.ts'
import { instant, type Line, written } from '../support/written.ts'

const ZONE = 'Asia/Shanghai'

/** `10:00:20 message.sent c1` of 20 November, or `21T00:00 …` of another day. */
function line(text: string, data: object = {}): Line {
  const [time, type, subject] = text.split(' ') as [string, Line['type'], string]
  return { time: on(time), type, subject, data }
}
const on = (time: string) => (time.includes('T') ? `2026-11-${time}` : `2026-11-20T${time}`)

function viewAt(time: string, lines: Line[], handbook: ShopConfig['handbook'] = {}): View {
  const floor = createFloor({ shop: 'demo', name: 'Demo', timezone: ZONE, handbook })
  const at = instant(ZONE, on(time))
  for (const event of written(ZONE, lines)) if (event.recordedAt <= at) apply(floor, event)
  advance(floor, at)
  return drawView(floor)
}

describe('[response_rate]', () => {
  /** Answered after 10 s, or after the 30 s of the rule. */
  const conversations = (from: number, count: number, isLate: boolean) =>
    Array.from({ length: count }, (_, i) => {
      const at = (second: number) => `10:0${Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}`
      const id = `c${from + i}`
      return [
        line(`${at(from)} conversation.opened ${id}`, { queue: 'presales' }),
        line(`${at(from + (isLate ? 40 : 10))} message.sent ${id}`, { agent: 'a1' }),
      ]
    }).flat()
  const rings = (lines: Line[], time: string) => viewAt(time, lines).alertCounts.response_rate !== undefined

  test('[response_rate] does not ring at 90 % of ten, and does below', () => {
    expect(rings([...conversations(0, 9, false), ...conversations(20, 1, true)], '10:01:30')).toBe(false)
    expect(rings([...conversations(0, 8, false), ...conversations(20, 2, true)], '10:01:30')).toBe(true)
  })

  test('[response_rate] is over at 92 %, and not below', () => {
    const low = [...conversations(0, 8, false), ...conversations(20, 2, true)]
    expect(rings([...low, ...conversations(120, 14, false)], '10:03:00')).toBe(true)
    expect(rings([...low, ...conversations(120, 15, false)], '10:03:00')).toBe(false)
  })
})

describe('[pickup] at the instant of the wave', () => {
  const placed = line('09:30 order.placed o1')

  test('[wave_at_risk] it has not passed yet; a millisecond later it has', () => {
    // What changes then has it looked at.
    const lines = [placed, line('13:00 order.packed o1')]
    const rings = (time: string) => viewAt(time, lines).alertCounts.wave_at_risk !== undefined
    expect(['12:29:59.999', '12:30', '13:00', '13:00:00.001'].map(rings)).toEqual([false, true, true, false])
  })

  test.each([
    ['13:00', 0, 1],
    ['13:00:00.001', 0, 0],
    ['13:01', 60_000, 1],
    ['13:01:00.001', 60_000, 0],
  ])('[pickup] collected at %s with a grace of %i ms: %i on time', (time, graceMs, onTime) => {
    const view = viewAt('14:00', [placed, line(`${time} order.collected o1`)], { pickup: { graceMs } })
    expect(view.pickups['2026-11-20T13:00']).toMatchObject({ orders: 1, collected: 1, onTime })
  })
})

test('[cancel] an order cancelled as it became effective was effective: its customer is told of the refund', () => {
  const cancelled = ['order.placed', 'order.cancel_requested', 'order.cancelled'].map((type) =>
    line(`10:00 ${type} o1`),
  )
  expect(viewAt('10:31', cancelled).clocks.cancel).toMatchObject({ overdue: 1 })
  const told = line('10:30 order.refund_notified o1')
  expect(viewAt('10:31', [...cancelled, told]).clocks.cancel).toMatchObject({ overdue: 0, metToday: 1 })
})

describe('[payment_followup]', () => {
  const unpaid = line('10:00 order.placed o1', { paid: false })

  test.each([
    ['paid just before', '10:09:59.999 order.paid o1', 0],
    ['paid at that instant', '10:10 order.paid o1', 0],
    ['paid just after', '10:10:00.001 order.paid o1', 1],
    ['reminded just before', '10:09:59.999 order.payment_reminded o1', 0],
    ['reminded at that instant', '10:10 order.payment_reminded o1', 1],
  ])('[payment_followup_1] ten minutes on, an order %s', (_, text, met) => {
    expect(viewAt('20:01', [unpaid, line(text)]).clocks.payment_followup_1).toMatchObject({
      metToday: met,
      open: 0,
      overdue: 0,
    })
  })

  test.each([
    ['paid just before', '20T23:59:59.999 order.paid o1', 0],
    ['paid at that instant', '21T00:00 order.paid o1', 0],
    ['paid just after', '21T00:00:00.001 order.paid o1', 1],
  ])('[payment_followup_2] as the second day begins, an order %s', (_, text, met) => {
    expect(viewAt('21T12:00', [unpaid, line(text)]).clocks.payment_followup_2).toMatchObject({
      metToday: met,
      open: 0,
      overdue: 0,
    })
  })
})
