import { pointOf } from '#core/point.ts'
import type { View } from '#core/view.ts'
import { read } from '../api.ts'
import { extend, type HistoryAnswer, type HistoryPoint, historyPoint, precede, SPAN_MS, STEP_MS } from './history.ts'

/** In less time a chart of hours does not move visibly. */
const REDRAW_MS = 5_000
/** The past is asked for at most so often: after an answer that did not come, or while a history is still being loaded. */
const ASK_AGAIN_MS = 10_000

/** The last hours of a shop: asked for once, then carried on from the views. */
export class Trend {
  #points = $state.raw<readonly HistoryPoint[]>([])
  #shop: string
  #loadedUpTo = 0
  #extendedAt = 0
  #askAgainAt = 0

  constructor(shop: string) {
    this.#shop = shop
  }

  get points(): readonly HistoryPoint[] {
    return this.#points
  }

  /** Takes in a view. After a gap, as at the first one, what lies before is asked for. */
  follow(view: View): void {
    const at = Date.parse(view.at)
    if (at - this.#loadedUpTo > 2 * STEP_MS) void this.#load(at)
    else this.#loadedUpTo = at
    if (at >= this.#extendedAt && at - this.#extendedAt < REDRAW_MS) return
    this.#extendedAt = at
    this.#points = extend(this.#points, historyPoint(pointOf(view)))
  }

  async #load(to: number): Promise<void> {
    if (performance.now() < this.#askAgainAt) return
    this.#askAgainAt = performance.now() + ASK_AGAIN_MS
    const span = `from=${instant(to - SPAN_MS)}&to=${instant(to)}&stepMs=${STEP_MS}`
    const path = `/api/shops/${encodeURIComponent(this.#shop)}/history?${span}`
    const answer = await read<HistoryAnswer>(path).catch(() => undefined)
    if (answer === undefined) return
    this.#loadedUpTo = to
    this.#points = precede(answer.points.map(historyPoint), this.#points)
  }
}

const instant = (ms: number) => encodeURIComponent(new Date(ms).toISOString())
