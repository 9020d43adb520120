/**
 * The tables as Kysely sees them. Instants are epoch milliseconds in `bigint` columns, read as numbers (see open.ts).
 * What each table is for and how it is indexed is said where it is made: migrations/0001_log.ts.
 */
import type { Generated, JSONColumnType } from 'kysely'

export interface Database {
  shops: ShopsTable
  events: EventsTable
  snapshots: SnapshotsTable
  rejected: RejectedTable
  alerts: AlertsTable
  api_keys: ApiKeysTable
  commands: CommandsTable
  shown: ShownTable
  reports: ReportsTable
}

interface ShopsTable {
  id: Generated<number>
  slug: string
  name: string
  timezone: string
  /** What else its first configuration says, in force from the beginning of time. */
  config: JSONColumnType<Record<string, unknown>>
  created_at: number
}

interface EventsTable {
  shop_id: number
  seq: number
  recorded_at: number
  time: number
  source: string
  id: string
  subject: string
  body: string
}

interface SnapshotsTable {
  shop_id: number
  seq: number
  at: number
  version: number
  base_seq: number
  front: Buffer
  bytes: Buffer
}

interface RejectedTable {
  id: Generated<number>
  shop_id: number
  received_at: number
  key_name: string
  reason: string
  body: string
}

interface AlertsTable {
  shop_id: number
  id: string
  opened_at: number
  rule: string
  subject: string
  level: 'warn' | 'breach'
  state: 'open' | 'acknowledged' | 'snoozed' | 'resolved'
  since: number
  due_at: number | null
  resolved_at: number | null
  late_ms: number | null
  withdrawn: boolean
  acknowledged_by: string | null
  agent: string | null
  queue: string | null
  handling: object | null
}

interface ApiKeysTable {
  id: Generated<number>
  name: string
  /** SHA-256 of the key; the key itself is never kept. */
  hash: Buffer
  /** Null: every shop. */
  shop_id: number | null
  scopes: string[]
  created_at: number
  revoked_at: number | null
}

interface ShownTable {
  shop_id: number
  at: number
  sum: string
}

interface CommandsTable {
  shop_id: number
  id: string
  answer: JSONColumnType<Record<string, unknown>>
  answered_at: number
}

interface ReportsTable {
  shop_id: number
  period: string
  timezone: string
  version: string
  body: string
}
