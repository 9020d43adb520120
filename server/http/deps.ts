/** What the routes work with. */

import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#db/schema.ts'
import type { Archive } from '#server/archive/archive.ts'
import type { Audit } from '#server/auth/audit.ts'
import type { Identity, OpenId } from '#server/auth/identity.ts'
import type { KeyRing } from '#server/auth/keyRing.ts'
import type { Limits } from '#server/auth/limits.ts'
import type { People } from '#server/auth/people.ts'
import type { Screens } from '#server/auth/screens.ts'
import type { Erasures } from '#server/keeping/erasure.ts'
import type { Keeping } from '#server/keeping/keeping.ts'
import type { Charts } from '#server/live/charts.ts'
import type { Clock } from '#server/live/clock.ts'
import type { Commands } from '#server/live/commands.ts'
import type { Metrics } from '#server/live/metrics.ts'
import type { Rooms } from '#server/live/rooms.ts'
import type { Segments } from '#server/live/segments.ts'
import type { EventLog } from '#server/log/log.ts'
import type { Reports } from '#server/reports/reports.ts'
import type { Shops } from '#server/shops.ts'
import type { Door } from './door.ts'

export interface Deps {
  shops: Shops
  db: Kysely<Database>
  keys: KeyRing
  identity: Identity
  people: People
  screens: Screens
  audit: Audit
  limits: Limits
  /** Where people may also sign in. */
  openid: OpenId | undefined
  /** Where people reach the server; as each request says when undefined. */
  publicUrl: string | undefined
  door: Door
  rooms: Rooms
  log: EventLog
  archive: Archive
  charts: Charts
  segments: Segments
  reports: Reports
  commands: Commands
  erasures: Erasures
  keeping: Keeping
  metrics: Metrics
  clock: Clock
  logger: Logger
  /** Where the built wall is. */
  distDir: string
}
