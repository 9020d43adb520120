/** The shops in which made-up days are set, on dates where readings of a calendar differ. */
import type { HandbookChanges, OpeningHours, ShopConfig } from '#core/shop.ts'
import type { Chance } from './chance.ts'

const MINUTE = 60_000

/** A zone and the first of three local days: a weekend, a holiday, the clock going forward or back, at midnight too. */
const SETTINGS = [
  { timezone: 'Asia/Shanghai', date: '2026-11-20' },
  { timezone: 'Asia/Shanghai', date: '2026-09-30' },
  { timezone: 'Europe/Berlin', date: '2026-03-27' },
  { timezone: 'Europe/Berlin', date: '2026-10-24' },
  { timezone: 'America/Sao_Paulo', date: '2018-11-03' },
  { timezone: 'America/Sao_Paulo', date: '2018-02-16' },
] as const

export interface Setting {
  config: ShopConfig
  date: string
}

export function randomShop(chance: Chance): Setting {
  const { timezone, date } = chance.pick(SETTINGS)
  const handbook = chance.happens(0.8) ? randomChanges(chance, date) : undefined
  return { date, config: { shop: 'demo', name: 'Demo', timezone, ...(handbook ? { handbook } : {}) } }
}

const day = (date: string, days: number) => Temporal.PlainDate.from(date).add({ days }).toString()

/** Small thresholds, so that a short day raises every condition now and then. */
export function randomChanges(chance: Chance, date: string): HandbookChanges {
  const closeTo = (days: number[]) => days.filter(() => chance.happens(0.3)).map((days) => day(date, days))
  return {
    calendars: {
      ...(chance.happens(0.3) ? { service: splitHours } : {}),
      ...(chance.happens(0.2) ? { backoffice: weekdayHours(day(date, 1)) } : {}),
      holidays: closeTo([0, 1, 2, 3]),
      makeup: closeTo([0, 1, 2, 3, 8]),
    },
    pickup: {
      closed: closeTo([0, 1, 3]),
      ...(chance.happens(0.3) ? { graceMs: chance.pick([1, 15 * MINUTE]) } : {}),
      ...(chance.happens(0.3) ? { cutoffMs: chance.pick([90_000, 90 * MINUTE, 17 * 60 * MINUTE]) } : {}),
    },
    ...(chance.happens(0.6) ? { capacities: { junior: chance.whole(0, 2), senior: chance.whole(0, 2) } } : {}),
    rules: {
      ...(chance.happens(0.2) ? { pack: { targetMs: 45 * MINUTE, warns: false, remindMs: 3 * MINUTE } } : {}),
      ...(chance.happens(0.2) ? { callback: { warnAfterMs: 10 * MINUTE } } : {}),
      ...(chance.happens(0.2) ? { first_response: { targetMs: 45_000, warns: true } } : {}),
      ...(chance.happens(0.2) ? { [chance.pick(['ship_promise', 'auto_reply', 'reply_wait'])]: { on: false } } : {}),
    },
    conditions: {
      queue_depth: { raise: 2, clear: 1, remindMs: chance.pick([0, MINUTE, 7 * MINUTE]) },
      response_rate: { atLeast: chance.pick([2, 3]), raise: 0.6, clear: 0.7 },
      ...(chance.happens(0.3) ? { away_too_long: { raiseMs: 10 * MINUTE, mealMs: 15 * MINUTE } } : {}),
      ...(chance.happens(0.2) ? { [chance.pick(['no_agent', 'stock_out', 'source_silent'])]: { on: false } } : {}),
    },
  }
}

const everyDay = (windows: [string, string][]): OpeningHours => ({
  week: { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows, sat: windows, sun: windows },
})

const splitHours = everyDay([
  ['08:00', '12:00'],
  ['13:00', '20:00'],
])

/** Closed at the weekend, and open late on one date. */
const weekdayHours = (date: string): OpeningHours => {
  const windows: [string, string][] = [['09:00', '17:00']]
  const week = { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows }
  return { week, days: { [date]: [['10:00', '19:00']] } }
}
