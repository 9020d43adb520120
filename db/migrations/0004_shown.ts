/**
 * What screens were shown live, once a minute, as a checksum: a replay is held against it. Small rows that are only read
 * by shop and instant. Frozen: a later change is a later migration.
 */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('shown')
    .addColumn('shop_id', 'integer', (column) => column.notNull().references('shops.id'))
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('sum', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('shown_pkey', ['shop_id', 'at'])
    .execute()
}
