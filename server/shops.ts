/** The shops of this installation, as they were first configured; later changes are events in their logs. */
import type { Kysely } from 'kysely'
import type { ShopConfig } from '#core/shop.ts'
import type { Database } from '#db/schema.ts'

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
    const row = await this.#db.selectFrom('shops').selectAll().where('slug', '=', slug).executeTakeFirst()
    return row && this.#keep(row)
  }

  /** In alphabetical order. */
  async list(): Promise<ShopRecord[]> {
    const rows = await this.#db.selectFrom('shops').selectAll().orderBy('slug').execute()
    return rows.map((row) => this.#keep(row))
  }

  /** @returns undefined when the shop is there already */
  async create(config: ShopConfig, createdAt: number): Promise<ShopRecord | undefined> {
    const { shop: slug, name, timezone, ...rest } = config
    const row = await this.#db
      .insertInto('shops')
      .values({ slug, name, timezone, config: JSON.stringify(rest), created_at: createdAt })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returningAll()
      .executeTakeFirst()
    return row && this.#keep(row)
  }

  #keep(row: { id: number; slug: string; name: string; timezone: string; config: object }): ShopRecord {
    const { id, slug, name, timezone, config } = row
    const record = { id, slug, config: { ...config, shop: slug, name, timezone } }
    this.#known.set(slug, record)
    return record
  }
}
