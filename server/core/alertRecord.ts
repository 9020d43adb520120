/** An alert as the history of alerts keeps it. */
import type { Alert, Level } from './alerts.ts'
import type { Floor } from './state.ts'

/** What people did about it. Instants in epoch ms. */
export interface Handling {
  acknowledgedAt?: number
  handedBy?: string
  snoozedBy?: string
  snoozedUntil?: number
  resolvedBy?: string
  note?: string
}

/** Instants in epoch ms; a duration ends in Ms. One record an alert: a later one of the same id replaces it. */
export interface AlertRecord extends Handling {
  id: string
  rule: string
  subject: string
  level: Level
  state: Alert['state']
  since: number
  openedAt: number
  dueAt?: number
  resolvedAt?: number
  lateMs?: number
  withdrawn?: boolean
  acknowledgedBy?: string
  agent?: string
  queue?: string
  /** What people did about it is as the record before says. */
  retold?: true
}

/** The alerts that opened, changed or were resolved since last taken. */
export function takeAlertChanges(floor: Floor): AlertRecord[] {
  const records = [...floor.alerts.changed.values()].map(recordOf)
  floor.alerts.changed.clear()
  return records
}

function recordOf(alert: Alert): AlertRecord {
  const { id, rule, subject, level, state, openedAt } = alert
  const record: AlertRecord = { id, rule, subject, level, state, since: openedAt, openedAt }
  if (alert.dueAt !== undefined) record.dueAt = alert.dueAt
  if (alert.resolvedAt !== undefined) record.resolvedAt = alert.resolvedAt
  if (alert.lateMs !== undefined) record.lateMs = alert.lateMs
  if (alert.withdrawn !== undefined) record.withdrawn = alert.withdrawn
  if (alert.acknowledgedBy !== undefined) record.acknowledgedBy = alert.acknowledgedBy
  if (alert.agent !== undefined) record.agent = alert.agent
  if (alert.queue !== undefined) record.queue = alert.queue
  if (alert.retold) record.retold = true
  return Object.assign(record, handlingOf(alert))
}

/** The later record of an alert, with what it leaves to the earlier. */
export function following(earlier: AlertRecord | undefined, later: AlertRecord): AlertRecord {
  if (later.retold === undefined || earlier === undefined) return later
  const { retold, ...told } = later
  const { acknowledgedBy } = earlier
  const by = acknowledgedBy === undefined ? {} : { acknowledgedBy }
  return { ...told, ...by, ...handlingOf(earlier), ...(earlier.retold && { retold }) }
}

/** Of an alert or a record: only what there is. */
export function handlingOf(alert: { [K in keyof Handling]?: Handling[K] | undefined }): Handling {
  const { acknowledgedAt, handedBy, snoozedBy, snoozedUntil, resolvedBy, note } = alert
  const all = { acknowledgedAt, handedBy, snoozedBy, snoozedUntil, resolvedBy, note }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}
