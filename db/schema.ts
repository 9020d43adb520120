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
  user: UserTable
  session: SessionTable
  account: AccountTable
  verification: VerificationTable
  deviceCode: DeviceCodeTable
  roles: RolesTable
  screens: ScreensTable
  webhook_deliveries: WebhookDeliveriesTable
  secrets: SecretsTable
  audit: AuditTable
  erasures: ErasuresTable
  keeping: KeepingTable
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
  /** The one `source` its events may come from; null: any. */
  source: string | null
  created_at: number
  created_by: string | null
  /** Rotated away: it works until then. */
  expires_at: number | null
  revoked_at: number | null
  last_used_at: number | null
  limit_per_minute: number | null
  /** Signs webhooks: encrypted, for it has to be read again. */
  webhook_secret: Buffer | null
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

/** better-auth's own tables: only what the product itself reads or writes of them. */
interface UserTable {
  id: string
  name: string
  email: string
  emailVerified: boolean
  username: string | null
  displayUsername: string | null
  createdAt: Generated<Date>
  updatedAt: Generated<Date>
}

interface SessionTable {
  id: string
  token: string
  userId: string
  expiresAt: Date
  createdAt: Generated<Date>
  updatedAt: Date
  ipAddress: string | null
  userAgent: string | null
}

interface AccountTable {
  id: string
  userId: string
  providerId: string
  password: string | null
}

interface VerificationTable {
  id: string
  identifier: string
  value: string
  expiresAt: Date
}

interface DeviceCodeTable {
  id: string
  userCode: string
  userId: string | null
  expiresAt: Date
  status: string
}

interface RolesTable {
  user_id: string
  /** 0: every shop. */
  shop_id: number
  role: string
}

interface ScreensTable {
  user_id: string
  shop_id: number
  name: string
  place: string | null
  settings: JSONColumnType<Record<string, string>>
  paired_at: number
  paired_by: string
  last_seen_at: number | null
}

interface WebhookDeliveriesTable {
  key_id: number
  delivery: string
  signed_at: number
}

interface SecretsTable {
  name: string
  value: string
}

interface AuditTable {
  id: Generated<number>
  at: number
  actor_kind: string
  actor_id: string | null
  actor_name: string
  action: string
  shop: string | null
  target: string | null
  detail: string | null
  address: string | null
}

interface ErasuresTable {
  id: Generated<number>
  shop_id: number
  pseudonym: string
  erased_at: number
  erased_by: string
  reason: string | null
  events: number
}

interface KeepingTable {
  shop_id: number
  /** Days; null: for ever. */
  events_days: number | null
  snapshots_days: number | null
  reports_days: number | null
  /** Views are kept since this instant. Null: the log is whole. */
  kept_from: number | null
  /** A whole snapshot of this seq stands for the events up to it. */
  base_seq: number | null
}
