/** The shops of this installation, as they were first configured; later changes are events in their logs. */
import type { Kysely } from 'kysely'
import type { ShopConfig } from '#core/shop.ts'
import type { Database } from '#db/schema.ts'
import { findShop, insertShop, listShops, type ShopRow } from '#db/shops.ts'

export interface ShopRecord {
  id: number
  slug: string
  /** In force from the beginning of time. */
  config: ShopConfig
}

export class Shops {
  #db: Kysely<Database>
  #known = new Map<string, ShopRecord>()

  constructor(db: Kysely<Database>) {
    this.#db = db
  }

  async find(slug: string): Promise<ShopRecord | undefined> {
    const known = this.#known.get(slug)
    if (known !== undefined) return known
    const row = await findShop(this.#db, slug)
    return row && this.#keep(row)
  }

  /** In alphabetical order. */
  async list(): Promise<ShopRecord[]> {
    return (await listShops(this.#db)).map((row) => this.#keep(row))
  }

  /** @returns undefined when the shop is there already */
  async create(config: ShopConfig, createdAt: number): Promise<ShopRecord | undefined> {
    const { shop: slug, name, timezone, ...rest } = config
    const row = await insertShop(this.#db, { slug, name, timezone, config: rest, createdAt })
    return row && this.#keep(row)
  }

  #keep({ id, slug, name, timezone, config }: ShopRow): ShopRecord {
    const record = { id, slug, config: { ...config, shop: slug, name, timezone } }
    this.#known.set(slug, record)
    return record
  }
}
