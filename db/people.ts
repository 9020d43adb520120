/** People, the roles they have where, and the sessions they are signed in by. Screens are users too, but no people. */
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

/** The shop id that stands for every shop. */
export const EVERYWHERE = 0

export interface RoleRow {
  /** The shop's slug; left out: every shop. */
  shop?: string
  role: string
}

export interface PersonRow {
  id: string
  name: string
  username?: string
  email: string
  canSignIn: boolean
  lastSeenAt?: number
  roles: RoleRow[]
}

/** In order of name; only one, or only those with a role in one shop, where asked. */
export async function listPeople(
  db: Kysely<Database>,
  only: { id?: string; shopId?: number } = {},
): Promise<PersonRow[]> {
  let query = db
    .selectFrom('user')
    .select(['user.id', 'user.name', 'user.username', 'user.email'])
    .select((e) => [
      e
        .exists(
          e
            .selectFrom('account')
            .select('account.id')
            .whereRef('account.userId', '=', 'user.id')
            .where((w) => w.or([w('password', 'is not', null), w('providerId', '!=', 'credential')])),
        )
        .as('can_sign_in'),
      e
        .selectFrom('session')
        .select((m) => m.fn.max('session.updatedAt').as('seen'))
        .whereRef('session.userId', '=', 'user.id')
        .as('seen'),
    ])
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('screens').select('screens.user_id').whereRef('screens.user_id', '=', 'user.id'))),
    )
  const { id, shopId } = only
  if (id !== undefined) query = query.where('user.id', '=', id)
  if (shopId !== undefined)
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('roles')
          .select('role')
          .whereRef('roles.user_id', '=', 'user.id')
          .where('roles.shop_id', '=', shopId),
      ),
    )
  const people = await query.orderBy('user.name').orderBy('user.id').execute()
  if (people.length === 0) return []
  const ids = people.map((person) => person.id)
  const roles = await rolesOf(db, ids)
  return people.map(({ id, name, username, email, can_sign_in, seen }) => ({
    id,
    name,
    email,
    canSignIn: Boolean(can_sign_in),
    roles: roles.get(id) ?? [],
    ...(username !== null && { username }),
    ...(seen !== null && { lastSeenAt: new Date(seen).getTime() }),
  }))
}

/** By person, each in alphabetical order of shop. */
export async function rolesOf(db: Kysely<Database>, userIds: readonly string[]): Promise<Map<string, RoleRow[]>> {
  const rows = await db
    .selectFrom('roles')
    .leftJoin('shops', 'shops.id', 'roles.shop_id')
    .select(['roles.user_id', 'roles.role', 'shops.slug'])
    .where('roles.user_id', 'in', userIds)
    .orderBy('shops.slug')
    .execute()
  const roles = new Map<string, RoleRow[]>(userIds.map((id) => [id, []]))
  for (const { user_id, role, slug } of rows) roles.get(user_id)?.push({ role, ...(slug !== null && { shop: slug }) })
  return roles
}

/** Whether anybody administers the installation. */
export async function hasAdmin(db: Kysely<Database>): Promise<boolean> {
  const row = await db
    .selectFrom('roles')
    .select('user_id')
    .where('shop_id', '=', EVERYWHERE)
    .where('role', '=', 'admin')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The ids of whoever has this user name or this email, as they are written down: in lower case. */
export async function findPeople(
  db: Kysely<Database>,
  known: { username?: string | undefined; email?: string | undefined },
): Promise<string[]> {
  const { username, email } = known
  if (username === undefined && email === undefined) return []
  const rows = await db
    .selectFrom('user')
    .select('id')
    .where(({ or, eb }) =>
      or([
        ...(username === undefined ? [] : [eb('username', '=', username.toLowerCase())]),
        ...(email === undefined ? [] : [eb('email', '=', email.toLowerCase())]),
      ]),
    )
    .execute()
  return rows.map(({ id }) => id)
}

export async function saveRole(db: Kysely<Database>, userId: string, shopId: number, role: string): Promise<void> {
  await db
    .insertInto('roles')
    .values({ user_id: userId, shop_id: shopId, role })
    .onConflict((conflict) => conflict.columns(['user_id', 'shop_id']).doUpdateSet({ role }))
    .execute()
}

export async function deleteRole(db: Kysely<Database>, userId: string, shopId: number): Promise<void> {
  await db.deleteFrom('roles').where('user_id', '=', userId).where('shop_id', '=', shopId).execute()
}

/** In single shops exactly these roles, by the shop's id; what they are everywhere stays. */
export async function replaceRoles(
  db: Kysely<Database>,
  userId: string,
  roles: ReadonlyMap<number, string>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const others = [EVERYWHERE, ...roles.keys()]
    await trx.deleteFrom('roles').where('user_id', '=', userId).where('shop_id', 'not in', others).execute()
    for (const [shopId, role] of roles) await saveRole(trx, userId, shopId, role)
  })
}

