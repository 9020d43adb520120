/**
 * Who may come in: people, their sessions, roles, screens, keys of sources, and the record of what they did.
 * `user`, `session`, `account`, `verification` and `deviceCode` are better-auth's, named and shaped as it wants them.
 * Frozen: a later change is a later migration.
 */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('user')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull().unique())
    .addColumn('emailVerified', 'boolean', (c) => c.notNull())
    .addColumn('image', 'text')
    .addColumn('createdAt', 'timestamptz', (c) => c.notNull().defaultTo(sql`current_timestamp`))
    .addColumn('updatedAt', 'timestamptz', (c) => c.notNull().defaultTo(sql`current_timestamp`))
    .addColumn('username', 'text', (c) => c.unique())
    .addColumn('displayUsername', 'text')
    .execute()

  await db.schema
    .createTable('session')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('expiresAt', 'timestamptz', (c) => c.notNull())
    .addColumn('token', 'text', (c) => c.notNull().unique())
    .addColumn('createdAt', 'timestamptz', (c) => c.notNull().defaultTo(sql`current_timestamp`))
    .addColumn('updatedAt', 'timestamptz', (c) => c.notNull())
    .addColumn('ipAddress', 'text')
    .addColumn('userAgent', 'text')
    .addColumn('userId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .execute()
  await db.schema.createIndex('session_userId_idx').on('session').column('userId').execute()

  await db.schema
    .createTable('account')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('accountId', 'text', (c) => c.notNull())
    .addColumn('providerId', 'text', (c) => c.notNull())
    .addColumn('userId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('accessToken', 'text')
    .addColumn('refreshToken', 'text')
    .addColumn('idToken', 'text')
    .addColumn('accessTokenExpiresAt', 'timestamptz')
    .addColumn('refreshTokenExpiresAt', 'timestamptz')
    .addColumn('scope', 'text')
    .addColumn('password', 'text')
    .addColumn('createdAt', 'timestamptz', (c) => c.notNull().defaultTo(sql`current_timestamp`))
    .addColumn('updatedAt', 'timestamptz', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('account_userId_idx').on('account').column('userId').execute()

  await db.schema
    .createTable('verification')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('identifier', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('expiresAt', 'timestamptz', (c) => c.notNull())
    .addColumn('createdAt', 'timestamptz', (c) => c.notNull().defaultTo(sql`current_timestamp`))
    .addColumn('updatedAt', 'timestamptz', (c) => c.notNull().defaultTo(sql`current_timestamp`))
    .execute()
  await db.schema.createIndex('verification_identifier_idx').on('verification').column('identifier').execute()

  await db.schema
    .createTable('deviceCode')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('deviceCode', 'text', (c) => c.notNull().unique())
    .addColumn('userCode', 'text', (c) => c.notNull().unique())
    .addColumn('userId', 'text')
    .addColumn('expiresAt', 'timestamptz', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('lastPolledAt', 'timestamptz')
    .addColumn('pollingInterval', 'integer')
    .addColumn('clientId', 'text')
    .addColumn('scope', 'text')
    .execute()

  // One role a person and shop. Shop 0 is every shop: a null would not be unique.
  await db.schema
    .createTable('roles')
    .addColumn('user_id', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('shop_id', 'integer', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('roles_pkey', ['user_id', 'shop_id'])
    .execute()

  // A panel is a user of its own that nobody can sign in as.
  await db.schema
    .createTable('screens')
    .addColumn('user_id', 'text', (c) => c.primaryKey().references('user.id').onDelete('cascade'))
    .addColumn('shop_id', 'integer', (c) => c.notNull().references('shops.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('place', 'text')
    .addColumn('settings', 'jsonb', (c) => c.notNull())
    .addColumn('paired_at', 'bigint', (c) => c.notNull())
    .addColumn('paired_by', 'text', (c) => c.notNull())
    .addColumn('last_seen_at', 'bigint')
    .execute()

  await db.schema
    .alterTable('api_keys')
    .addColumn('source', 'text')
    .addColumn('created_by', 'text')
    .addColumn('expires_at', 'bigint')
    .addColumn('last_used_at', 'bigint')
    .addColumn('limit_per_minute', 'integer')
    .addColumn('webhook_secret', 'bytea')
    .execute()

  // A delivery that was taken is not taken again. Rows older than the tolerance of timestamps are swept away.
  await db.schema
    .createTable('webhook_deliveries')
    .addColumn('key_id', 'integer', (c) => c.notNull())
    .addColumn('delivery', 'text', (c) => c.notNull())
    .addColumn('signed_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('webhook_deliveries_pkey', ['key_id', 'delivery', 'signed_at'])
    .execute()
  await db.schema.createIndex('webhook_deliveries_by_age').on('webhook_deliveries').column('signed_at').execute()

  await db.schema
    .createTable('secrets')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()

  // No foreign key: the record outlives what it tells of.
  await db.schema
    .createTable('audit')
    .addColumn('id', 'bigserial', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('actor_kind', 'text', (c) => c.notNull())
    .addColumn('actor_id', 'text')
    .addColumn('actor_name', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('shop', 'text')
    .addColumn('target', 'text')
    .addColumn('detail', 'text')
    .addColumn('address', 'text')
    .execute()
  await db.schema.createIndex('audit_of_shop').on('audit').columns(['shop', 'id']).execute()
  await sql`
    create function audit_is_append_only() returns trigger language plpgsql as $$
    begin raise exception 'the record is append-only'; end $$`.execute(db)
  await sql`
    create trigger audit_append_only before update or delete or truncate on audit
    for each statement execute function audit_is_append_only()`.execute(db)
}
