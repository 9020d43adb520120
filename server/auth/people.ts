/** People: added, given roles, invited by a link, removed. */
import type { Kysely } from 'kysely'
import type { Role } from '#core/rights.ts'
import {
  deleteRole,
  deleteSessions,
  deleteUser,
  deleteVerifications,
  EVERYWHERE,
  findPeople,
  hasAdmin,
  listPeople,
  listSessions,
  type PersonRow,
  renamePerson,
  replaceRoles,
  type SessionRow,
  saveRole,
  unlessLastAdmin,
} from '#db/people.ts'
import type { Database } from '#db/schema.ts'
import type { Clock } from '#server/live/clock.ts'
import type { Shops } from '#server/shops.ts'
import type { Identity } from './identity.ts'
import { type Links, newToken, PASSWORD_LINK, PASSWORD_LINK_MS, passwordLink } from './links.ts'
import { type NewPerson, shownAddress, userOf } from './newPerson.ts'
import type { Sessions } from './sessions.ts'

export interface Person {
  id: string
  name: string
  username?: string
  email?: string
  everywhere?: Role
  roles: { shop: string; role: Role }[]
  /** Has neither a password yet nor signed in by OpenID Connect. */
  invited?: true
  lastSeenAt?: number
}

export interface PasswordLink {
  token: string
  expiresAt: number
}

/** Why something is not done, in words. */
export class PersonRefused extends Error {}

export class People {
  #db: Kysely<Database>
  #identity: Identity
  #sessions: Sessions
  #links: Links
  #shops: Shops
  #clock: Clock

  constructor(
    db: Kysely<Database>,
    parts: { identity: Identity; sessions: Sessions; links: Links; shops: Shops; clock: Clock },
  ) {
    this.#db = db
    this.#identity = parts.identity
    this.#sessions = parts.sessions
    this.#links = parts.links
    this.#shops = parts.shops
    this.#clock = parts.clock
  }

  /** Whether nobody administers the installation yet. */
  async lackAdmin(): Promise<boolean> {
    return !(await hasAdmin(this.#db))
  }

  async list(only: { shopId?: number } = {}): Promise<Person[]> {
    return (await listPeople(this.#db, only)).map(personOf)
  }

  async find(id: string): Promise<Person | undefined> {
    const [row] = await listPeople(this.#db, { id })
    return row && personOf(row)
  }

  /** The ids of whoever goes by this user name or address already: two people at most. */
  async known({ username, email }: Pick<NewPerson, 'username' | 'email'>): Promise<string[]> {
    return await findPeople(this.#db, { username, email })
  }

  /** @returns the person's id */
  async add(person: NewPerson): Promise<string> {
    const { internalAdapter } = await this.#identity.$context
    return (await internalAdapter.createUser(userOf(person), { method: 'email' })).id
  }

  async rename(id: string, name: string): Promise<void> {
    await renamePerson(this.#db, id, name)
    this.#sessions.forget(id)
  }

  /**
   * Gives a role, or takes it away (null), in one shop or in all (undefined).
   * @throws PersonRefused when nobody would be left to administer the installation
   */
  async setRole(id: string, shopId: number | undefined, role: Role | null): Promise<void> {
    const set = (db: Kysely<Database>) =>
      role === null ? deleteRole(db, id, shopId ?? EVERYWHERE) : saveRole(db, id, shopId ?? EVERYWHERE, role)
    if (shopId === undefined && role !== 'admin') await this.#unlessLastAdmin(id, set)
    else await set(this.#db)
    if (shopId === undefined && role === 'admin') this.#links.dropSetup()
    this.#sessions.forget(id, 'role')
  }

  /** In single shops exactly these roles and no others. @throws PersonRefused for a shop that is not there */
  async setRoles(id: string, roles: readonly { shop: string; role: Role }[]): Promise<void> {
    const wanted = new Map<number, Role>()
    for (const { shop, role } of roles) {
      const found = await this.#shops.find(shop)
      if (found === undefined) throw new PersonRefused(`roles: there is no shop ${shop}.`)
      wanted.set(found.id, role)
    }
    await replaceRoles(this.#db, id, wanted)
    this.#sessions.forget(id, 'role')
  }

  /** @throws PersonRefused for the last administrator */
  async remove(id: string): Promise<void> {
    await this.#unlessLastAdmin(id, (db) => deleteUser(db, id))
    this.#sessions.forget(id, 'revoked')
  }

  /** What a link carries by which the person chooses a password. The ones before no longer work. */
  async passwordLink(id: string): Promise<PasswordLink> {
    const { internalAdapter } = await this.#identity.$context
    const token = newToken()
    const expiresAt = this.#clock.now() + PASSWORD_LINK_MS
    await deleteVerifications(this.#db, id, PASSWORD_LINK)
    await internalAdapter.createVerificationValue({
      identifier: passwordLink(token),
      value: id,
      expiresAt: new Date(expiresAt),
    })
    return { token, expiresAt }
  }

  async sessionsOf(id: string): Promise<SessionRow[]> {
    return await listSessions(this.#db, id, this.#clock.now())
  }

  /** Ends one session, or all but `except`. @returns how many */
  async endSessions(id: string, which: { id?: string | undefined; except?: string | undefined }): Promise<number> {
    const ended = await deleteSessions(this.#db, id, which)
    for (const token of ended) this.#sessions.ended(token)
    return ended.length
  }

  async #unlessLastAdmin(id: string, work: (db: Kysely<Database>) => Promise<void>): Promise<void> {
    if (await unlessLastAdmin(this.#db, id, work)) return
    throw new PersonRefused('Nobody else administers all shops: give somebody that role first.')
  }
}

function personOf({ id, name, username, email, canSignIn, lastSeenAt, roles }: PersonRow): Person {
  const everywhere = roles.find(({ shop }) => shop === undefined)?.role as Role | undefined
  const address = shownAddress(email)
  return {
    id,
    name,
    ...(username !== undefined && { username }),
    ...(address !== undefined && { email: address }),
    ...(everywhere !== undefined && { everywhere }),
    roles: roles.flatMap(({ shop, role }) => (shop === undefined ? [] : [{ shop, role: role as Role }])),
    ...(!canSignIn && { invited: true as const }),
    ...(lastSeenAt !== undefined && { lastSeenAt }),
  }
}
