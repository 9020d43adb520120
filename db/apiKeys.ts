/** Keys of programs. Only the hash of a key is kept. */
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

export interface ApiKeyRow {
  id: number
  name: string
  /** The shop's slug; left out: every shop. */
  shop?: string
  scopes: string[]
  source?: string
  createdAt: number
  createdBy?: string
  expiresAt?: number
  lastUsedAt?: number
  limitPerMinute?: number
  webhookSecret?: Buffer
}

export type NewApiKey = Omit<ApiKeyRow, 'id' | 'shop' | 'lastUsedAt' | 'expiresAt'> & {
  hash: Buffer
  /** Left out: every shop. */
  shopId?: number | undefined
}

/** Those neither revoked nor run out. */
const select = (db: Kysely<Database>, now: number) =>
  db
    .selectFrom('api_keys')
    .leftJoin('shops', 'shops.id', 'api_keys.shop_id')
    .select(['api_keys.id', 'api_keys.name', 'api_keys.scopes', 'api_keys.created_at', 'shops.slug', 'hash', 'source'])
    .select(['created_by', 'expires_at', 'last_used_at', 'limit_per_minute', 'webhook_secret'])
    .where('revoked_at', 'is', null)
    .where(({ or, eb }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))

export async function findKeyByHash(db: Kysely<Database>, hash: Buffer, now: number): Promise<ApiKeyRow | undefined> {
  const row = await select(db, now).where('hash', '=', hash).executeTakeFirst()
  return row && keyOf(row)
}

export async function findKey(
  db: Kysely<Database>,
  id: number,
  now: number,
): Promise<(ApiKeyRow & { hash: Buffer }) | undefined> {
  const row = await select(db, now).where('api_keys.id', '=', id).executeTakeFirst()
  return row && { ...keyOf(row), hash: Buffer.from(row.hash) }
}

/** The oldest first: of one shop, of every shop (null), or all. */
export async function listKeys(
  db: Kysely<Database>,
  shopId: number | null | undefined,
  now: number,
): Promise<ApiKeyRow[]> {
  let query = select(db, now)
  if (shopId === null) query = query.where('api_keys.shop_id', 'is', null)
  else if (shopId !== undefined) query = query.where('api_keys.shop_id', '=', shopId)
  return (await query.orderBy('api_keys.id').execute()).map(keyOf)
}

/** @returns its id */
export async function insertKey(db: Kysely<Database>, key: NewApiKey): Promise<number> {
  const { id } = await db
    .insertInto('api_keys')
    .values({
      name: key.name,
      hash: key.hash,
      shop_id: key.shopId ?? null,
      scopes: key.scopes,
      created_at: key.createdAt,
      source: key.source ?? null,
      created_by: key.createdBy ?? null,
      limit_per_minute: key.limitPerMinute ?? null,
      webhook_secret: key.webhookSecret ?? null,
      expires_at: null,
      revoked_at: null,
      last_used_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Ends a key at an instant; never later than it would have ended anyway. @returns when it ends now */
export async function endKeyAt(db: Kysely<Database>, id: number, at: number): Promise<number> {
  const { ends } = await db
    .updateTable('api_keys')
    .set((e) => ({ expires_at: e.fn<number>('least', ['expires_at', e.val(at)]) }))
    .where('id', '=', id)
    .returning('expires_at as ends')
    .executeTakeFirstOrThrow()
  return ends ?? at
}

/** @returns the hash of the key that was revoked by this, if one was */
export async function revokeKey(db: Kysely<Database>, id: number, at: number): Promise<Buffer | undefined> {
  const row = await db
    .updateTable('api_keys')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('hash')
    .executeTakeFirst()
  return row && Buffer.from(row.hash)
}

export async function markKeyUsed(db: Kysely<Database>, id: number, at: number): Promise<void> {
  await db.updateTable('api_keys').set({ last_used_at: at }).where('id', '=', id).execute()
}

/**
 * Takes a signed delivery, and forgets those signed before an instant.
 * @returns whether it had not been taken before
 */
export async function takeDelivery(
  db: Kysely<Database>,
  delivery: { keyId: number; id: string; signedAt: number },
  forgetBefore: number,
): Promise<boolean> {
  await db.deleteFrom('webhook_deliveries').where('signed_at', '<', forgetBefore).execute()
  const row = await db
    .insertInto('webhook_deliveries')
    .values({ key_id: delivery.keyId, delivery: delivery.id, signed_at: delivery.signedAt })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key_id')
    .executeTakeFirst()
  return row !== undefined
}

/** A delivery that was taken and came to nothing may come again as it is. */
export async function releaseDelivery(
  db: Kysely<Database>,
  delivery: { keyId: number; id: string; signedAt: number },
): Promise<void> {
  await db
    .deleteFrom('webhook_deliveries')
    .where('key_id', '=', delivery.keyId)
    .where('delivery', '=', delivery.id)
    .where('signed_at', '=', delivery.signedAt)
    .execute()
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>

function keyOf(row: Row): ApiKeyRow {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    createdAt: row.created_at,
    ...(row.slug !== null && { shop: row.slug }),
    ...(row.source !== null && { source: row.source }),
    ...(row.created_by !== null && { createdBy: row.created_by }),
    ...(row.expires_at !== null && { expiresAt: row.expires_at }),
    ...(row.last_used_at !== null && { lastUsedAt: row.last_used_at }),
    ...(row.limit_per_minute !== null && { limitPerMinute: row.limit_per_minute }),
    ...(row.webhook_secret !== null && { webhookSecret: Buffer.from(row.webhook_secret) }),
  }
}
