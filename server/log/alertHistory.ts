/** What became of the alerts of every shop: one record an alert, as it last was. */
import type { Kysely } from 'kysely'
import { type AlertRecord, handlingOf } from '#core/floor.ts'
import {
  type AlertRow,
  type AlertsWanted,
  deleteAlertsAfter,
  listAlerts,
  type NewAlertRow,
  saveAlerts,
} from '#db/alerts.ts'
import type { Database } from '#db/schema.ts'

export class AlertHistory {
  #db: Kysely<Database>

  constructor(db: Kysely<Database>) {
    this.#db = db
  }

  /** Writes alerts as they now are; the same again changes nothing. */
  async save(shopId: number, records: readonly AlertRecord[]): Promise<void> {
    await saveAlerts(this.#db, shopId, records.map(rowOf))
  }

  /** In order of opening. */
  async list(shopId: number, wanted: AlertsWanted): Promise<AlertRecord[]> {
    return (await listAlerts(this.#db, shopId, wanted)).map(recordOf)
  }

  /** Lets go of those that opened after an instant: what they were judged by has turned out otherwise. */
  async forget(shopId: number, openedAfter: number): Promise<void> {
    await deleteAlertsAfter(this.#db, shopId, openedAfter)
  }
}

function rowOf(record: AlertRecord): NewAlertRow {
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
    retold: record.retold ?? false,
  }
}

/** Of most alerts there is nothing to keep. */
const orNull = (handling: object): object | null => (Object.keys(handling).length === 0 ? null : handling)

function recordOf(row: AlertRow): AlertRecord {
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
