/** The last hours as points for a chart. A point that can no longer change is worked out once. */
import { drawView } from '#core/floor.ts'
import type { View } from '#core/view.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { Past } from './past.ts'
import type { Rooms } from './rooms.ts'

export interface Point {
  at: string
  waiting: number
  online: number
  firstRate?: number
  replyRate?: number
}

/** For each shop and step the last day at one point a minute, and some more. */
const MAX_POINTS = 2_000
const MAX_CHARTS = 50

export class Charts {
  #past: Past
  #rooms: Rooms
  #known = new Map<string, Map<number, Point>>()

  constructor(past: Past, rooms: Rooms) {
    this.#past = past
    this.#rooms = rooms
  }

  /** The points at the multiples of `stepMs` after `from`, up to `to`; all in epoch ms. `to` must be reserved. */
  async points(shop: ShopRecord, span: { from: number; to: number; stepMs: number }): Promise<Point[]> {
    const { from, to, stepMs } = span
    const known = this.#knownOf(shop, stepMs)
    const finalUpTo = (await this.#rooms.of(shop)).head.recordedAt - 1
    const wanted: number[] = []
    for (let at = (Math.floor(from / stepMs) + 1) * stepMs; at <= to; at += stepMs) wanted.push(at)
    const points = new Map(wanted.map((at) => [at, known.get(at)]))
    const missing = wanted.filter((at) => points.get(at) === undefined)
    await this.#past.visit(shop, missing, finalUpTo, (floor, at) => {
      const point = pointOf(drawView(floor))
      points.set(at, point)
      if (at <= finalUpTo) known.set(at, point)
    })
    for (const at of [...known.keys()].slice(0, Math.max(0, known.size - MAX_POINTS))) known.delete(at)
    return wanted.map((at) => points.get(at) as Point)
  }

  #knownOf(shop: ShopRecord, stepMs: number): Map<number, Point> {
    const key = `${shop.id} ${stepMs}`
    const known = this.#known.get(key) ?? new Map<number, Point>()
    this.#known.delete(key)
    this.#known.set(key, known)
    if (this.#known.size > MAX_CHARTS) this.#known.delete(this.#known.keys().next().value ?? '')
    return known
  }
}

function pointOf(view: View): Point {
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
