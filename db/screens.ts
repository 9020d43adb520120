/** Panels: each a user of its own, with the shop it shows and how. */
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

export interface ScreenRow {
  id: string
  shop: string
  name: string
  place?: string
  settings: Record<string, string>
  pairedAt: number
  pairedBy: string
  lastSeenAt?: number
}

const select = (db: Kysely<Database>) =>
  db
    .selectFrom('screens')
    .innerJoin('shops', 'shops.id', 'screens.shop_id')
    .select(['user_id', 'slug', 'screens.name', 'place', 'settings', 'paired_at', 'paired_by', 'last_seen_at'])

/** Those of a shop, in order of name. */
export async function listScreens(db: Kysely<Database>, shopId: number): Promise<ScreenRow[]> {
  const rows = await select(db).where('shop_id', '=', shopId).orderBy('screens.name').orderBy('paired_at').execute()
  return rows.map(screenOf)
}

export async function findScreen(db: Kysely<Database>, id: string): Promise<ScreenRow | undefined> {
  const row = await select(db).where('user_id', '=', id).executeTakeFirst()
  return row && screenOf(row)
}

export async function insertScreen(
  db: Kysely<Database>,
  shopId: number,
  screen: Pick<ScreenRow, 'id' | 'name' | 'place' | 'settings' | 'pairedAt' | 'pairedBy'>,
): Promise<void> {
  const { id, name, place, settings, pairedAt, pairedBy } = screen
  await db
    .insertInto('screens')
    .values({
      user_id: id,
      shop_id: shopId,
      name,
      place: place ?? null,
      settings: JSON.stringify(settings),
      paired_at: pairedAt,
      paired_by: pairedBy,
      last_seen_at: null,
    })
    .execute()
}

export async function updateScreen(
  db: Kysely<Database>,
  id: string,
  change: {
    name?: string | undefined
    place?: string | null | undefined
    settings?: Record<string, string> | undefined
  },
): Promise<void> {
  const { name, place, settings } = change
  const set = {
    ...(name !== undefined && { name }),
    ...(place !== undefined && { place }),
    ...(settings !== undefined && { settings: JSON.stringify(settings) }),
  }
  if (Object.keys(set).length === 0) return
  await db.updateTable('screens').set(set).where('user_id', '=', id).execute()
}

export async function markScreenSeen(db: Kysely<Database>, id: string, at: number): Promise<void> {
  await db.updateTable('screens').set({ last_seen_at: at }).where('user_id', '=', id).execute()
}

/**
 * Gives the panel that shows a code to a user, once.
 * @returns whether there was such a code, not yet given and not run out
 */
export async function approveDevice(
  db: Kysely<Database>,
  userCode: string,
  userId: string,
  now: number,
): Promise<boolean> {
  const row = await db
    .updateTable('deviceCode')
    .set({ userId, status: 'approved' })
    .where('userCode', '=', userCode)
    .where('status', '=', 'pending')
    .where('expiresAt', '>', new Date(now))
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** What became of a code: none when it is not known or has run out. */
export async function deviceStatus(db: Kysely<Database>, userCode: string, now: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('deviceCode')
    .select('status')
    .where('userCode', '=', userCode)
    .where('expiresAt', '>', new Date(now))
    .executeTakeFirst()
  return row?.status
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>

function screenOf(row: Row): ScreenRow {
  return {
    id: row.user_id,
    shop: row.slug,
    name: row.name,
    settings: row.settings,
    pairedAt: row.paired_at,
    pairedBy: row.paired_by,
    ...(row.place !== null && { place: row.place }),
    ...(row.last_seen_at !== null && { lastSeenAt: row.last_seen_at }),
  }
}
