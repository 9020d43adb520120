import { dateOf } from '#core/zone.ts'
import { reader } from '../i18n/i18n.svelte.ts'
import { k } from './texts.ts'
import type { Going } from './types.ts'

const KB = 1_000
const UNITS = [
  [KB ** 3, 'gigabyte'],
  [KB ** 2, 'megabyte'],
  [KB, 'kilobyte'],
  [1, 'byte'],
] as const

/** `84.2 MB`: in the unit that leaves it a number above one. */
export function size(bytes: number): string {
  const [per, unit] = UNITS.find(([least]) => bytes >= least) ?? [1, 'byte']
  return new Intl.NumberFormat(reader.language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: bytes / per < 100 && per > KB ? 1 : 0,
  }).format(bytes / per)
}

export const number = (value: number): string => value.toLocaleString(reader.language)

/** `11月21日`, `Nov 21`; with the year where days of several are told of. */
export function shortDate(day: number, withYear: boolean): string {
  return new Intl.DateTimeFormat(reader.language, {
    timeZone: 'UTC',
    month: 'short',
    day: 'numeric',
    ...(withYear && { year: 'numeric' }),
  }).format(Date.parse(dateOf(day)))
}

/** What would go, a line each; none where nothing would. */
export function goingLines({
  before = '',
  days,
  events,
  eventBytes,
  snapshots,
  snapshotBytes,
  reports,
}: Going): string[] {
  return [
    ...(events > 0 ? [k('goEvents', { before, days, n: number(events), size: size(eventBytes) })] : []),
    ...(snapshots > 0 ? [k('goSnapshots', { n: number(snapshots), size: size(snapshotBytes) })] : []),
    ...(reports > 0 ? [k('goReports', { n: number(reports) })] : []),
  ]
}
