/** What the database holds of a log's records, and back. */
import { type AlertRecord, handlingOf } from '#core/floor.ts'
import type { AlertRow } from '#db/alerts.ts'
import type { EventRow } from '#db/events.ts'
import type { ChainedRow } from '#db/snapshots.ts'
import type { Rejected, SnapshotPlace, StoredEvent } from './log.ts'

export function rejectedOf(row: {
  id: number
  body: string
  reason: string
  key_name: string
  received_at: number
}): Rejected {
  return { id: row.id, body: row.body, reason: row.reason, keyName: row.key_name, receivedAt: row.received_at }
}

export function rowOf(record: AlertRecord): AlertRow {
  return {
    id: record.id,
    opened_at: record.openedAt,
    rule: record.rule,
    subject: record.subject,
    level: record.level,
    state: record.state,
    since: record.since,
    due_at: record.dueAt ?? null,
    resolved_at: record.resolvedAt ?? null,
    late_ms: record.lateMs ?? null,
    withdrawn: record.withdrawn ?? false,
    acknowledged_by: record.acknowledgedBy ?? null,
    agent: record.agent ?? null,
    queue: record.queue ?? null,
    handling: orNull(handlingOf(record)),
  }
}

/** Of most alerts there is nothing to keep. */
const orNull = (handling: object): object | null => (Object.keys(handling).length === 0 ? null : handling)

export function recordOf(row: AlertRow): AlertRecord {
  return {
    id: row.id,
    rule: row.rule,
    subject: row.subject,
    level: row.level,
    state: row.state,
    since: row.since,
    openedAt: row.opened_at,
    ...(row.due_at !== null && { dueAt: row.due_at }),
    ...(row.resolved_at !== null && { resolvedAt: row.resolved_at }),
    ...(row.late_ms !== null && { lateMs: row.late_ms }),
    ...(row.withdrawn && { withdrawn: true }),
    ...(row.acknowledged_by !== null && { acknowledgedBy: row.acknowledged_by }),
    ...(row.agent !== null && { agent: row.agent }),
    ...(row.queue !== null && { queue: row.queue }),
    ...row.handling,
  }
}

export function storedOf({ seq, recorded_at, time, body }: EventRow): StoredEvent {
  return { seq, recordedAt: recorded_at, time, body }
}

export function placeOf({ seq, base_seq: baseSeq, size, written_by: writtenBy }: ChainedRow): SnapshotPlace {
  return { seq, baseSeq, size, writtenBy }
}
