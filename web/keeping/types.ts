/** What the server tells of what a shop keeps. Dates are the shop's own, instants RFC 3339. */
import type { Kept } from '#core/keepingBounds.ts'

/** Days; for ever when left out. */
export type Settings = { [K in Kept as `${K}Days`]?: number }

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
