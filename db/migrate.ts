import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import * as log from './migrations/0001_log.ts'
import * as snapshotChanges from './migrations/0002_snapshot_changes.ts'
import * as alertHandling from './migrations/0003_alert_handling.ts'
import * as shown from './migrations/0004_shown.ts'
import * as reports from './migrations/0005_reports.ts'
import * as snapshotFront from './migrations/0006_snapshot_front.ts'
import * as doors from './migrations/0007_doors.ts'
import * as keeping from './migrations/0008_keeping.ts'
import * as shownAnew from './migrations/0009_shown_anew.ts'
import type { Database } from './schema.ts'
import { StartupError } from './startupError.ts'

/** In order of name. Imported by name, so that what is checked and shipped is what runs. */
const migrations: Record<string, Migration> = {
  '0001_log': log,
  '0002_snapshot_changes': snapshotChanges,
  '0003_alert_handling': alertHandling,
  '0004_shown': shown,
  '0005_reports': reports,
  '0006_snapshot_front': snapshotFront,
  '0007_doors': doors,
  '0008_keeping': keeping,
  '0009_shown_anew': shownAnew,
}

/**
 * Brings the tables up to date; several servers may start at once.
 * @throws StartupError `newer_schema` when a later release has been here
 */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const unknown = (await executed(db)).find((name) => !(name in migrations))
  if (unknown !== undefined)
    throw new StartupError(
      'newer_schema',
      `The database was changed by a newer release (migration ${unknown}): start that release or a later one.`,
    )
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

async function executed(db: Kysely<Database>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return []
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute()
  return rows.map((row) => row.name)
}
