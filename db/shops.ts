/** The shops of this installation. */
import type { Kysely, Selectable } from 'kysely'
import type { Database } from './schema.ts'

export type ShopRow = Selectable<Database['shops']>

export async function findShop(db: Kysely<Database>, slug: string): Promise<ShopRow | undefined> {
  return await db.selectFrom('shops').selectAll().where('slug', '=', slug).executeTakeFirst()
}

/** In alphabetical order. */
export async function listShops(db: Kysely<Database>): Promise<ShopRow[]> {
  return await db.selectFrom('shops').selectAll().orderBy('slug').execute()
}

/** @param shop `config` is what of it is neither its name nor its zone */
export async function insertShop(
  db: Kysely<Database>,
  shop: { slug: string; name: string; timezone: string; config: object; createdAt: number },
): Promise<ShopRow | undefined> {
  const { config, createdAt, ...named } = shop
  return await db
    .insertInto('shops')
    .values({ ...named, config: JSON.stringify(config), created_at: createdAt })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returningAll()
    .executeTakeFirst()
}
