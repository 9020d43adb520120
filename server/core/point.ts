/** A point of the charts of the last hours: the same whether the server looks back for it or a screen draws it from its view. */
import type { View } from './view.ts'

/** Rates are over the 15 minutes up to `at`, between 0 and 1; left out when nothing was decided. */
export interface Point {
  /** RFC 3339. */
  at: string
  waiting: number
  online: number
  firstRate?: number
  replyRate?: number
}

export function pointOf(view: View): Point {
  const { first, reply } = view.response
  let waiting = 0
  for (const queue of Object.values(view.queues)) waiting += queue.waiting
  let online = 0
  for (const agent of Object.values(view.agents)) if (agent.status === 'online') online++
  return {
    at: view.at,
    waiting,
    online,
    ...(first.recent.rate !== undefined && { firstRate: first.recent.rate }),
    ...(reply.recent.rate !== undefined && { replyRate: reply.recent.rate }),
  }
}
