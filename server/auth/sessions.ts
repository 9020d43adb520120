/** What whoever came in by a session may do: looked up once, and anew when something about it has changed. */
import type { Kysely } from 'kysely'
import { type Right, type Role, rightsOfRole } from '#core/rights.ts'
import { noteSessionUse, rolesOf } from '#db/people.ts'
import type { Database } from '#db/schema.ts'
import { findScreen } from '#db/screens.ts'
import type { Clock } from '#server/live/clock.ts'
import type { Grant } from './grant.ts'
import type { Identity } from './identity.ts'

/** Why somebody who was in is out. */
export type Why = 'revoked' | 'signed_out' | 'role'

/** Another server on the same database may have ended a session: what is known is looked at again after so long. */
const KNOWN_MS = 10_000
const MAX_KNOWN = 10_000
/** The use of a session is saved at most this often. */
const NOTE_USE_EVERY_MS = 3_600_000

interface Known {
  grant: Grant
  until: number
}

export class Sessions {
  #db: Kysely<Database>
  #identity: Identity
  #clock: Clock
  /** By the cookies they came with. */
  #known = new Map<string, Known>()
  /** Rises when anything has ended or changed: what was read before may no longer be so. */
  #changes = 0
  #listeners: ((who: { userId?: string; session?: string }, why: Why) => void)[] = []

  constructor(db: Kysely<Database>, parts: { identity: Identity; clock: Clock }) {
    this.#db = db
    this.#identity = parts.identity
    this.#clock = parts.clock
  }

  /** Undefined when the cookie is of no session in force. */
  async grantOf(cookie: string): Promise<Grant | undefined> {
    const now = this.#clock.now()
    const known = this.#known.get(cookie)
    if (known !== undefined && known.until > now) return known.grant
    const changes = this.#changes
    const found = await this.#identity.api.getSession({ headers: new Headers({ cookie }) })
    if (found === null) return undefined
    const { user, session } = found
    if (now - session.updatedAt.getTime() >= NOTE_USE_EVERY_MS)
      noteSessionUse(this.#db, session.token, now).catch(() => {})
    const grant = await this.#grant({ id: user.id, name: user.name }, session.token, session.expiresAt.getTime())
    if (changes === this.#changes) this.#keep(cookie, { grant, until: Math.min(now + KNOWN_MS, grant.expiresAt ?? 0) })
    return grant
  }

  /** Something about a user has changed; told why when those who came in as them have to go. */
  forget(userId: string, why?: Why): void {
    this.#drop((grant) => grant.id === userId)
    if (why !== undefined) this.#tell({ userId }, why)
  }

  /** A session is over. */
  ended(token: string, why: Why = 'signed_out'): void {
    this.#drop((grant) => grant.session === token)
    this.#tell({ session: token }, why)
  }

  onOut(listener: (who: { userId?: string; session?: string }, why: Why) => void): void {
    this.#listeners.push(listener)
  }

  async #grant({ id, name }: { id: string; name: string }, session: string, expiresAt: number): Promise<Grant> {
    const screen = await findScreen(this.#db, id)
    if (screen !== undefined) {
      const shops = new Map([[screen.shop, rightsOfRole('screen')]])
      return { kind: 'screen', id, name: screen.name, everywhere: new Set(), shops, expiresAt, session }
    }
    const shops = new Map<string, ReadonlySet<Right>>()
    let everywhere: ReadonlySet<Right> = new Set()
    for (const { shop, role } of (await rolesOf(this.#db, [id])).get(id) ?? []) {
      if (shop === undefined) everywhere = rightsOfRole(role as Role, true)
      else shops.set(shop, rightsOfRole(role as Role))
    }
    return { kind: 'person', id, name, everywhere, shops, expiresAt, session }
  }

  #keep(cookie: string, known: Known): void {
    if (this.#known.size >= MAX_KNOWN) this.#known.clear()
    this.#known.set(cookie, known)
  }

  #drop(is: (grant: Grant) => boolean): void {
    this.#changes++
    for (const [cookie, { grant }] of this.#known) if (is(grant)) this.#known.delete(cookie)
  }

  #tell(who: { userId?: string; session?: string }, why: Why): void {
    for (const listener of this.#listeners) listener(who, why)
  }
}
