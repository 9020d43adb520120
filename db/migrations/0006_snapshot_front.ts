/**
 * The front of a snapshot, what is few or changes all the time, stands apart: of several that follow one another only
 * the newest one's is read. Frozen: a later change is a later migration.
 */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Snapshots of before are of another version, which is not read any more.
  await db.schema
    .alterTable('snapshots')
    .addColumn('front', 'bytea', (column) => column.notNull().defaultTo(sql`''::bytea`))
    .execute()
  await db.schema
    .alterTable('snapshots')
    .alterColumn('front', (column) => column.dropDefault())
    .execute()
  await sql`alter table snapshots alter column front set storage external`.execute(db)
}
