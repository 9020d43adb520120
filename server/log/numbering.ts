/** What of some batches may be appended to a log, and when each event of it is recorded. */
import type { NewEvent } from '#db/events.ts'
import type { Batch, Head, IncomingEvent } from './log.ts'

/** An event on its way in, and the earliest that it may be recorded. */
export interface Candidate {
  event: IncomingEvent
  earliest: number
}

/** What may be appended, and for each event of each batch what it is there; undefined where the batches repeat themselves. */
export function withoutRepeats(batches: readonly Batch[]) {
  const candidates: Candidate[] = []
  const seen = new Map<string, Set<string>>()
  const places = batches.map(({ stamp, events }) =>
    events.map((event) => {
      const ids = seen.get(event.source) ?? new Set()
      if (ids.has(event.id)) return undefined
      seen.set(event.source, ids.add(event.id))
      const earliest = stamp.mode === 'live' ? stamp.recordedAt : Math.min(event.recordedAt ?? event.time, stamp.clock)
      const candidate = { event, earliest }
      candidates.push(candidate)
      return candidate
    }),
  )
  return { candidates, places }
}

/** As they follow on the head of a log: none is recorded before the one before it. */
export function numberedOn(head: Head, candidates: readonly Candidate[]): NewEvent[] {
  let recordedAt = head.recordedAt
  return candidates.map(({ event: { source, id, time, subject, body }, earliest }) => {
    recordedAt = Math.max(recordedAt, earliest)
    return { recorded_at: recordedAt, time: Math.min(time, recordedAt), source, id, subject, body }
  })
}
