/** How far back each kind of thing reaches, and how far it would under other settings. Days are numbers of local dates. */
import { KEPT, type Kept } from '#core/keepingBounds.ts'
import { dayOfDate } from '#core/zone.ts'
import type { Keeping, Settings } from './types.ts'

export interface Reach {
  /** The first day there is something of. */
  from: number
  /** The first of those that would stay; none of it would where that is the day after today. */
  stays: number
}

const FIRST_DAY = { events: 'firstDay', snapshots: 'firstSnapshotDay', reports: 'firstReportDay' } as const

/** @returns the first day of any kind; undefined where there is nothing at all */
export function firstDayOf({ kept }: Keeping): number | undefined {
  const days = KEPT.flatMap((kind) => kept[FIRST_DAY[kind]] ?? []).map(dayOfDate)
  return days.length === 0 ? undefined : Math.min(...days)
}

/** @returns undefined where there is nothing of the kind */
export function reachOf(kind: Kept, { kept, settings }: Keeping, tried: Settings, today: number): Reach | undefined {
  const date = kept[FIRST_DAY[kind]]
  if (date === undefined) return undefined
  const from = dayOfDate(date)
  // By the settings in force it has gone already, and whatever is left is needed.
  const daysOf = (one: Kept) => {
    const days = tried[`${one}Days`]
    return days === undefined || days === settings[`${one}Days`] ? Number.POSITIVE_INFINITY : days
  }
  // A snapshot is of events that are there.
  const days = kind === 'snapshots' ? Math.min(daysOf(kind), daysOf('events')) : daysOf(kind)
  return { from, stays: Math.max(from, today - days) }
}

/** Dates to be written along the line, of equal distance as far as there are so many days; the first and the last are. */
export function marksOf(first: number, today: number, most: number): number[] {
  const steps = Math.min(most - 1, today - first)
  if (steps === 0) return [today]
  return Array.from({ length: steps + 1 }, (_, i) => first + Math.round(((today - first) * i) / steps))
}
