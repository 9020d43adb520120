/** What of the handbook is set by tables and not by rules: hours and waves, as a shop finds them before it changes any. */
import type { HandbookChanges, OpeningHours } from './shop.ts'

export const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEK)[number]

const daily = (from: string, to: string): OpeningHours => ({
  week: Object.fromEntries(WEEK.map((day) => [day, [[from, to]]])),
})

/** Grace and cut-off in ms: the handbook has none. */
export type Pickup = Required<{
  [K in keyof NonNullable<HandbookChanges['pickup']>]: NonNullable<NonNullable<HandbookChanges['pickup']>[K]>
}>

export const SERVICE = daily('08:00', '20:00')
/** Closed by 17:00: complaint_call and inquiry_answer are due then. */
export const BACKOFFICE = daily('09:00', '17:00')

export const PICKUP: Pickup = {
  waves: [
    { at: '10:00', before: '09:00' },
    { at: '13:00', before: '13:00' },
    { at: '17:00', before: '17:00' },
  ],
  /** Sunday does not ship (2.4.4). */
  weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
  closed: [],
  graceMs: 0,
  cutoffMs: 0,
}
