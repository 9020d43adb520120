import type { View } from '#core/view.ts'

/** One instant of the last hours. Rates are over the 15 minutes up to it, between 0 and 1; left out when nothing was decided. */
export interface HistoryPoint {
  at: number
  waiting: number
  online: number
  firstRate?: number
  replyRate?: number
}

/** What `GET /api/shops/{shop}/history` answers. */
export interface HistoryAnswer {
  points: (Omit<HistoryPoint, 'at'> & { at: string })[]
}

export const SPAN_MS = 4 * 60 * 60_000
export const STEP_MS = 60_000

export function fromAnswer({ points }: HistoryAnswer): HistoryPoint[] {
  return points.map((point) => ({ ...point, at: Date.parse(point.at) }))
}

export function pointOf(view: View): HistoryPoint {
  const { first, reply } = view.response
  return {
    at: Date.parse(view.at),
    waiting: Object.values(view.queues).reduce((sum, queue) => sum + queue.waiting, 0),
    online: Object.values(view.agents).filter((agent) => agent.status === 'online').length,
    ...(first.recent.rate !== undefined && { firstRate: first.recent.rate }),
    ...(reply.recent.rate !== undefined && { replyRate: reply.recent.rate }),
  }
}

/** The points with the newest added: one for each step, the last one moving with time, what is too old left behind. */
export function extend(points: readonly HistoryPoint[], newest: HistoryPoint): HistoryPoint[] {
  const step = Math.floor(newest.at / STEP_MS)
  const before = points.filter((p) => p.at > newest.at - SPAN_MS && Math.floor(p.at / STEP_MS) < step)
  return [...before, newest]
}
