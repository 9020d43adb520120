import { Calendar, type Window } from '#core/calendar.ts'
import { minutesOf, weekdayOf, type Zone } from '#core/zone.ts'

const window = (from: string, to: string): Window => [minutesOf(from), minutesOf(to)]
const daily = (from: string, to: string) => () => [window(from, to)]

/** When the people of the shop work. */
export interface Hours {
  /** Chat and operations agents. */
  service: Calendar
  /** Packers, contract clerks, dispatch checkers, stock keepers, the complaints desk. */
  backoffice: Calendar
  /** The courier fetches parcels on these days, not on Sunday. */
  pickup: Calendar
  /** The courier hands parcels to customers. */
  delivery: Calendar
}

export function workingHours(zone: Zone): Hours {
  const pickup = (day: number) => (weekdayOf(day) === 6 ? [] : [window('00:00', '24:00')])
  return {
    service: new Calendar(zone, daily('08:00', '20:00')),
    backoffice: new Calendar(zone, daily('09:00', '17:00')),
    pickup: new Calendar(zone, pickup),
    delivery: new Calendar(zone, daily('09:00', '20:30')),
  }
}
