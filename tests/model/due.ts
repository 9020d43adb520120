/** The due instants that are not simply so much working time after the start. */
import type { Calendar } from './calendar.ts'

/** §3.1, 4.1: within the target inside service hours, else by 09:00 of the next day of service. */
export const checkDue = (rule: string) => (calendar: Calendar, start: number) => {
  const { targetMs } = calendar.handbook.rules[rule]!
  if (calendar.isOpen('service', start)) return calendar.add(start, targetMs, 'service')
  const nine = (date: string) => calendar.instantOf(date, '09:00')
  const suits = (date: string) => calendar.windows('service', date).length > 0 && nine(date) > start
  const today = calendar.dateOf(start)
  return nine(suits(today) ? today : calendar.nextDay(today, suits))
}

/** §4.3, 4.4: the first close of a back-office day that lies after the start. */
export function closeOfDay(calendar: Calendar, start: number): number {
  const close = (date: string) => calendar.windows('backoffice', date).at(-1)?.to ?? Number.NEGATIVE_INFINITY
  const suits = (date: string) => close(date) > start
  const today = calendar.dateOf(start)
  return close(suits(today) ? today : calendar.nextDay(today, suits))
}

/** The end of the nth working day, counted from the day after the start. */
export const endOfNthDay = (days: number) => (calendar: Calendar, start: number) => {
  let date = calendar.dateOf(start)
  for (let n = 0; n < days; n++) date = calendar.nextDay(date, (day) => calendar.windows('workday', day).length > 0)
  return calendar.endOfDay(date)
}

export interface Wave {
  /** Local date and time, such as 2026-11-21T13:00. */
  id: string
  instant: number
}

/** The waves of a local day, none where nothing ships. */
export function wavesOf(calendar: Calendar, date: string): Wave[] {
  if (calendar.windows('pickup', date).length === 0) return []
  return calendar.handbook.waves.map(({ at }) => ({ id: `${date}T${at}`, instant: calendar.instantOf(date, at) }))
}

/** §3.4: the wave with which something effective at `instant` goes. */
export function waveFor(calendar: Calendar, instant: number): Wave {
  const { waves, cutoffMs } = calendar.handbook
  const open = (date: string) => calendar.windows('pickup', date).length > 0
  const fitting = (date: string) =>
    waves.findIndex(
      ({ at, before }) =>
        instant < Math.min(calendar.instantOf(date, before), calendar.instantOf(date, at) - cutoffMs) && open(date),
    )
  const today = calendar.dateOf(instant)
  const date = fitting(today) >= 0 ? today : calendar.nextDay(today, (day) => fitting(day) >= 0)
  return wavesOf(calendar, date)[fitting(date)]!
}

/** The first wave after a local day. */
export function firstWaveAfter(calendar: Calendar, date: string): Wave {
  return wavesOf(
    calendar,
    calendar.nextDay(date, (day) => calendar.windows('pickup', day).length > 0),
  )[0]!
}
