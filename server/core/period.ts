/** A local day or an ISO week of a shop, by its name: `2026-11-23`, `2026-W48`. */
import { dateOf, dayOfDate, weekdayOf, type Zone } from './zone.ts'

/** Half-open, epoch ms; undefined when the text names neither. */
export function periodOf(text: string, zone: Zone): { from: number; to: number } | undefined {
  const [, year, week] = /^(\d{4})-W(\d{2})$/.exec(text) ?? []
  if (year !== undefined && week !== undefined) {
    // The week with the 4th of January is the first.
    const fourth = dayOfDate(`${year}-01-04`)
    const monday = fourth - weekdayOf(fourth) + (Number(week) - 1) * 7
    const isOfYear = dateOf(monday + 3).startsWith(year)
    return isOfYear ? { from: zone.startOf(monday), to: zone.startOf(monday + 7) } : undefined
  }
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayOfDate(text) : Number.NaN
  if (Number.isNaN(day) || dateOf(day) !== text) return undefined
  return { from: zone.startOf(day), to: zone.startOf(day + 1) }
}
