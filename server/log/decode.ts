/** From the log's text back to what the fold takes. */
import type { RecordedEvent } from '#core/events.ts'
import { EVENT_END, type EventRow } from '#db/events.ts'

/** `body` is the CloudEvent as it was sent. */
export interface StoredEvent {
  seq: number
  recordedAt: number
  /** Never later than recordedAt. */
  time: number
  body: string
}

/** The events of a page as `readEvents` gives it. */
export function eventsOf(page: string): StoredEvent[] {
  return page === '' ? [] : page.split(EVENT_END).map(eventOf)
}

function eventOf(line: string): StoredEvent {
  const first = line.indexOf(' ')
  const second = line.indexOf(' ', first + 1)
  const third = line.indexOf(' ', second + 1)
  return {
    seq: Number(line.slice(0, first)),
    recordedAt: Number(line.slice(first + 1, second)),
    time: Number(line.slice(second + 1, third)),
    body: line.slice(third + 1),
  }
}

export function storedOf({ seq, recorded_at, time, body }: EventRow): StoredEvent {
  return { seq, recordedAt: recorded_at, time, body }
}

/** The event as the fold takes it. */
export function toRecorded({ seq, recordedAt, time, body }: StoredEvent): RecordedEvent {
  const { source, id, type, subject, data } = JSON.parse(body)
  return {
    seq,
    recordedAt,
    time,
    source,
    id,
    type,
    subject,
    data: data ?? {},
  } as RecordedEvent
}
