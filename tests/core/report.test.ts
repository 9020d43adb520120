import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advance, apply, createFloor, decodeFloor, drawView, encodeFloor, type Floor, readSaved } from '#core/floor.ts'
import { reportOf } from '#core/report/report.ts'
import { DAY, HOUR, Zone } from '#core/zone.ts'
import { historyOf } from '../model/history.ts'
import { modelFigures } from '../model/report.ts'
import { Chance } from '../support/chance.ts'
import { type Day, randomDay, sameDayTwice } from '../support/days.ts'
import { untied } from '../support/untied.ts'
import { instant, written } from '../support/written.ts'

const seeds = fc.integer({ min: 0, max: 2 ** 31 })

/** The local days of what happened, and the day after; and all of them as one window. */
function windowsOf({ config, events }: Day): [from: number, to: number][] {
  const zone = new Zone(config.timezone)
  const first = zone.dayOf(Math.min(...events.map(({ time }) => time)))
  const last = zone.dayOf(events.at(-1)?.recordedAt ?? 0) + 1
  const days: [number, number][] = []
  for (let day = first; day <= last; day++) days.push([zone.startOf(day), zone.startOf(day + 1)])
  return [...days, [zone.startOf(last - 6), zone.startOf(last + 1)]]
}

function floorAt({ config, events }: Day, at: number): Floor {
  const floor = createFloor(config)
  for (const event of events) if (event.recordedAt <= at) apply(floor, event)
  advance(floor, at)
  return floor
}

const valuesOf = (floor: Floor, from: number, to: number) =>
  Object.fromEntries(
    reportOf(floor, from, to).figures.flatMap(({ id, value }) => (value === undefined ? [] : [[id, value]])),
  )

describe('[report] figures', () => {
  test('[report] are those of the reference model, at the end of a window and in the midst of it', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const day = randomDay(seed)
        const chance = new Chance(~seed)
        const history = historyOf(day.config, day.events)
        for (const [from, to] of windowsOf(day)) {
          for (const at of [to, chance.whole(from, to - 1), to + 3 * HOUR]) {
            const expected = modelFigures(history, at, from, to)
            const got = valuesOf(floorAt(day, at), from, to)
            expect(rounded(got), `${new Date(from).toISOString()} at ${new Date(at).toISOString()}`).toEqual(
              rounded(expected),
            )
          }
        }
      }),
      { numRuns: Number(process.env.FLOORWATCH_DAYS ?? 40) },
    )
  })

  test('[report] at any instant of a day are what the wall shows of it', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const day = randomDay(seed)
        const chance = new Chance(~seed)
        for (const [from, to] of windowsOf(day).slice(0, -1)) {
          const floor = floorAt(day, chance.pick([to - 1, chance.whole(from, to - 1)]))
          const { clocks, response, queues, agents } = drawView(floor)
          const report = reportOf(floor, from, to)
          for (const { rule, met, breached } of report.rules)
            if (clocks[rule] !== undefined)
              expect({ rule, met, breached }).toEqual({
                rule,
                met: clocks[rule].metToday,
                breached: clocks[rule].breachedToday,
              })
          const told = new Set(report.rules.map(({ rule }) => rule))
          for (const [rule, { metToday, breachedToday }] of Object.entries(clocks))
            if (!told.has(rule)) expect(metToday + breachedToday).toBe(0)
          const first = report.figures.find(({ id }) => id === 'first_response_rate')
          expect([first?.denominator ?? 0, first?.numerator ?? 0]).toEqual([
            response.first.today.count,
            response.first.today.met,
          ])
          for (const { queue, first, abandoned } of report.queues) {
            expect([first.count, first.met]).toEqual([queues[queue]?.firstToday.count, queues[queue]?.firstToday.met])
            expect(abandoned).toBe(queues[queue]?.abandonedToday)
          }
          for (const { agent, first, autoReplies } of report.agents) {
            expect([first.count, first.met]).toEqual([agents[agent]?.firstToday.count, agents[agent]?.firstToday.met])
            expect(autoReplies).toBeGreaterThanOrEqual(agents[agent]?.autoReplies ?? 0)
          }
          const sum = (key: 'conversations' | 'orders') => report.steps.reduce((all, step) => all + step[key], 0)
          const values = valuesOf(floor, from, to)
          expect([sum('conversations'), sum('orders')]).toEqual([values.conversations ?? 0, values.orders_placed ?? 0])
        }
      }),
      { numRuns: 30 },
    )
  })

  test('[report][L7] delivered in any order, the same events end in the same figures', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [once, again] = untied(sameDayTwice(seed)) as [Day, Day]
        const [from, to] = windowsOf(once).at(-1) as [number, number]
        const end = to + 15 * DAY
        expect(rounded(valuesOf(floorAt(again, end), from, to))).toEqual(
          rounded(valuesOf(floorAt(once, end), from, to)),
        )
      }),
      { numRuns: 15 },
    )
  })

  test('[report][L3] a floor written and read gives the same reports, and stays as it was', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const day = randomDay(seed)
        for (const [from, to] of windowsOf(day)) {
          const floor = floorAt(day, to)
          const before = reportOf(floor, from, to)
          const saved = encodeFloor(floor)
          expect(reportOf(decodeFloor(saved.front, [readSaved(saved.pages)]), from, to)).toEqual(before)
          expect(reportOf(floor, from, to)).toEqual(before)
          expect(encodeFloor(floor)).toEqual(saved)
        }
      }),
      { numRuns: 15 },
    )
  })

  test('[report] a conversation moved before it began counts where it was moved to', () => {
    const events = written('UTC', [
      { time: '2026-11-20T09:00', type: 'conversation.moved', subject: 'c1', data: { queue: 'vip' } },
      { time: '2026-11-20T09:01', type: 'message.received', subject: 'c1' },
      { time: '2026-11-20T09:02', type: 'conversation.closed', subject: 'c1', data: { outcome: 'abandoned' } },
      { time: '2026-11-20T09:03', type: 'conversation.moved', subject: 'c1', data: { queue: 'presales' } },
      { time: '2026-11-20T09:04', type: 'message.received', subject: 'c1' },
    ])
    const from = instant('UTC', '2026-11-20T00:00')
    const floor = floorAt({ config: { shop: 's', name: 'S', timezone: 'UTC' }, events }, from + DAY)
    expect(reportOf(floor, from, from + DAY).queues).toEqual([
      expect.objectContaining({ queue: 'vip', conversations: 2, abandoned: 1 }),
    ])
  })
})

/** Sums of fractions in another order differ in their last digits. */
const rounded = (values: Record<string, number>) =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, Number(value.toPrecision(12))]))
