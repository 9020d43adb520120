/** The last hours as points for a chart. A point that can no longer change is worked out once. */
import type { Point } from '#core/point.ts'
import type { Archive } from '#server/archive/archive.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { Rooms } from './rooms.ts'

/** For each shop and step the last day at one point a minute, and some more. */
const MAX_POINTS = 2_000
const MAX_CHARTS = 50

export class Charts {
  #archive: Archive
  #rooms: Rooms
  #known = new Map<string, Map<number, Point>>()

  constructor(archive: Archive, rooms: Rooms) {
    this.#archive = archive
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
    const seen = await this.#archive.lookAlong(shop, missing, finalUpTo, 'point')
    for (const [i, at] of missing.entries()) {
      const point = seen[i] as Point
      points.set(at, point)
      if (at <= finalUpTo) known.set(at, point)
    }
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
