/** The courier's waves (handbook 3.4): which one an order goes with, and which ones a day has. */
import type { Window } from './calendar.ts'
import { PICKUP, WEEK } from './handbookDefaults.ts'
import type { HandbookChanges } from './shop.ts'
import { DAY, dateOf, dayOfDate, minutesOf, weekdayOf, type Zone } from './zone.ts'

export interface Wave {
  /** `2026-11-21T13:00`, the shop's local time. */
  id: string
  at: number
}

/** What becomes effective before `before`, epoch ms, goes with the wave. */
interface Planned {
  wave: Wave
  before: number
}

const HORIZON_DAYS = 400
const NEVER = 'never'

export class PickupSchedule {
  readonly graceMs: number
  readonly weekdays: ReadonlySet<number>
  readonly closed: ReadonlyMap<number, readonly Window[]>
  #zone: Zone
  #waves: { time: string; minutes: number; before: number }[]
  #cutoffMs: number
  #days = new Map<number, Planned[]>()

  constructor(zone: Zone, changes: NonNullable<HandbookChanges['pickup']>) {
    const { waves = PICKUP.waves, weekdays = PICKUP.weekdays, closed = [], graceMs = 0, cutoffMs = 0 } = changes
    this.#zone = zone
    // One that was published before it had to be under a day must not reach beyond all calendars.
    this.graceMs = Math.min(graceMs, DAY)
    this.weekdays = new Set(weekdays.map((day) => WEEK.indexOf(day)))
    this.closed = new Map(closed.map((date) => [dayOfDate(date), []]))
    this.#cutoffMs = cutoffMs
    this.#waves = waves.map(({ at, before }) => ({ time: at, minutes: minutesOf(at), before: minutesOf(before) }))
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
    return this.#firstFrom(today, ({ before }) => instant < before)
  }

  /** The instant of a wave's id in this zone: of a wave named by another handbook, or in another zone, too. */
  instantOf(id: string): number {
    if (id === NEVER) return Number.POSITIVE_INFINITY
    return this.#zone.at(dayOfDate(id.slice(0, 10)), minutesOf(id.slice(11)))
  }

  /** The first wave of the first open day after `day`; never, when no day is open. */
  firstWaveAfter(day: number): Wave {
    return this.#firstFrom(day + 1, () => true)
  }

  #firstFrom(day: number, suits: (planned: Planned) => boolean): Wave {
    for (let next = day; next < day + HORIZON_DAYS; next++) {
      const found = this.isOpen(next) ? this.#day(next).find(suits) : undefined
      if (found !== undefined) return found.wave
    }
    return { id: NEVER, at: Number.POSITIVE_INFINITY }
  }

  #day(day: number): Planned[] {
    let waves = this.#days.get(day)
    if (waves === undefined) {
      const date = dateOf(day)
      waves = this.#waves.map(({ time, minutes, before }) => {
        const at = this.#zone.at(day, minutes)
        return {
          wave: { id: `${date}T${time}`, at },
          before: Math.min(this.#zone.at(day, before), at - this.#cutoffMs),
        }
      })
      this.#days.set(day, waves)
    }
    return waves
  }
}
