/** From the log's text back to what the fold takes. */
import type { RecordedEvent } from '#core/events.ts'

/** `body` is the CloudEvent as it was sent. */
export interface StoredEvent {
  seq: number
  recordedAt: number
  /** Never later than recordedAt. */
  time: number
  body: string
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
