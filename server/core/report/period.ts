/** A local day or an ISO week of a shop: `2026-11-23`, `2026-W47`. Days are numbered as in zone.ts. */
import { dateOf, dayOfDate, weekdayOf } from '../zone.ts'

export interface Period {
  id: string
  kind: 'day' | 'week'
  /** Its first and last local day. */
  first: number
  last: number
}

/** The period of that name, in the years 1000 to 2999; undefined when there is none. */
export function periodOf(id: string): Period | undefined {
  const [, year, week] = /^([12]\d{3})-W(\d{2})$/.exec(id) ?? []
  if (year !== undefined) {
    const period = weekFrom(mondayOf(dayOfDate(`${year}-01-04`)) + 7 * (Number(week) - 1))
    return period.id === id ? period : undefined
  }
  if (!/^[12]\d{3}-\d{2}-\d{2}$/.test(id)) return undefined
  const day = dayOfDate(id)
  return Number.isFinite(day) && dateOf(day) === id ? dayPeriod(day) : undefined
}

export const dayPeriod = (day: number): Period => ({ id: dateOf(day), kind: 'day', first: day, last: day })
export const weekPeriod = (day: number): Period => weekFrom(mondayOf(day))

/** So many days, or weeks, later. */
export function later({ kind, first }: Period, by: number): Period {
  return kind === 'day' ? dayPeriod(first + by) : weekFrom(first + 7 * by)
}

const mondayOf = (day: number) => day - weekdayOf(day)

/** A week belongs to the year of its Thursday. */
function weekFrom(monday: number): Period {
  const year = dateOf(monday + 3).slice(0, 4)
  const number = 1 + (monday - mondayOf(dayOfDate(`${year}-01-04`))) / 7
  return { id: `${year}-W${String(number).padStart(2, '0')}`, kind: 'week', first: monday, last: monday + 6 }
}
