import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RecordedEvent } from '#core/events.ts'
import { type AlertRecord, advance, apply, createFloor, type Floor, takeAlertChanges } from '#core/floor.ts'
import { RULES } from '#core/handbook.ts'
import type { HandbookChanges, ShopConfig } from '#core/shop.ts'
import { type Breach, breachesAmong, compareBreaches, tryHandbook } from '#core/whatIf.ts'
import { Chance } from '../support/chance.ts'
import { randomChanges } from '../support/dayShops.ts'
import { randomDay } from '../support/days.ts'

/** All breaches from one instant to before another, under the shop's handbook or a tried one. */
function breachesWith(
  config: ShopConfig,
  events: readonly RecordedEvent[],
  { from, to }: { from: number; to: number },
  tried?: HandbookChanges,
): Breach[] {
  const floor: Floor = createFloor(config)
  const alerts = new Map<string, AlertRecord>()
  const note = () => {
    for (const record of takeAlertChanges(floor)) alerts.set(record.id, record)
  }
  for (const event of events) {
    if (event.recordedAt >= from) break
    apply(floor, event)
  }
  advance(floor, from - 1)
  if (tried !== undefined) tryHandbook(floor, tried, from)
  note()
  for (const event of events) {
    if (event.recordedAt < from || event.recordedAt >= to) continue
    if (tried === undefined || event.type !== 'handbook.changed') apply(floor, event)
    note()
  }
  advance(floor, to - 1)
  note()
  return breachesAmong(alerts.values(), from, to)
}

const TARGETS: Record<string, true> = Object.fromEntries(RULES.map(({ id }) => [id, true]))

const spanOf = (chance: Chance, events: readonly RecordedEvent[]) => {
  const first = events[0]!.recordedAt
  const last = events.at(-1)!.recordedAt
  const from = chance.whole(first, last)
  return { from, to: from + chance.whole(60_000, 86_400_000) }
}

describe('[what-if] on random days', () => {
  test('[what-if] the handbook that was in force changes nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const { config, events: all } = randomDay(seed)
        const events = all.filter(({ type }) => type !== 'handbook.changed')
        const span = spanOf(new Chance(~seed), events)
        const was = breachesWith(config, events, span)
        const would = breachesWith(config, events, span, config.handbook ?? {})
        const { gone, added, rules } = compareBreaches(was, would, span.from, span.to)
        expect({ gone, added }).toEqual({ gone: [], added: [] })
        expect(rules.every((rule) => rule.was === rule.would)).toBe(true)
      }),
    )
  })

  test('[what-if] clocks begun in the period are those of a shop that had these rules all along', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const { config, events: all } = randomDay(seed)
        const events = all.filter(({ type }) => type !== 'handbook.changed' && !type.startsWith('alert.'))
        const chance = new Chance(~seed)
        const span = spanOf(chance, events)
        const handbook = randomChanges(chance, '2026-11-20')
        // What calls for an auto-reply, and what a condition is, hangs on what was before.
        const begun = (breaches: Breach[]) =>
          breaches
            .filter(({ rule, subject }) => rule in TARGETS && rule !== 'auto_reply' && isNew(subject))
            .map((breach) => JSON.stringify(breach))
            .sort()
        const isNew = (subject: string) =>
          events.every((event) => event.subject !== subject || Math.min(event.time, event.recordedAt) >= span.from)
        const would = begun(breachesWith(config, events, span, handbook))
        expect(would).toEqual(begun(breachesWith({ ...config, handbook }, events, span)))
      }),
    )
  })
})

describe('[what-if] beside one another', () => {
  const from = Date.parse('2026-11-23T00:00:00.000Z')
  const at = (minute: number) => new Date(from + minute * 60_000).toISOString()
  const breach = (rule: string, subject: string, minute: number): Breach => ({
    ...{ id: `${rule} ${subject}`, rule, kind: 'conversation', subject, at: at(minute) },
  })

  test('[what-if] what would still be late, only at another instant, is neither gone nor added', () => {
    const was = [breach('first_response', 'c1', 10), breach('first_response', 'c2', 70)]
    const would = [breach('first_response', 'c1', 11), breach('reply_wait', 'c3', 75)]
    const compared = compareBreaches(was, would, from, from + 2 * 3_600_000)
    expect(compared.gone.map(({ subject }) => subject)).toEqual(['c2'])
    expect(compared.added.map(({ subject }) => subject)).toEqual(['c3'])
    expect(compared.hours).toEqual([
      { at: at(0), was: { first_response: 1 }, would: { first_response: 1 } },
      { at: at(60), was: { first_response: 1 }, would: { reply_wait: 1 } },
    ])
    expect(compared.rules[0]).toMatchObject({ was: expect.any(Number), would: expect.any(Number) })
  })
})
