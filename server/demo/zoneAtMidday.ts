import { localTime, WHOLE_HOUR_ZONES } from '../play/wholeHourZones.ts'

/** Within these local minutes the demo may start; best at 11:40: the floor is full, two pickup waves are still to come. */
const EARLIEST = 10 * 60 + 30
const LATEST = 14 * 60 + 30
const BEST = 11 * 60 + 40
const DAY = 24 * 60
const SUNDAY = 7
const SATURDAY = 6

/** Where it is the middle of a day at `now` (epoch ms): of a working day if that is anywhere so, rather not of a Sunday. */
export function zoneAtMidday(now: number): string {
  return WHOLE_HOUR_ZONES.toSorted((a, b) => distance(now, a) - distance(now, b))[0]!
}

/** How far a zone is from what the demo would like, in minutes; a wrong weekday counts as days. */
function distance(now: number, timezone: string): number {
  const { hour, minute, dayOfWeek } = localTime(now, timezone)
  const minutes = hour * 60 + minute
  const wrongHour = minutes < EARLIEST || minutes > LATEST ? 3 * DAY : 0
  const wrongDay = dayOfWeek === SUNDAY ? 2 * DAY : dayOfWeek === SATURDAY ? DAY : 0
  return wrongHour + wrongDay + Math.abs(minutes - BEST)
}
