/** The log and what hangs on it. Frozen: a later change is a later migration. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('shops')
    .addColumn('id', 'serial', (c) => c.primaryKey())
    .addColumn('slug', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('timezone', 'text', (c) => c.notNull())
    .addColumn('config', 'jsonb', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute()

  // (shop_id, seq) is the order in which a shop is read, and an append always lands at its right-hand edge: the pages
  // it touches are in memory however long the log has grown, and a tail or a past hour lies in neighbouring rows.
  // recorded_at never falls as seq rises, so this key also finds an instant: read on from a snapshot, stop at the
  // first row past it. An index on recorded_at would cost every append and win nothing.
  // (shop_id, source, id) is what makes a second delivery a duplicate, and one look-up an event finds it.
  // Partitions by day were not taken: uniqueness of source and id must hold across days, which PostgreSQL can only
  // promise within one partition, and nothing here scans by day. No foreign key: it would be checked row by row, and
  // only a shop's Room appends.
  await db.schema
    .createTable('events')
    .addColumn('shop_id', 'integer', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('recorded_at', 'bigint', (c) => c.notNull())
    .addColumn('time', 'bigint', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('events_pkey', ['shop_id', 'seq'])
    .addUniqueConstraint('events_delivered_once', ['shop_id', 'source', 'id'])
    .execute()

  // The story of one subject, in order, without reading the days between its first and its last event.
  await db.schema.createIndex('events_of_subject').on('events').columns(['shop_id', 'subject', 'seq']).execute()

  // bytes are compressed already; stored plain, PostgreSQL does not try again.
  await db.schema
    .createTable('snapshots')
    .addColumn('shop_id', 'integer', (c) => c.notNull().references('shops.id'))
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('bytes', 'bytea', (c) => c.notNull())
    .addPrimaryKeyConstraint('snapshots_pkey', ['shop_id', 'seq'])
    .execute()
  await sql`alter table snapshots alter column bytes set storage external`.execute(db)
  await db.schema.createIndex('snapshots_by_instant').on('snapshots').columns(['shop_id', 'at']).execute()

  await db.schema
    .createTable('rejected')
    .addColumn('id', 'bigserial', (c) => c.notNull())
    .addColumn('shop_id', 'integer', (c) => c.notNull().references('shops.id'))
    .addColumn('received_at', 'bigint', (c) => c.notNull())
    .addColumn('key_name', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('rejected_pkey', ['shop_id', 'id'])
    .execute()

  // The history of alerts, one row an alert: becoming a breach opens the same one again, at its due instant.
  // Listed by opening instant, of one rule or of all.
  await db.schema
    .createTable('alerts')
    .addColumn('shop_id', 'integer', (c) => c.notNull().references('shops.id'))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('opened_at', 'bigint', (c) => c.notNull())
    .addColumn('rule', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('level', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('since', 'bigint', (c) => c.notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('resolved_at', 'bigint')
    .addColumn('late_ms', 'bigint')
    .addColumn('withdrawn', 'boolean', (c) => c.notNull())
    .addColumn('acknowledged_by', 'text')
    .addColumn('agent', 'text')
    .addColumn('queue', 'text')
    .addPrimaryKeyConstraint('alerts_pkey', ['shop_id', 'id'])
    .execute()
  await db.schema.createIndex('alerts_by_opening').on('alerts').columns(['shop_id', 'opened_at', 'id']).execute()
  await db.schema.createIndex('alerts_of_rule').on('alerts').columns(['shop_id', 'rule', 'opened_at', 'id']).execute()

  await db.schema
    .createTable('api_keys')
    .addColumn('id', 'serial', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('hash', 'bytea', (c) => c.notNull().unique())
    .addColumn('shop_id', 'integer', (c) => c.references('shops.id'))
    .addColumn('scopes', sql`text[]`, (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('revoked_at', 'bigint')
    .execute()

  // json, not jsonb: the same command gets the same answer, key order and all.
  await db.schema
    .createTable('commands')
    .addColumn('shop_id', 'integer', (c) => c.notNull().references('shops.id'))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('answer', 'json', (c) => c.notNull())
    .addColumn('answered_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('commands_pkey', ['shop_id', 'id'])
    .execute()
}
