/** The courier's waves (handbook 3.4): which one an order goes with, and which ones a day has. */
import type { Window } from './calendar.ts'
import type { HandbookChanges } from './shop.ts'
import { dateOf, minutesOf, weekdayOf, type Zone } from './zone.ts'

export interface Wave {
  /** `2026-11-21T13:00`, the shop's local time. */
  id: string
  at: number
}

const WAVES = [
  { at: '10:00', before: '09:00' },
  { at: '13:00', before: '13:00' },
  { at: '17:00', before: '17:00' },
]
/** Sunday does not ship (2.4.4). */
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
const ALL = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const HORIZON_DAYS = 400

export class PickupSchedule {
  readonly graceMs: number
  readonly weekdays: ReadonlySet<number>
  readonly closed: ReadonlyMap<number, readonly Window[]>
  #zone: Zone
  #waves: { time: string; minutes: number; before: number }[]
  #days = new Map<number, { wave: Wave; before: number }[]>()

  constructor(zone: Zone, changes: NonNullable<HandbookChanges['pickup']>) {
    this.#zone = zone
    this.graceMs = changes.graceMs ?? 0
    this.weekdays = new Set((changes.weekdays ?? WEEKDAYS).map((day) => ALL.indexOf(day)))
    this.closed = new Map(
      (changes.closed ?? []).map((date) => [Math.floor(Date.parse(`${date}T00:00:00Z`) / 864e5), []]),
    )
    const cutoffMinutes = Math.ceil((changes.cutoffMs ?? 0) / 60_000)
    this.#waves = (changes.waves ?? WAVES).map((wave) => {
      const minutes = minutesOf(wave.at)
      return { time: wave.at, minutes, before: Math.min(minutesOf(wave.before), minutes - cutoffMinutes) }
    })
  }

  isOpen(day: number): boolean {
    return this.weekdays.has(weekdayOf(day)) && !this.closed.has(day)
  }

  /** The waves of a local day, none when it is closed. */
  wavesOn(day: number): Wave[] {
    return this.isOpen(day) ? this.#day(day).map(({ wave }) => wave) : []
  }

  /** The wave that an order effective at `instant` goes with. */
  waveOf(instant: number): Wave {
    const today = this.#zone.dayOf(instant)
    if (this.isOpen(today)) {
      const fitting = this.#day(today).find(({ before }) => instant < before)
      if (fitting !== undefined) return fitting.wave
    }
    return this.firstWaveAfter(today)
  }

  /** The first wave of the first open day after `day`; never, when no day is open. */
  firstWaveAfter(day: number): Wave {
    for (let next = day + 1; next < day + HORIZON_DAYS; next++) {
      const first = this.wavesOn(next)[0]
      if (first !== undefined) return first
    }
    return { id: 'never', at: Number.POSITIVE_INFINITY }
  }

  #day(day: number): { wave: Wave; before: number }[] {
    let waves = this.#days.get(day)
    if (waves === undefined) {
      const date = dateOf(day)
      waves = this.#waves.map(({ time, minutes, before }) => ({
        wave: { id: `${date}T${time}`, at: this.#zone.at(day, minutes) },
        before: before >= 0 ? this.#zone.at(day, before) : Number.NEGATIVE_INFINITY,
      }))
      this.#days.set(day, waves)
    }
    return waves
  }
}
