/**
 * Reports of periods that are over, each worked out once. The zone is part of the key: with it a day begins and ends at
 * other instants. Frozen: a later change is a later migration.
 */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reports')
    .addColumn('shop_id', 'integer', (c) => c.notNull().references('shops.id'))
    .addColumn('period', 'text', (c) => c.notNull())
    .addColumn('timezone', 'text', (c) => c.notNull())
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('reports_pkey', ['shop_id', 'period', 'timezone', 'version'])
    .execute()
}
