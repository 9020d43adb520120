import type { Point } from '#core/point.ts'

/** One instant of the last hours, in epoch ms. */
export interface HistoryPoint extends Omit<Point, 'at'> {
  at: number
}

/** What `GET /api/shops/{shop}/history` answers. */
export interface HistoryAnswer {
  points: Point[]
}

export const SPAN_MS = 4 * 60 * 60_000
export const STEP_MS = 60_000

export const historyPoint = (point: Point): HistoryPoint => ({ ...point, at: Date.parse(point.at) })

/** The points with the newest added: one for each step, the last one moving with time, what is too old left behind. */
export function extend(points: readonly HistoryPoint[], newest: HistoryPoint): HistoryPoint[] {
  const step = Math.floor(newest.at / STEP_MS)
  const before = points.filter((p) => p.at > newest.at - SPAN_MS && Math.floor(p.at / STEP_MS) < step)
  return [...before, newest]
}

/** The points with the past before them that was asked for: it ends with a whole step, after which there is more. */
export function precede(past: readonly HistoryPoint[], points: readonly HistoryPoint[]): HistoryPoint[] {
  const end = past.at(-1)?.at ?? 0
  return [...past, ...points.filter((point) => point.at > end)]
}
