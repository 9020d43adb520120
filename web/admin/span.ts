import { dayOfDate, Zone } from '#core/zone.ts'

/** The instants from the beginning of one local date up to the end of another, as the server is asked; '' is without end. */
export function daySpan(from: string, to: string, timezone: string): { from?: string; to?: string } {
  const zone = new Zone(timezone)
  const begin = (day: number) => new Date(zone.at(day, 0)).toISOString()
  return {
    ...(from !== '' && { from: begin(dayOfDate(from)) }),
    ...(to !== '' && { to: begin(dayOfDate(to) + 1) }),
  }
}
