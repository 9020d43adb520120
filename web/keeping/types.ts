/** What the server tells of what a shop keeps. Dates are the shop's own, instants RFC 3339. */

export const KINDS = ['events', 'snapshots', 'reports'] as const
export type Kind = (typeof KINDS)[number]

/** Days; for ever when left out. */
export type Settings = { [K in Kind as `${K}Days`]?: number }

export const MOST_DAYS = 36_500
/** What has ended is remembered for a month, so events are kept a little longer. */
export const LEAST_DAYS: Record<Kind, number> = { events: 35, snapshots: 1, reports: 1 }

interface Sizes {
  events: number
  eventBytes: number
  snapshots: number
  snapshotBytes: number
  reports: number
}

export interface Keeping {
  settings: Settings
  /** `from`: since then the log is whole; left out where it is from its beginning. */
  kept: Sizes & { from?: string; firstDay?: string; firstSnapshotDay?: string; firstReportDay?: string }
}

/** What settings would let go of: of the events, the `days` before a date. */
export type Going = Sizes & { before?: string; days: number }

export const TOUCHED = ['conversations', 'orders', 'returns', 'complaints', 'events', 'rejected'] as const
export type Found = Record<(typeof TOUCHED)[number], number>

export interface Erasure {
  pseudonym: string
  at: string
  by: string
  reason?: string
  events: number
}
