/**
 * Who took an alert, handed it on, put it off or resolved it, when and with which note: as one value, since it is only
 * ever read and written as a whole, and few alerts have any. Frozen: a later change is a later migration.
 */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('alerts').addColumn('handling', 'jsonb').execute()
}
