/** Working time: half-open windows on local days, and the sums one does with them. */
import { weekdayOf, type Zone } from './zone.ts'

/** Minutes after local midnight, start inclusive, end exclusive. */
export type Window = readonly [from: number, to: number]

/** Which windows a local day has: by its weekday, unless the day is listed on its own. */
export interface Hours {
  week: readonly (readonly Window[])[]
  days?: ReadonlyMap<number, readonly Window[]>
}

/** The windows of any local day. */
export function windowsOf({ week, days }: Hours): (day: number) => readonly Window[] {
  return (day) => days?.get(day) ?? week[weekdayOf(day)] ?? []
}

/** How many days ahead a calendar is searched before it counts as never opening again. */
const HORIZON_DAYS = 800

export class Calendar {
  readonly zone: Zone
  #windowsOn: (day: number) => readonly Window[]
  #spans = new Map<number, readonly number[]>()
  /** What was asked for last: most questions are of today. */
  #lastDay = Number.NaN
  #lastSpans: readonly number[] = []
  /** The ends of n-th open days, by n and day. */
  #nthEnds: Map<number, number>[] = []

  /** @param windowsOn the windows of a local day */
  constructor(zone: Zone, windowsOn: (day: number) => readonly Window[]) {
    this.zone = zone
    this.#windowsOn = windowsOn
  }

  /** The instants [open, close, open, close …] of a local day. */
  spans(day: number): readonly number[] {
    if (day === this.#lastDay) return this.#lastSpans
    let spans = this.#spans.get(day)
    if (spans === undefined) {
      spans = this.#windowsOn(day).flatMap(([from, to]) => [this.zone.at(day, from), this.zone.at(day, to)])
      this.#spans.set(day, spans)
    }
    this.#lastDay = day
    this.#lastSpans = spans
    return spans
  }

  opensOn(day: number): boolean {
    return this.spans(day).length > 0
  }

  isOpen(instant: number): boolean {
    const spans = this.spans(this.zone.dayOf(instant))
    for (let i = 0; i < spans.length; i += 2) {
      if (instant >= (spans[i] as number) && instant < (spans[i + 1] as number)) return true
    }
    return false
  }

  /**
   * The instant at which `ms` of working time have passed since `start`; what fills a window ends at its closing
   * instant. Infinity when the calendar never opens again.
   */
  add(start: number, ms: number): number {
    let left = ms
    const first = this.zone.dayOf(start)
    for (let day = first; day < first + HORIZON_DAYS; day++) {
      const spans = this.spans(day)
      for (let i = 0; i < spans.length; i += 2) {
        const open = Math.max(spans[i] as number, start)
        const length = (spans[i + 1] as number) - open
        if (length <= 0) continue
        if (left <= length) return open + left
        left -= length
      }
    }
    return Number.POSITIVE_INFINITY
  }

  /** Working time between two instants, in ms; 0 when `to` is not after `from`. */
  elapsed(from: number, to: number): number {
    if (to <= from) return 0
    let total = 0
    const last = this.zone.dayOf(to)
    for (let day = this.zone.dayOf(from); day <= last; day++) {
      const spans = this.spans(day)
      for (let i = 0; i < spans.length; i += 2) {
        const length = Math.min(spans[i + 1] as number, to) - Math.max(spans[i] as number, from)
        if (length > 0) total += length
      }
    }
    return total
  }

  /** The first opening or closing instant after `instant`; Infinity when there is none. */
  nextEdge(instant: number): number {
    return this.#search(instant, (spans) => spans.find((edge) => edge > instant))
  }

  /** The first end of a day's last window after `instant`. */
  nextClose(instant: number): number {
    return this.#search(instant, (spans) => {
      const close = spans.at(-1)
      return close !== undefined && close > instant ? close : undefined
    })
  }

  /** The first local time `minutes` of an open day after `instant`. */
  nextAt(instant: number, minutes: number): number {
    return this.#search(instant, (spans, day) => {
      const at = this.zone.at(day, minutes)
      return spans.length > 0 && at > instant ? at : undefined
    })
  }

  /** The last instant (23:59:59.999) of the n-th open day after the local day of `instant`. */
  endOfNthDayAfter(instant: number, n: number): number {
    const day = this.zone.dayOf(instant)
    this.#nthEnds[n] ??= new Map()
    const ends = this.#nthEnds[n]
    let end = ends.get(day)
    if (end === undefined) {
      end = this.#nthEndAfter(day, n)
      ends.set(day, end)
    }
    return end
  }

  #nthEndAfter(first: number, n: number): number {
    let left = n
    for (let day = first + 1; day < first + HORIZON_DAYS; day++) {
      if (this.opensOn(day) && --left === 0) return this.zone.startOf(day + 1) - 1
    }
    return Number.POSITIVE_INFINITY
  }

  #search(instant: number, find: (spans: readonly number[], day: number) => number | undefined): number {
    const first = this.zone.dayOf(instant)
    for (let day = first; day < first + HORIZON_DAYS; day++) {
      const found = find(this.spans(day), day)
      if (found !== undefined) return found
    }
    return Number.POSITIVE_INFINITY
  }
}
