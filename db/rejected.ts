/** Events that were refused, kept until someone sends them again or lets them go. */
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database } from './schema.ts'

export type RejectedRow = Omit<Selectable<Database['rejected']>, 'shop_id'>

export interface NewRejected {
  received_at: number
  key_name: string
  reason: string
  body: string
}

/** However many they are, in one statement: arrays know no limit of parameters. */
export async function insertRejected(
  db: Kysely<Database>,
  shopId: number,
  rows: readonly NewRejected[],
): Promise<void> {
  const column = <K extends keyof NewRejected>(name: K) => rows.map((row) => row[name])
  await sql`
    insert into rejected (shop_id, received_at, key_name, reason, body)
    select ${shopId}::integer, received_at, key_name, reason, body from unnest(
      ${column('received_at')}::bigint[], ${column('key_name')}::text[], ${column('reason')}::text[],
      ${column('body')}::text[]
    ) with ordinality as t (received_at, key_name, reason, body, ord) order by ord
  `.execute(db)
}

/** Newest first, those with an id below `before`. */
export async function listRejected(
  db: Kysely<Database>,
  shopId: number,
  before: number,
  limit: number,
): Promise<RejectedRow[]> {
  return await db
    .selectFrom('rejected')
    .selectAll()
    .where('shop_id', '=', shopId)
    .where('id', '<', before)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export async function findRejected(db: Kysely<Database>, shopId: number, id: number): Promise<RejectedRow | undefined> {
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
