import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checksum } from '#core/checksum.ts'
import { advance, apply, createFloor, drawView, type Floor } from '#core/floor.ts'
import { applyPatch } from '#core/mergePatch.ts'
import { instantsOf, SEGMENT_MS, SegmentDraft, type Shown } from '#core/segment.ts'
import type { View } from '#core/view.ts'
import { Chance } from '../support/chance.ts'
import { randomDay } from '../support/days.ts'

describe('[L4] a replayed segment', () => {
  test('[L4] shows at each of its own instants the view of then, and misses no second that differs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const day = randomDay(seed)
        const chance = new Chance(seed)
        const events = day.events
        const middle = chance.pick(events).recordedAt
        const from = Math.floor(middle / SEGMENT_MS) * SEGMENT_MS
        const shown = [{ at: new Date(from + chance.whole(0, SEGMENT_MS - 1)).toISOString(), sum: 'x' }]
        const truth = viewsOf(day, instantsOf(from, from + SEGMENT_MS - 1, shown))
        const draft = new SegmentDraft(shown)
        visit(day, [...truth.keys()], (floor) => draft.see(floor))
        const segment = draft.finish(from, true)
        let view = segment.view
        let next = 0
        for (const [at, expected] of truth) {
          while ((segment.patches[next]?.at ?? '~') <= expected.at)
            view = applyPatch(view, segment.patches[next++]!.patch)
          expect({ ...view, at: expected.at }, new Date(at).toISOString()).toEqual(expected)
          if (expected.at === shown[0]?.at) expect(checksum(view)).toBe(checksum(expected))
        }
        expect(next).toBe(segment.patches.length)
      }),
    )
  })

  test('[L4] no instant is asked for that is not over', () => {
    const from = Date.parse('2026-11-23T03:00:00.000Z')
    const shown: Shown[] = [{ at: '2026-11-23T03:00:01.250Z', sum: '' }]
    expect(instantsOf(from, from + 2_500, shown)).toEqual([from, from + 1_000, from + 1_250, from + 2_000])
  })
})

describe('[L4] a checksum', () => {
  test('[L4] is the same whatever the order of the keys, and after a way through JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.infiniteStream(fc.nat(9)), (value, order) => {
        expect(checksum(shuffled(value, order))).toBe(checksum(value))
        expect(checksum(JSON.parse(JSON.stringify(value)))).toBe(checksum(value))
      }),
    )
  })

  test('[L4] tells apart what differs in one place only', () => {
    const sums = new Set<string>()
    for (let n = 0; n < 20_000; n++) sums.add(checksum({ queues: { presales: { waiting: n, online: 3 } } }))
    expect(sums.size).toBe(20_000)
  })
})

type Day = ReturnType<typeof randomDay>

function visit(day: Day, instants: readonly number[], see: (floor: Floor) => void): void {
  const floor = createFloor(day.config)
  let next = 0
  for (const at of instants) {
    while ((day.events[next]?.recordedAt ?? Number.POSITIVE_INFINITY) <= at) apply(floor, day.events[next++]!)
    advance(floor, at)
    see(floor)
  }
}

function viewsOf(day: Day, instants: readonly number[]): Map<number, View> {
  const views = new Map<number, View>()
  visit(day, instants, (floor) => views.set(floor.now, drawView(floor)))
  return views
}

function shuffled(value: unknown, order: Iterator<number>): unknown {
  if (Array.isArray(value)) return value.map((each) => shuffled(each, order))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, each]) => [order.next().value as number, key, each] as const)
  return Object.fromEntries(
    entries.sort((a, b) => a[0] - b[0]).map(([, key, each]) => [key, shuffled(each, order)] as const),
  )
}
