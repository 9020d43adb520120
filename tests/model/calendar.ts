/** Working time by walking from window to window, day by day. */
import type { CalendarName, Handbook } from './handbook.ts'
import { DAY } from './handbook.ts'

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Far enough for any working time asked here: longer than the longest run of closed days. */
const DAYS_AHEAD_MAX = 400

/** Half-open, epoch milliseconds. */
export interface Window {
  from: number
  to: number
}

export class Calendar {
  readonly handbook: Handbook
  readonly zone: string
  #known = new Map<string, Window[]>()
  #dates = new Map<number, string>()
  #midnights = new Map<string, number>()
  #daysAfter = new Map<string, string>()

  constructor(handbook: Handbook, zone: string) {
    this.handbook = handbook
    this.zone = zone
  }

  dateOf(instant: number): string {
    return remembered(this.#dates, instant, () => {
      return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(this.zone).toPlainDate().toString()
    })
  }

  /** The local date `days` after a local date. */
  dayAfter(date: string, days = 1): string {
    return remembered(this.#daysAfter, `${date}+${days}`, () => Temporal.PlainDate.from(date).add({ days }).toString())
  }

  /** The first instant of a day at which its clock shows a time, or a later one; `24:00` is the next midnight. */
  instantOf(date: string, time: string): number {
    if (time === '24:00') return this.midnight(this.dayAfter(date))
    const zoned = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: this.zone, plainTime: time })
    return clockAt(zoned) === time ? zoned.epochMilliseconds : this.#firstPast(date, time)
  }

  /** A time that the clocks leap over: minute by minute up to what they show instead. */
  #firstPast(date: string, time: string): number {
    let minute = Temporal.PlainDate.from(date).toZonedDateTime(this.zone)
    while (clockAt(minute) < time) minute = minute.add({ minutes: 1 })
    return minute.epochMilliseconds
  }

  midnight(date: string): number {
    return remembered(this.#midnights, date, () => {
      return Temporal.PlainDate.from(date).toZonedDateTime(this.zone).epochMilliseconds
    })
  }

  endOfDay(date: string): number {
    return this.midnight(this.dayAfter(date)) - 1
  }

  windows(calendar: CalendarName, date: string): Window[] {
    return remembered(this.#known, `${calendar} ${date}`, () => this.#windowsAfresh(calendar, date))
  }

  #windowsAfresh(calendar: CalendarName, date: string): Window[] {
    const book = this.handbook
    const weekday = WEEKDAYS[Temporal.PlainDate.from(date).dayOfWeek - 1]!
    const whole = [{ from: this.midnight(date), to: this.endOfDay(date) + 1 }]
    const hours = (of: Handbook['service']) =>
      (of.days?.[date] ?? of.week[weekday] ?? []).map(([from, to]) => ({
        from: this.instantOf(date, from),
        to: this.instantOf(date, to),
      }))
    const shipsToday = book.pickupWeekdays.includes(weekday) && !book.pickupClosed.includes(date)
    const weekend = weekday === 'sat' || weekday === 'sun'
    const worksToday = book.makeup.includes(date) || !(weekend || book.holidays.includes(date))
    switch (calendar) {
      case 'service':
        return hours(book.service)
      case 'backoffice':
        return hours(book.backoffice)
      case 'pickup':
        return shipsToday ? whole : []
      case 'dispatch_hours':
        return shipsToday ? hours(book.backoffice) : []
      case 'workday':
        return worksToday ? whole : []
      case 'always':
        return whole
    }
  }

  isOpen(calendar: CalendarName, instant: number): boolean {
    return this.openWindow(calendar, instant) !== undefined
  }

  openWindow(calendar: CalendarName, instant: number): Window | undefined {
    return this.windows(calendar, this.dateOf(instant)).find(({ from, to }) => from <= instant && instant < to)
  }

  /** The instant at which `ms` of working time have passed since `start`; the closing instant if they fill a window. */
  add(start: number, ms: number, calendar: CalendarName): number {
    if (ms === 0) return start
    let left = ms
    for (let day = 0, date = this.dateOf(start); day < DAYS_AHEAD_MAX; day++, date = this.dayAfter(date)) {
      for (const { from, to } of this.windows(calendar, date)) {
        const begin = Math.max(from, start)
        const length = Math.max(0, to - begin)
        if (left <= length) return begin + left
        left -= length
      }
    }
    throw new Error(`calendar ${calendar} never opens after ${new Date(start).toISOString()}`)
  }

  /** Working time from one instant to a later one. */
  between(start: number, end: number, calendar: CalendarName): number {
    let sum = 0
    for (let date = this.dateOf(start); this.midnight(date) < end; date = this.dayAfter(date)) {
      for (const { from, to } of this.windows(calendar, date)) {
        sum += Math.max(0, Math.min(to, end) - Math.max(from, start))
      }
    }
    return sum
  }

  /** The first of the local days after `date` for which `wanted` holds. */
  nextDay(date: string, wanted: (date: string) => boolean): string {
    for (let day = 1; day < DAYS_AHEAD_MAX; day++) {
      const next = this.dayAfter(date, day)
      if (wanted(next)) return next
    }
    throw new Error(`no such day in the ${DAYS_AHEAD_MAX * DAY} ms after ${date}`)
  }
}

/** What a calendar says of a date never changes: it is asked of `Temporal` once. */
function remembered<K, V>(known: Map<K, V>, key: K, ask: () => V): V {
  const before = known.get(key)
  if (before !== undefined) return before
  const answer = ask()
  known.set(key, answer)
  return answer
}

/** `02:30`. */
const clockAt = (zoned: Temporal.ZonedDateTime) => zoned.toPlainTime().toString({ smallestUnit: 'minute' })
