/** What screens were shown, as checksums by instant. */
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

export interface ShownRow {
  /** Epoch ms. */
  at: number
  sum: string
}

export async function insertShown(db: Kysely<Database>, shopId: number, row: ShownRow): Promise<void> {
  await db
    .insertInto('shown')
    .values({ shop_id: shopId, ...row })
    .onConflict((conflict) => conflict.columns(['shop_id', 'at']).doNothing())
    .execute()
}

/** Lets go of what was shown at or after an instant: it was not so. */
export async function deleteShownFrom(db: Kysely<Database>, shopId: number, from: number): Promise<void> {
  await db.deleteFrom('shown').where('shop_id', '=', shopId).where('at', '>=', from).execute()
}

/** In order, from one instant to before another. */
export async function listShown(db: Kysely<Database>, shopId: number, from: number, to: number): Promise<ShownRow[]> {
  return await db
    .selectFrom('shown')
    .select(['at', 'sum'])
    .where('shop_id', '=', shopId)
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('at')
    .execute()
}
