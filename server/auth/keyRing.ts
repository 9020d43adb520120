/** The keys programs come in with: only their hashes are kept, and the administrator's never leaves the environment. */
import { hash, randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import { RIGHTS, rightsOfScopes, type Scope } from '#core/rights.ts'
import {
  type ApiKeyRow,
  endKeyAt,
  findKey,
  findKeyByHash,
  insertKey,
  listKeys,
  markKeyUsed,
  revokeKey,
} from '#db/apiKeys.ts'
import type { Database } from '#db/schema.ts'
import type { Clock } from '#server/live/clock.ts'
import type { Grant } from './grant.ts'
import type { Sealer } from './sealer.ts'
import { type Rates, Usage } from './usage.ts'

export type KeyRecord = Omit<ApiKeyRow, 'webhookSecret' | 'scopes'> & Rates & { scopes: Scope[]; webhook: boolean }

export interface WantedKey {
  name: string
  scopes: Scope[]
  /** Left out: every shop. */
  shopId?: number | undefined
  source?: string | undefined
  limitPerMinute?: number | undefined
  createdBy: string
  /** A secret for signed deliveries too. */
  webhook?: boolean | undefined
}

/** `key` and `secret` are shown this once and can never be read again. */
export interface MadeKey {
  id: number
  key: string
  secret?: string
}

const ADMIN: Grant = { kind: 'admin_key', name: 'admin', everywhere: new Set(RIGHTS), shops: new Map() }
const PREFIX = 'fw_'
const SECRET_PREFIX = 'whsec_'
/** When a key was last used is written down no more often. */
const NOTE_USE_EVERY_MS = 60_000

export class KeyRing {
  #db: Kysely<Database>
  #clock: Clock
  #sealer: Sealer
  /** By hash. Misses are not kept: there is no end of wrong keys. */
  #grants = new Map<string, Grant>()
  /** Rises when the end of a key is decided: what was read before may no longer be so. */
  #endings = 0
  #usage = new Usage()
  #notedUse = new Map<string, number>()
  #listeners: ((keyId: string, at: number) => void)[] = []

  constructor(db: Kysely<Database>, parts: { adminKey: string | undefined; clock: Clock; sealer: Sealer }) {
    this.#db = db
    this.#clock = parts.clock
    this.#sealer = parts.sealer
    if (parts.adminKey !== undefined) this.#grants.set(hashOf(parts.adminKey), ADMIN)
  }

  /** What a key allows; undefined when it is not known, has run out or was revoked. */
  async grantOf(key: string): Promise<Grant | undefined> {
    const keyHash = hashOf(key)
    const now = this.#clock.now()
    let grant = this.#grants.get(keyHash)
    if (grant === undefined) {
      const endings = this.#endings
      const row = await findKeyByHash(this.#db, Buffer.from(keyHash, 'hex'), now)
      if (row === undefined) return undefined
      grant = grantFor(row)
      if (endings !== this.#endings) return await this.grantOf(key)
      this.#grants.set(keyHash, grant)
    }
    if (grant.expiresAt !== undefined && grant.expiresAt <= now) {
      this.#grants.delete(keyHash)
      return undefined
    }
    return grant
  }

  /** What the holder of a secret for signed deliveries is granted, and the secret. */
  async signerOf(id: number): Promise<{ grant: Grant; secret: string } | undefined> {
    const row = await findKey(this.#db, id, this.#clock.now())
    if (row?.webhookSecret === undefined) return undefined
    return { grant: grantFor(row), secret: this.#sealer.open(row.webhookSecret) }
  }

  /** Notes that a key has been used: for a request, or for so many events of one. */
  used({ kind, id }: Grant, events = 0): void {
    if (kind !== 'key' || id === undefined) return
    const now = this.#clock.now()
    this.#usage.count(id, now, events)
    if (now - (this.#notedUse.get(id) ?? 0) < NOTE_USE_EVERY_MS) return
    this.#notedUse.set(id, now)
    markKeyUsed(this.#db, Number(id), now).catch(() => this.#notedUse.delete(id))
  }

  async create(wanted: WantedKey): Promise<MadeKey> {
    const key = PREFIX + randomBytes(24).toString('base64url')
    const secret = wanted.webhook ? SECRET_PREFIX + randomBytes(24).toString('base64') : undefined
    const { webhook, ...rest } = wanted
    const id = await insertKey(this.#db, {
      ...defined(rest),
      hash: Buffer.from(hashOf(key), 'hex'),
      createdAt: this.#clock.now(),
      ...(secret !== undefined && { webhookSecret: this.#sealer.seal(secret) }),
    })
    return { id, key, ...(secret !== undefined && { secret }) }
  }

  /** The keys in force, oldest first: of one shop, of every shop (null), or all. */
  async list(shopId?: number | null): Promise<KeyRecord[]> {
    const now = this.#clock.now()
    return (await listKeys(this.#db, shopId, now)).map((row) => this.#record(row, now))
  }

  async find(id: number): Promise<KeyRecord | undefined> {
    const now = this.#clock.now()
    const row = await findKey(this.#db, id, now)
    if (row === undefined) return undefined
    const { hash, ...told } = row
    return this.#record(told, now)
  }

  /** Another key on the same terms; the old one works on for so long. @returns undefined when there is no such key */
  async rotate(id: number, overlapMs: number, createdBy: string, shopId?: number): Promise<MadeKey | undefined> {
    const now = this.#clock.now()
    const row = await findKey(this.#db, id, now)
    if (row === undefined) return undefined
    const { name, scopes, source, limitPerMinute, webhookSecret } = row
    const made = await this.create({
      name,
      scopes: scopes as Scope[],
      source,
      limitPerMinute,
      createdBy,
      shopId,
      webhook: webhookSecret !== undefined,
    })
    if (overlapMs === 0) await this.revoke(id)
    else this.#ends(id, row.hash, await endKeyAt(this.#db, id, now + overlapMs))
    return made
  }

  /** @returns whether there was such a key */
  async revoke(id: number): Promise<boolean> {
    const now = this.#clock.now()
    const hash = await revokeKey(this.#db, id, now)
    if (hash === undefined) return false
    this.#ends(id, hash, now)
    return true
  }

  /** Calls back whenever it is decided that a key ends: at once, or at a later instant (epoch ms). */
  onEnding(listener: (keyId: string, at: number) => void): void {
    this.#listeners.push(listener)
  }

  #ends(id: number, hash: Buffer, at: number): void {
    this.#endings++
    this.#grants.delete(hash.toString('hex'))
    for (const tell of this.#listeners) tell(String(id), at)
  }

  #record(row: ApiKeyRow, now: number): KeyRecord {
    const { webhookSecret, scopes, ...rest } = row
    const rates = this.#usage.ratesOf(String(row.id), now)
    return { ...rest, ...rates, scopes: scopes as Scope[], webhook: webhookSecret !== undefined }
  }
}

function grantFor({ id, name, scopes, shop, expiresAt, source, limitPerMinute }: ApiKeyRow): Grant {
  const rights = rightsOfScopes(scopes as Scope[])
  return {
    kind: 'key',
    id: String(id),
    name,
    everywhere: shop === undefined ? rights : new Set(),
    shops: shop === undefined ? new Map() : new Map([[shop, rights]]),
    ...(expiresAt !== undefined && { expiresAt }),
    key: { ...(source !== undefined && { source }), ...(limitPerMinute !== undefined && { limitPerMinute }) },
  }
}

/** In hex. */
function hashOf(key: string): string {
  return hash('sha256', key)
}

function defined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never
}
