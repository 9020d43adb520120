/** Which handbook and zone were in force when: a running clock keeps the version it started under. */
import type { RecordedEvent } from '#core/events.ts'
import type { HandbookChanges, ShopConfig } from '#core/shop.ts'
import { Calendar } from './calendar.ts'
import { handbookWith } from './handbook.ts'

interface Version {
  from: number
  name: string
  calendar: Calendar
}

const calendars = new Map<string, Calendar>()

/** One per handbook and zone, as it remembers the windows it worked out. */
function calendarFor(changes: HandbookChanges | undefined, zone: string): Calendar {
  const key = JSON.stringify([changes, zone])
  const calendar = calendars.get(key) ?? new Calendar(handbookWith(changes), zone)
  calendars.set(key, calendar)
  return calendar
}

export class Book {
  readonly #versions: Version[]

  constructor(config: ShopConfig, events: RecordedEvent[]) {
    let { name, timezone, handbook } = config
    this.#versions = [{ from: Number.NEGATIVE_INFINITY, name, calendar: calendarFor(handbook, timezone) }]
    for (const { type, data, time } of events) {
      if (type === 'shop.configured') {
        name = data.name ?? name
        timezone = data.timezone ?? timezone
      } else if (type === 'handbook.changed') handbook = data.handbook as HandbookChanges
      else continue
      this.#versions.push({ from: time, name, calendar: calendarFor(handbook, timezone) })
    }
  }

  /** How many there have been. */
  get versions(): number {
    return this.#versions.length
  }

  /** What was published last. */
  get latest(): Calendar {
    return this.#versions.at(-1)!.calendar
  }

  at(instant: number): Calendar {
    return this.#versionAt(instant).calendar
  }

  nameAt(instant: number): string {
    return this.#versionAt(instant).name
  }

  /** The first instant after `from` at which a rule is switched off. */
  switchedOff(rule: string, from: number): number | undefined {
    return this.#versions.find((version) => version.from > from && !version.calendar.handbook.rules[rule]!.on)?.from
  }

  #versionAt(instant: number): Version {
    return this.#versions.findLast((version) => version.from <= instant)!
  }
}
