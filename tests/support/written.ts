/** Writing a log by hand: one line an event, times as a clock on the wall of the shop. */
import type { EventType, RecordedEvent } from '#core/events.ts'

export interface Line {
  /** Local date and time. */
  time: string
  type: EventType
  subject: string
  data?: object
  /** When it was recorded; at its time when left out. */
  recorded?: string
}

/** The instant of a local date and time such as `2026-11-20T09:00:00.001`. */
export function instant(zone: string, local: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds
}

/** The lines as a recorded log: in the order they were recorded, lines of one instant as they are written. */
export function written(zone: string, lines: Line[], source = 'test'): RecordedEvent[] {
  return lines
    .map(({ time, type, subject, data = {}, recorded = time }) => {
      return { recordedAt: instant(zone, recorded), time: instant(zone, time), source, type, subject, data }
    })
    .sort((a, b) => a.recordedAt - b.recordedAt)
    .map((event, index) => ({ ...event, seq: index + 1, id: `e${index + 1}` }) as RecordedEvent)
}
