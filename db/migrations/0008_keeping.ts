/**
 * How long a shop keeps what, and which customers it has erased: never who they were. Frozen: a later change is a later
 * migration.
 */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('erasures')
    .addColumn('id', 'serial', (c) => c.primaryKey())
    .addColumn('shop_id', 'integer', (c) => c.notNull().references('shops.id'))
    .addColumn('pseudonym', 'text', (c) => c.notNull())
    .addColumn('erased_at', 'bigint', (c) => c.notNull())
    .addColumn('erased_by', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('events', 'integer', (c) => c.notNull())
    .execute()

  // Days; null: for ever.
  await db.schema
    .createTable('keeping')
    .addColumn('shop_id', 'integer', (c) => c.primaryKey().references('shops.id'))
    .addColumn('events_days', 'integer')
    .addColumn('snapshots_days', 'integer')
    .addColumn('reports_days', 'integer')
    .addColumn('kept_from', 'bigint')
    .addColumn('base_seq', 'bigint')
    .execute()
}
