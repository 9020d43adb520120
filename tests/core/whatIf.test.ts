import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stateOf } from '#core/clocks.ts'
import type { RecordedEvent } from '#core/events.ts'
import { everyClock } from '#core/everyClock.ts'
import { advance, apply, createFloor, type Floor } from '#core/floor.ts'
import { RULES } from '#core/handbook.ts'
import type { HandbookChanges, ShopConfig } from '#core/shop.ts'
import { type Period, Trial } from '#core/whatIf.ts'
import { DAY, Zone } from '#core/zone.ts'
import { Chance } from '../support/chance.ts'
import { randomChanges } from '../support/dayShops.ts'
import { type Day, randomDay } from '../support/days.ts'

function trial({ config, events }: Day, period: Period, handbook: HandbookChanges | undefined) {
  const floor = createFloor(config)
  const before = events.filter(({ recordedAt }) => recordedAt < period.from)
  for (const event of before) apply(floor, event)
  advance(floor, period.from - 1)
  const it = new Trial(floor, period, handbook ?? floor.config.handbook ?? {})
  for (const [i, event] of events.entries()) {
    if (event.recordedAt < period.from || event.recordedAt > period.to) continue
    it.apply(event)
    if (i % 7 === 0) it.step()
  }
  return { result: it.finish(), was: it.was, tried: it.tried }
}

/** The day without any handbook published in it. */
const quiet = ({ config, events }: Day): Day => ({
  config,
  events: events.filter(({ type }) => type !== 'handbook.changed').map((event, i) => ({ ...event, seq: i + 1 })),
})

/** Some local day of those that were made up. */
function someDay({ config, events }: Day, chance: Chance): Period {
  const zone = new Zone(config.timezone)
  const first = zone.dayOf(events[0]?.recordedAt ?? 0)
  const day = first + chance.whole(0, 2)
  return { from: zone.startOf(day), to: zone.startOf(day + 1) }
}

const days = (check: (day: Day, period: Period, chance: Chance) => void) =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
      const [day, chance] = [randomDay(seed), new Chance(~seed)]
      check(day, someDay(day, chance), chance)
    }),
    { numRuns: 40 },
  )

/** Every clock that fell due in the period and was breached, by rule, subject and due instant. */
function breachedIn(floor: Floor, { from, to }: Period, since = Number.NEGATIVE_INFINITY): string[] {
  return [...everyClock(floor)]
    .filter((clock) => stateOf(clock, floor.now) === 'breached' && clock.due >= from && clock.due < to)
    .filter(({ start }) => start >= since)
    .map(({ rule, subject, start, due }) => `${RULES[rule]?.id} ${subject} ${start} ${due}`)
    .sort()
}

describe('[what-if]', () => {
  test('[what-if] with the handbook unchanged it is what was', () => {
    let breaches = 0
    days((day, period) => {
      const { result } = trial(quiet(day), period, undefined)
      expect([result.added.count, result.gone.count]).toEqual([0, 0])
      for (const { was, tried, hours } of result.rules) {
        expect(tried).toBe(was)
        expect(hours.tried).toEqual(hours.was)
        breaches += was
      }
    })
    expect(breaches).toBeGreaterThan(100)
  })

  test('[what-if] what was counts each clock that was breached, once', () => {
    days((day, period) => {
      const { result, was } = trial(day, period, {})
      const ofClocks = result.rules.filter(({ rule }) => RULES.some(({ id }) => id === rule))
      const count = ofClocks.reduce((sum, rule) => sum + rule.was, 0)
      expect(count).toBe(breachedIn(was, period).length)
    })
  })

  test('[what-if] what starts within the period goes as in a shop that always had those rules', () => {
    let different = 0
    days((day, period, chance) => {
      const handbook = randomChanges(chance, new Date(period.from).toISOString().slice(0, 10))
      const still = quiet(day)
      const { result, was, tried } = trial(still, period, handbook)
      const real = createFloor({ ...still.config, handbook } satisfies ShopConfig)
      for (const event of still.events) if (event.recordedAt <= period.to) apply(real, event)
      advance(real, period.to)
      const notDuty = (line: string) => !line.startsWith('auto_reply')
      expect(breachedIn(tried, period, period.from).filter(notDuty)).toEqual(
        breachedIn(real, period, period.from).filter(notDuty),
      )
      if (breachedIn(was, period).join() !== breachedIn(tried, period).join()) different++
      expect(result.rules.reduce((sum, rule) => sum + rule.tried - rule.was, 0)).toBe(
        result.added.count - result.gone.count,
      )
    })
    expect(different).toBeGreaterThan(5)
  })

  test('[what-if] a handbook published or planned within the period does not take the tried one’s place', () => {
    const at = Date.parse('2026-11-19T16:00:00Z')
    const config: ShopConfig = { shop: 's', name: 'S', timezone: 'Asia/Shanghai' }
    const told = (seq: number, minutes: number, type: string, data: object): RecordedEvent => {
      const [recordedAt, subject] = [at + minutes * 60_000, type.startsWith('order') ? `o${seq}` : 's']
      return { seq, recordedAt, time: recordedAt, source: 'test', id: `e${seq}`, type, subject, data } as RecordedEvent
    }
    const plan = { handbook: { rules: { pack: { on: false } } }, effectiveAt: new Date(at + 3_600_000).toISOString() }
    const events = [
      told(1, -60, 'handbook.changed', plan),
      told(2, 600, 'order.confirmed', {}),
      told(3, 601, 'order.confirmed', {}),
    ]
    const { result } = trial({ config, events }, { from: at, to: at + DAY }, {})
    expect(result.rules.find(({ rule }) => rule === 'pack')).toMatchObject({ was: 0, tried: 2 })
    expect(result.added.breaches[0]).toMatchObject({
      rule: expect.any(String),
      at: expect.stringMatching(/^2026-11-20/),
    })
  })
})
