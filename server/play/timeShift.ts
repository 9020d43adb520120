import type { Zone } from '#core/zone.ts'
import type { RecordedLine } from './recording.ts'

/** `anchor` of the recording is `now`; what follows comes `speed` times faster. Instants in epoch ms. */
export interface TimeShift {
  anchor: number
  now: number
  speed: number
}

const LEAD_IN_MS = 3_600_000

/**
 * The instant at which the recording's clock in `zone` first shows `minutes` after midnight, from an hour before its
 * first event to its last one; of the day before its first only when no day of its own does. Undefined when it never does.
 */
export function instantShowing(minutes: number, zone: Zone, first: number, last: number): number | undefined {
  const isWithin = (instant: number) => instant >= first - LEAD_IN_MS && instant <= last
  const firstDay = zone.dayOf(first)
  for (let day = firstDay; day <= zone.dayOf(last); day++) {
    const instant = zone.at(day, minutes)
    if (isWithin(instant)) return instant
  }
  const before = zone.at(firstDay - 1, minutes)
  return isWithin(before) ? before : undefined
}

/** Where an instant of the recording comes to lie. What lies before now keeps its distances. */
export function shiftInstant(instant: number, { anchor, now, speed }: TimeShift): number {
  const distance = instant - anchor
  return Math.round(now + (distance > 0 ? distance / speed : distance))
}

/**
 * The event at its new time. Its id tells which play it belongs to: sent again after a lost answer it is the same
 * event, in a later play of the same file it is another one.
 */
export function shiftEvent({ event, time }: RecordedLine, shift: TimeShift): string {
  const moved = new Date(shiftInstant(time, shift)).toISOString()
  return JSON.stringify({ ...event, id: `${event.id}@${new Date(shift.now).toISOString()}`, time: moved })
}
