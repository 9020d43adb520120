/**
 * The shop's local clock. Days are numbered from 1970-01-01 = 0 by their local date; `Temporal` is asked once per
 * day and time of day and the answer kept, so that no event pays for a zone look-up.
 */
export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export class Zone {
  readonly id: string
  #starts = new Map<number, number>()
  #lastDay = Number.NaN
  #lastStart = Number.NaN
  #lastEnd = Number.NaN

  /** @throws RangeError when `id` is no IANA zone. */
  constructor(id: string) {
    this.id = id
    new Intl.DateTimeFormat('en', { timeZone: id })
  }

  /** The local day that holds the instant. */
  dayOf(instant: number): number {
    if (instant >= this.#lastStart && instant < this.#lastEnd) return this.#lastDay
    let day = Math.floor(instant / DAY)
    while (this.startOf(day) > instant) day--
    while (this.startOf(day + 1) <= instant) day++
    this.#lastDay = day
    this.#lastStart = this.startOf(day)
    this.#lastEnd = this.startOf(day + 1)
    return day
  }

  /** The first instant of a local day. */
  startOf(day: number): number {
    let start = this.#starts.get(day)
    if (start === undefined) {
      start = plainDate(day).toZonedDateTime(this.id).epochMilliseconds
      this.#starts.set(day, start)
    }
    return start
  }

  /** The instant at which the local clock of `day` first shows `minutes` after midnight, or more; 1440 is the next midnight. */
  at(day: number, minutes: number): number {
    if (minutes === 0) return this.startOf(day)
    if (minutes >= 1440) return this.startOf(day + 1)
    const start = this.startOf(day)
    // Only a day on which the clocks are changed has another length.
    if (this.startOf(day + 1) - start === DAY) return start + minutes * MINUTE
    const date = plainDate(day)
    const time = Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
    const at = date.toZonedDateTime({ timeZone: this.id, plainTime: time })
    // A time that the clocks leap over is as far behind their leap as it lies within it: by then more has been shown.
    const leap = at.toPlainTime().equals(time) ? undefined : at.getTimeZoneTransition('previous')
    return (leap ?? at).epochMilliseconds
  }
}

/** 0 = Monday … 6 = Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}

/** `2026-11-21` for a day number. */
export function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10)
}

/** The day number of `2026-11-21`. */
export function dayOfDate(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY)
}

/** Minutes after midnight of `09:30`; `24:00` is 1440. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

function plainDate(day: number): Temporal.PlainDate {
  return new Temporal.PlainDate(1970, 1, 1).add({ days: day })
}
