/** What a shop keeps, and for how many days at least and at most. */
export const KEPT = ['events', 'snapshots', 'reports'] as const
export type Kept = (typeof KEPT)[number]

/** The floor remembers what has ended for 30 days, and a week's report is read in the week after. */
export const LEAST_DAYS: Record<Kept, number> = { events: 35, snapshots: 1, reports: 1 }
export const MOST_DAYS = 36_500
