/** Events that were refused, kept until someone sends them again or lets them go. */
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

export interface NewRejected {
  received_at: number
  key_name: string
  reason: string
  body: string
  source: string | null
  event_id: string | null
}

export async function insertRejected(
  db: Kysely<Database>,
  shopId: number,
  rows: readonly NewRejected[],
): Promise<void> {
  if (rows.length === 0) return
  await db
    .insertInto('rejected')
    .values(rows.map((row) => ({ shop_id: shopId, ...row })))
    .execute()
}

/** Newest first, those with an id below `before`. */
export async function listRejected(db: Kysely<Database>, shopId: number, before: number, limit: number) {
  return await db
    .selectFrom('rejected')
    .selectAll()
    .where('shop_id', '=', shopId)
    .where('id', '<', before)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export async function findRejected(db: Kysely<Database>, shopId: number, id: number) {
  return await db
    .selectFrom('rejected')
    .selectAll()
    .where('shop_id', '=', shopId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function deleteRejected(db: Kysely<Database>, shopId: number, id: number): Promise<void> {
  await db.deleteFrom('rejected').where('shop_id', '=', shopId).where('id', '=', id).execute()
}
