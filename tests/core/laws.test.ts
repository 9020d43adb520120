import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stateOf } from '#core/clocks.ts'
import { clocksOf } from '#core/conversations.ts'
import type { RecordedEvent } from '#core/events.ts'
import {
  advance,
  apply,
  createFloor,
  decodeFloor,
  drawView,
  encodeChanges,
  encodeFloor,
  type Floor,
  nextDueAt,
  readSaved,
} from '#core/floor.ts'
import { Tidy } from '#core/tidy.ts'
import { HOUR, MINUTE } from '#core/zone.ts'
import { Chance } from '../support/chance.ts'
import { type Day, randomDay, sameDayTwice } from '../support/days.ts'
import { savedAndRead } from '../support/saved.ts'
import { untied } from '../support/untied.ts'

const seeds = fc.integer({ min: 0, max: 2 ** 31 })
const runs = { numRuns: 15 }
const day = (check: (day: Day, chance: Chance) => void) =>
  fc.assert(
    fc.property(seeds, (seed) => check(randomDay(seed), new Chance(seed ^ 0x5bd1e995))),
    runs,
  )

const last = (events: readonly RecordedEvent[]) => events.at(-1)?.recordedAt ?? 0
const decodedAnew = (floor: Floor) => encodeFloor(savedAndRead(floor))
const seen = (floor: Floor) => JSON.stringify(drawView(floor))

function fold({ config, events }: Day, until = Number.POSITIVE_INFINITY): Floor {
  const floor = createFloor(config)
  for (const event of events) if (event.recordedAt <= until) apply(floor, event)
  return floor
}

describe('[L1] the fold is deterministic', () => {
  test('[L1] the same log gives the same view, byte for byte', () => {
    day((it) => {
      const end = last(it.events) + HOUR
      const [a, b] = [fold(it), fold(structuredClone(it))]
      advance(a, end)
      advance(b, end)
      expect(seen(a)).toBe(seen(b))
    })
  })
})

describe('[L2] extra ticks change nothing', () => {
  test('[L2] time moved on in many steps ends where one step ends', () => {
    day((it, chance) => {
      const ticked = createFloor(it.config)
      let before = 0
      for (const event of it.events) {
        for (let i = 0; i < 3; i++) {
          const gap = event.recordedAt - before
          if (before > 0 && gap > 1) advance(ticked, before + chance.whole(0, gap - 1))
        }
        apply(ticked, event)
        before = event.recordedAt
      }
      const plain = fold(it)
      const end = last(it.events) + 30 * HOUR
      for (let at = before; at < end; at += chance.whole(1, 50 * MINUTE)) advance(ticked, at)
      advance(ticked, end)
      advance(plain, end)
      expect(seen(ticked)).toBe(seen(plain))
    })
  })

  test('[L2] between two due instants time alone changes nothing but the clock on the wall', () => {
    day((it) => {
      const floor = fold(it)
      advance(floor, last(it.events))
      for (let i = 0; i < 50 && Number.isFinite(nextDueAt(floor)); i++) {
        const next = nextDueAt(floor)
        const view = { ...drawView(floor), at: '' }
        advance(floor, next - 1)
        expect({ ...drawView(floor), at: '' }).toEqual(view)
        advance(floor, next)
      }
    })
  })
})