/**
 * Does something unless this person alone administers the installation; until it is done nobody else ceases to.
 * @returns whether it was done
 */
export async function unlessLastAdmin(
  db: Kysely<Database>,
  userId: string,
  work: (trx: Kysely<Database>) => Promise<void>,
): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const admins = await trx
      .selectFrom('roles')
      .select('user_id')
      .where('shop_id', '=', EVERYWHERE)
      .where('role', '=', 'admin')
      .orderBy('user_id')
      .forUpdate()
      .execute()
    if (admins.length === 1 && admins[0]?.user_id === userId) return false
    await work(trx)
    return true
  })
}

export async function renamePerson(db: Kysely<Database>, userId: string, name: string): Promise<void> {
  await db.updateTable('user').set({ name, updatedAt: new Date() }).where('id', '=', userId).execute()
}

/** With all that hangs on them: sessions, roles, their password, the screen they are. */
export async function deleteUser(db: Kysely<Database>, userId: string): Promise<void> {
  await db.deleteFrom('user').where('id', '=', userId).execute()
}

/** Lets go of what was begun for a user and waits to be confirmed, by what its identifiers begin with. */
export async function deleteVerifications(db: Kysely<Database>, userId: string, begins: string): Promise<void> {
  await db.deleteFrom('verification').where('value', '=', userId).where('identifier', 'like', `${begins}%`).execute()
}

export interface SessionRow {
  id: string
  token: string
  createdAt: number
  lastSeenAt: number
  address?: string
  device?: string
}

/** Those in force, the newest first. */
export async function listSessions(db: Kysely<Database>, userId: string, now: number): Promise<SessionRow[]> {
  const rows = await db
    .selectFrom('session')
    .select(['id', 'token', 'createdAt', 'updatedAt', 'ipAddress', 'userAgent'])
    .where('userId', '=', userId)
    .where('expiresAt', '>', new Date(now))
    .orderBy('createdAt', 'desc')
    .execute()
  return rows.map(({ id, token, createdAt, updatedAt, ipAddress, userAgent }) => ({
    id,
    token,
    createdAt: createdAt.getTime(),
    lastSeenAt: updatedAt.getTime(),
    ...(ipAddress && { address: ipAddress }),
    ...(userAgent && { device: userAgent }),
  }))
}

export async function noteSessionUse(db: Kysely<Database>, token: string, at: number): Promise<void> {
  await db
    .updateTable('session')
    .set({ updatedAt: new Date(at) })
    .where('token', '=', token)
    .execute()
}

/** All but `except`, or the one of an id. @returns their tokens */
export async function deleteSessions(
  db: Kysely<Database>,
  userId: string,
  which: { id?: string | undefined; except?: string | undefined } = {},
): Promise<string[]> {
  let query = db.deleteFrom('session').where('userId', '=', userId)
  if (which.id !== undefined) query = query.where('id', '=', which.id)
  if (which.except !== undefined) query = query.where('token', '!=', which.except)
  return (await query.returning('token').execute()).map(({ token }) => token)
}
