/** How far back each kind of thing reaches, and how far it would under other settings. Days are numbers of local dates. */
import { dayOfDate } from '#core/zone.ts'
import type { Keeping, Kind, Settings } from './types.ts'

export interface Reach {
  /** The first day there is something of; and the first of what would stay, at the most the day after today. */
  from: number
  stays: number
  /** There may be older ones, of days whose events are gone. */
  open: boolean
}

/**
 * @param today a local date
 * @param tried the settings that would be
 * @returns undefined where nothing is kept
 */
export function reachOf(kind: Kind, { kept, settings }: Keeping, tried: Settings, today: string): Reach | undefined {
  if (kept.firstDay === undefined || kept[kind] === 0) return undefined
  const now = dayOfDate(today)
  const first = dayOfDate(kept.firstDay)
  const back = (days = Number.POSITIVE_INFINITY) => Math.max(first, now - days)
  const eventsStay = back(tried.eventsDays)
  // Only what the settings say is known of the age of the others: by them the older ones are gone.
  if (kind === 'events') return { from: first, stays: eventsStay, open: false }
  const from = back(settings[`${kind}Days`])
  const stays = Math.max(from, back(tried[`${kind}Days`]))
  if (kind === 'snapshots') return { from, stays: Math.max(stays, eventsStay), open: false }
  return {
    from,
    stays,
    open: kept.from !== undefined && now - (settings.reportsDays ?? Number.POSITIVE_INFINITY) < first,
  }
}

/** Dates to be written along the line, of equal distance as far as there are so many days; the first and the last are. */
export function marksOf(first: number, today: number, most: number): number[] {
  const steps = Math.min(most - 1, today - first)
  return steps === 0
    ? [today]
    : Array.from({ length: steps + 1 }, (_, i) => first + Math.round(((today - first) * i) / steps))
}
