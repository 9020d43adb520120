import { localTime, WHOLE_HOUR_ZONES } from '../play/wholeHourZones.ts'

/** The local time the demo likes to start at: the floor is full, two pickup waves are still to come. */
const BEST_MINUTE = 11 * 60 + 40
const DAY_MINUTES = 24 * 60
const SUNDAY = 7
const SATURDAY = 6

/** Where it is the middle of a day at `now` (epoch ms): of a working day if that is anywhere so, rather not of a Sunday. */
export function zoneAtMidday(now: number): string {
  const strangeness = (timezone: string) => {
    const { hour, minute, dayOfWeek } = localTime(now, timezone)
    const off = Math.abs(hour * 60 + minute - BEST_MINUTE)
    if (off > 150) return DAY_MINUTES * 10 + off
    return off + (dayOfWeek === SUNDAY ? 2 : dayOfWeek === SATURDAY ? 1 : 0) * DAY_MINUTES
  }
  return WHOLE_HOUR_ZONES.toSorted((a, b) => strangeness(a) - strangeness(b))[0]!
}
