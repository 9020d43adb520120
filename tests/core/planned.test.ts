import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RecordedEvent } from '#core/events.ts'
import { advance, apply, createFloor, drawView, encodeFloor, type Floor, nextDueAt } from '#core/floor.ts'
import type { ShopConfig } from '#core/shop.ts'
import { HOUR, MINUTE } from '#core/zone.ts'
import { asItTookEffect } from '../model/history.ts'
import { Chance } from '../support/chance.ts'
import { type Day, randomDay } from '../support/days.ts'
import { savedAndRead } from '../support/saved.ts'

const NOON = Date.parse('2026-11-20T12:00:00+08:00')
const config: ShopConfig = { shop: 's', name: 'S', timezone: 'Asia/Shanghai' }
const iso = (at: number) => new Date(at).toISOString()

function log(...told: [minutes: number, type: string, data?: object, time?: number][]): RecordedEvent[] {
  return told.map(([minutes, type, data = {}, time = minutes], i) => {
    const subject = type.startsWith('order') ? `o${i}` : 's'
    const base = { seq: i + 1, id: `e${i}`, source: 'test', recordedAt: NOON + minutes * MINUTE, subject }
    return { ...base, time: NOON + time * MINUTE, type, data } as RecordedEvent
  })
}
const published = (packMs: number, at?: number) => ({
  handbook: { rules: { pack: { targetMs: packMs } } },
  ...(at !== undefined && { effectiveAt: iso(NOON + at * MINUTE) }),
})
const packDue = (floor: Floor) =>
  [...floor.subjects.order.values()].map(
    ({ clocks }) => (clocks.find(({ start }) => start >= NOON)?.due ?? Number.NaN) - NOON,
  )
function fold(events: RecordedEvent[], until = 0): Floor {
  const floor = createFloor(config)
  for (const event of events) apply(floor, event)
  advance(floor, Math.max(NOON + until * MINUTE, floor.now))
  return floor
}
const pack = (floor: Floor) => floor.book.rules.findLast(({ targetMs }) => targetMs !== undefined)?.targetMs

describe('[handbook] one that is published for later', () => {
  test('[handbook] waits, begins by itself at its instant, and holds for what starts from then on', () => {
    const events = log(
      [0, 'handbook.changed', published(10 * MINUTE, 30)],
      [29, 'order.confirmed'],
      [30, 'order.confirmed'],
      [45, 'order.confirmed', {}, 29],
    )
    const before = fold(events.slice(0, 1), 29)
    expect([pack(before), before.planned?.at, nextDueAt(before)]).toEqual([
      undefined,
      NOON + 30 * MINUTE,
      NOON + 30 * MINUTE,
    ])
    const after = fold(events)
    expect([pack(after), after.planned]).toEqual([10 * MINUTE, undefined])
    expect(packDue(after)).toEqual([(29 + 60) * MINUTE, 40 * MINUTE, (29 + 60) * MINUTE])
  })

  test('[handbook] is withdrawn by publishing again', () => {
    const plan = log(
      [0, 'handbook.changed', published(10 * MINUTE, 30)],
      [5, 'handbook.changed', published(20 * MINUTE)],
    )
    const floor = fold(plan, 60)
    expect([pack(floor), floor.planned, floor.versions.length]).toEqual([20 * MINUTE, undefined, 2])
  })

  test('[handbook] for an instant that has passed it holds at once, and never over the past', () => {
    const floor = fold(log([0, 'order.confirmed'], [10, 'handbook.changed', published(10 * MINUTE, 1)]))
    expect(packDue(floor)).toEqual([60 * MINUTE])
    expect(floor.versions.at(-1)?.from).toBe(NOON + 10 * MINUTE)
  })

  test('[handbook] a change that happened before its instant and came after it leaves the versions in order', () => {
    const floor = fold(
      log([0, 'handbook.changed', published(10 * MINUTE, 30)], [31, 'handbook.changed', published(20 * MINUTE), 29]),
    )
    expect(floor.versions.map(({ from }) => from)).toEqual([-Infinity, NOON + 30 * MINUTE, NOON + 30 * MINUTE])
    expect(pack(floor)).toBe(20 * MINUTE)
  })

  test('[handbook] a new name meanwhile is kept', () => {
    const floor = fold(
      log([0, 'handbook.changed', published(10 * MINUTE, 30)], [5, 'shop.configured', { name: 'New' }]),
      40,
    )
    expect([floor.config.name, pack(floor)]).toEqual(['New', 10 * MINUTE])
  })
})

/** A day on which two handbooks are published for later, the second before or after the first began. */
function dayWithPlans(seed: number): Day {
  const day = randomDay(seed)
  const chance = new Chance(~seed)
  const [first, last] = [day.events[0]?.recordedAt ?? 0, day.events.at(-1)?.recordedAt ?? 0]
  const plans = [0, 0].map(() => {
    const at = chance.whole(first, last)
    const data = { ...published(chance.pick([1, 7, 45]) * MINUTE), effectiveAt: iso(at + chance.whole(1, 9 * HOUR)) }
    const base = { seq: 0, id: '', source: 'floorwatch', type: 'handbook.changed', subject: 's', data } as const
    return { ...base, recordedAt: at, time: at }
  })
  const events = [...day.events, ...plans]
    .sort((a, b) => a.recordedAt - b.recordedAt)
    .map((event, i) => ({ ...event, seq: i + 1, id: `e${i}` }))
  return { config: day.config, events }
}

describe('[handbook] the laws, with handbooks that wait', () => {
  const seeds = fc.integer({ min: 0, max: 2 ** 31 })
  const days = (check: (day: Day, chance: Chance) => void) =>
    fc.assert(
      fc.property(seeds, (seed) => check(dayWithPlans(seed), new Chance(seed))),
      { numRuns: 12 },
    )
  const last = ({ events }: Day) => events.at(-1)?.recordedAt ?? 0
  const seen = (floor: Floor) => ({ ...drawView(floor), seq: 0 })

  test('[handbook] published for later is the same as published then', () => {
    days((day) => {
      const [planned, then] = [createFloor(day.config), createFloor(day.config)]
      for (const event of day.events) apply(planned, event)
      for (const event of asItTookEffect(day.events)) apply(then, event)
      for (const after of [0, 10 * HOUR, 30 * HOUR]) {
        for (const floor of [planned, then]) advance(floor, Math.max(last(day) + after, floor.now))
        if (planned.now === then.now) expect(seen(planned)).toEqual(seen(then))
      }
    })
  })

  test('[L2][L3] ticks and snapshots in between change nothing', () => {
    days((day, chance) => {
      const plain = createFloor(day.config)
      let other = createFloor(day.config)
      let before = day.events[0]?.recordedAt ?? 0
      for (const event of day.events) {
        apply(plain, event)
        const gap = event.recordedAt - before
        if (gap > 1) advance(other, before + chance.whole(0, gap - 1))
        if (chance.happens(0.2)) other = savedAndRead(other)
        apply(other, event)
        before = event.recordedAt
      }
      for (let at = before; at < before + 12 * HOUR; at += chance.whole(1, 90 * MINUTE)) {
        advance(other, at)
        if (chance.happens(0.2)) other = savedAndRead(other)
      }
      for (const floor of [plain, other]) advance(floor, before + 14 * HOUR)
      expect(drawView(other)).toEqual(drawView(plain))
      expect(encodeFloor(savedAndRead(plain))).toEqual(encodeFloor(plain))
    })
  })
})