describe('[L3] snapshot and tail are the whole log', () => {
  test('[L3] a floor written and read at any seq goes on as if it had not been', () => {
    day((it, chance) => {
      let read = createFloor(it.config)
      for (const event of it.events) {
        apply(read, event)
        if (chance.happens(0.05)) read = savedAndRead(read)
      }
      const plain = fold(it)
      for (const after of [0, 20 * 1000, 3 * HOUR, 40 * HOUR]) {
        advance(read, last(it.events) + after)
        advance(plain, last(it.events) + after)
        expect(drawView(read)).toEqual(drawView(plain))
      }
      expect(decodedAnew(plain)).toEqual(encodeFloor(plain))
    })
  })

  test('[L3] a saved floor and changes after it, each since any before it, are the floor, which goes on as if never written', () => {
    day((it, chance) => {
      const written = createFloor(it.config)
      const chain = [readSaved(encodeFloor(written).pages)]
      let read = createFloor(it.config)
      for (const event of it.events) {
        apply(written, event)
        apply(read, event)
        if (!chance.happens(0.05)) continue
        const before = chance.happens(0.2) ? 0 : chance.whole(1, chain.length)
        const { front, pages } =
          before === 0 ? encodeFloor(written) : encodeChanges(written, chain[before - 1]?.seq ?? 0)
        chain.splice(before, chain.length, readSaved(pages))
        if (chance.happens(0.3)) read = decodeFloor(front, chain)
      }
      const plain = fold(it)
      for (const after of [0, 20 * 1000, 3 * HOUR, 40 * HOUR]) {
        for (const floor of [written, read, plain]) advance(floor, last(it.events) + after)
        expect(drawView(written)).toEqual(drawView(plain))
        expect(drawView(read)).toEqual(drawView(plain))
      }
      expect(decodedAnew(written)).toEqual(encodeFloor(written))
    })
  })

  test('[L3] a floor whose subjects are put away now and then goes on as if they had not been', () => {
    day((it) => {
      const [tidied, plain] = [createFloor(it.config), createFloor(it.config)]
      const tidy = new Tidy(5, 3)
      for (const event of it.events) {
        apply(tidied, event)
        tidy.step(tidied)
        apply(plain, event)
      }
      for (const floor of [tidied, plain]) advance(floor, last(it.events) + 30 * HOUR)
      expect(drawView(tidied)).toEqual(drawView(plain))
    })
  })

  test('[L3] tidying goes on when all that was to be put away is gone by itself', () => {
    const [floor, tidy] = [createFloor({ shop: 's', name: 'S', timezone: 'UTC' }), new Tidy(1, 1)]
    const base = { seq: 1, recordedAt: 0, time: 0, source: 'test', id: 'e', type: 'order.placed', data: {} } as const
    for (const subject of ['o1', 'o2', 'o3']) apply(floor, { ...base, subject })
    tidy.step(floor)
    encodeFloor(floor)
    expect(() => tidy.step(floor)).not.toThrow()
  })

  test('[L3] a snapshot of another release is refused, and changes without what they change', () => {
    expect(() => readSaved([{ text: '{"version":0}' }])).toThrow(/version 0/)
    expect(() => readSaved([])).toThrow()
    const floor = createFloor({ shop: 's', name: 'S', timezone: 'UTC' })
    const before = encodeFloor(floor)
    floor.seq = 5
    const { front, pages } = encodeChanges(floor, 0)
    const [whole, changes] = [readSaved(before.pages), readSaved(pages)]
    expect(decodeFloor(front, [whole, changes]).seq).toBe(5)
    expect(() => decodeFloor(front, [changes])).toThrow(/follow/)
    expect(() => decodeFloor(before.front, [whole, whole])).toThrow(/follow/)
    expect(() => decodeFloor(front, [whole, changes, changes])).toThrow(/follow/)
    expect(() => decodeFloor(before.front, [whole, changes])).toThrow(/another/)
    expect(() => decodeFloor(undefined, [])).toThrow()
  })
})

describe('[L6] every armed clock is exactly one of running, met, breached, void', () => {
  test('[L6] and the figures count each where it is', () => {
    day((it) => {
      const floor = fold(it)
      advance(floor, last(it.events))
      const counts = { open: 0, overdue: 0 }
      for (const clock of clocksIn(floor)) {
        const state = stateOf(clock, floor.now)
        expect(['pending', 'running', 'met', 'breached', 'void']).toContain(state)
        if (state === 'running') counts.open++
        if (state === 'breached' && clock.stop === undefined && clock.end === undefined) counts.overdue++
      }
      const shown = Object.values(drawView(floor).clocks)
      expect(shown.reduce((sum, clocks) => sum + clocks.open, 0)).toBe(counts.open)
      expect(shown.reduce((sum, clocks) => sum + clocks.overdue, 0)).toBe(counts.overdue)
    })
  })
})

function* clocksIn(floor: Floor) {
  for (const conversation of floor.conversations.values()) yield* clocksOf(floor, conversation)
  for (const subjects of Object.values(floor.subjects)) for (const subject of subjects.values()) yield* subject.clocks
  for (const sku of floor.skus.values()) yield* sku.clocks
}

describe('[L7] delivered in any order, the same events end in the same figures', () => {
  test('[L7] every clock but those judged when they become known', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [once, again] = untied(sameDayTwice(seed)).map((it) => {
          const floor = fold(it)
          advance(floor, last(it.events))
          return floor
        }) as [Floor, Floor]
        const end = Math.max(once.now, again.now) + HOUR
        advance(once, end)
        advance(again, end)
        expect(figures(again)).toEqual(figures(once))
        for (const floor of [once, again]) expect(breachesRung(floor)).toEqual(overdue(floor))
      }),
      runs,
    )
  })
})

/** By rule how many clocks are overdue, and of how many the alert is open: nobody resolves one by hand here. */
const overdue = (floor: Floor) => byRule(floor, (rule) => drawView(floor).clocks[rule]?.overdue ?? 0)
const breachesRung = (floor: Floor) => byRule(floor, (rule) => drawView(floor).alertCounts[rule]?.breach ?? 0)

function byRule(floor: Floor, count: (rule: string) => number): [rule: string, count: number][] {
  return Object.keys(drawView(floor).clocks).map((rule) => [rule, count(rule)])
}

/** What does not depend on when it became known. */
function figures(floor: Floor) {
  const { clocks, response, pickups, stock, queues } = drawView(floor)
  const { auto_reply, ...others } = clocks
  return { clocks: others, response, pickups, stock, queues }
}
