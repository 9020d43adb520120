import { expect, test } from 'vitest'
import type { RecordedEvent } from '#core/events.ts'
import { advance, apply, createFloor, drawView } from '#core/floor.ts'
import { FloorKeeper } from '#server/live/keeper.ts'

const HOUR = 3_600_000
const config = { shop: 's', name: 'S', timezone: 'UTC' }
const ORDERS = 6_000

const events = Array.from({ length: ORDERS }, (_, i) => ({
  seq: i + 1,
  recordedAt: i,
  time: i,
  source: 'mall',
  id: `e${i}`,
  type: 'order.placed',
  subject: `o${i}`,
  data: { paid: true },
})) as RecordedEvent[]

test('[keeper] after a long rest thousands of orders fall due, and do not stay unpacked', () => {
  const keeper = new FloorKeeper(createFloor(config))
  const plain = createFloor(config)
  keeper.push(events)
  expect(keeper.foldSlice(ORDERS, Number.POSITIVE_INFINITY)).toBe(true)
  for (const event of events) apply(plain, event)
  for (const rest of [30 * HOUR, 80 * HOUR]) {
    keeper.moveTo(rest)
    advance(plain, rest)
    while (keeper.tidy());
    expect(keeper.draw()).toEqual(drawView(plain))
    expect(keeper.floor.subjects.order.outside).toBeLessThan(ORDERS / 2)
  }
})
