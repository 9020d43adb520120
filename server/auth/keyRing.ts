/** The keys programs come in with: only their hashes are kept, and the administrator's never leaves the environment. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '#db/schema.ts'
import type { Grant, Scope } from './grant.ts'

export interface KeyRecord {
  id: number
  name: string
  /** Left out: every shop. */
  shop?: string
  scopes: Scope[]
  createdAt: number
}

const ADMIN: Grant = { name: 'admin', admin: true, scopes: [] }
const PREFIX = 'fw_'

export class KeyRing {
  #db: Kysely<Database>
  #adminHash: Buffer | undefined
  /** By hash, in hex. Misses are not kept: there is no end of wrong keys. */
  #grants = new Map<string, Grant>()
  #revoked: ((keyId: number) => void)[] = []

  constructor(db: Kysely<Database>, adminKey: string | undefined) {
    this.#db = db
    this.#adminHash = adminKey === undefined ? undefined : hashOf(adminKey)
  }

  /** What a key allows; undefined when it is not known or was revoked. */
  async grantOf(key: string): Promise<Grant | undefined> {
    const hash = hashOf(key)
    if (this.#adminHash !== undefined && timingSafeEqual(hash, this.#adminHash)) return ADMIN
    const name = hash.toString('hex')
    const known = this.#grants.get(name)
    if (known !== undefined) return known
    const row = await this.#select().where('hash', '=', hash).executeTakeFirst()
    if (row === undefined) return undefined
    const { id, ...record } = recordOf(row)
    const grant: Grant = { ...record, admin: false, keyId: id }
    this.#grants.set(name, grant)
    return grant
  }

  /** Makes a key. `key` is shown this once and can never be read again. `shopId` left out: for every shop. */
  async create(
    name: string,
    scopes: Scope[],
    createdAt: number,
    shopId?: number,
  ): Promise<{ id: number; key: string }> {
    const key = PREFIX + randomBytes(24).toString('base64url')
    const { id } = await this.#db
      .insertInto('api_keys')
      .values({ name, hash: hashOf(key), shop_id: shopId ?? null, scopes, created_at: createdAt, revoked_at: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id, key }
  }

  /** The keys in force, oldest first. */
  async list(): Promise<KeyRecord[]> {
    return (await this.#select().orderBy('api_keys.id').execute()).map(recordOf)
  }

  /** @returns whether there was such a key */
  async revoke(id: number, revokedAt: number): Promise<boolean> {
    const row = await this.#db
      .updateTable('api_keys')
      .set({ revoked_at: revokedAt })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .returning('hash')
      .executeTakeFirst()
    if (row === undefined) return false
    this.#grants.delete(Buffer.from(row.hash).toString('hex'))
    for (const tell of this.#revoked) tell(id)
    return true
  }

  /** Calls back whenever a key has been revoked. */
  onRevoked(tell: (keyId: number) => void): void {
    this.#revoked.push(tell)
  }

  #select() {
    return this.#db
      .selectFrom('api_keys')
      .leftJoin('shops', 'shops.id', 'api_keys.shop_id')
      .select(['api_keys.id', 'api_keys.name', 'api_keys.scopes', 'api_keys.created_at', 'shops.slug'])
      .where('revoked_at', 'is', null)
  }
}

interface Row {
  id: number
  name: string
  scopes: string[]
  created_at: number
  slug: string | null
}

function recordOf({ id, name, scopes, created_at, slug }: Row): KeyRecord {
  return { id, name, scopes: scopes as Scope[], createdAt: created_at, ...(slug !== null && { shop: slug }) }
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
