/**
 * A snapshot may say only what changed since the one before it. base_seq is the seq of the whole one that such a run
 * of changes began with, its own for a whole one. Frozen: a later change is a later migration.
 */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('snapshots').addColumn('base_seq', 'bigint').execute()
  await sql`update snapshots set base_seq = seq`.execute(db)
  await db.schema
    .alterTable('snapshots')
    .alterColumn('base_seq', (column) => column.setNotNull())
    .execute()
}
