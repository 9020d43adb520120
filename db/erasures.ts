/** Customers whose identity was taken out of a shop's log. */
import { type Kysely, sql } from 'kysely'
import { SNAPSHOT_VERSION } from '#core/version.ts'
import { saveAlertNotes } from './alerts.ts'
import { bigints, texts } from './arrays.ts'
import type { Database } from './schema.ts'
import { insertSnapshot } from './snapshots.ts'

export interface ErasureRow {
  pseudonym: string
  erasedAt: number
  erasedBy: string
  reason?: string
  events: number
}

export interface Rewritten {
  events: { seq: number; body: string }[]
  rejected: { id: number; body: string }[]
  /** What people wrote about alerts. */
  notes: { id: string; note: string }[]
  /** The floor that the log begins with, as it is from now on. */
  base: { seq: number; at: number; front: Uint8Array; bytes: Uint8Array } | undefined
}

/**
 * All of it or nothing: the events and rejected events as they are from now on, and no snapshot that may hold what they
 * were; and that it was done. @returns how many snapshots went
 */
export async function rewrite(
  db: Kysely<Database>,
  shopId: number,
  { events, rejected, notes, base }: Rewritten,
  erasure?: ErasureRow,
): Promise<number> {
  const firstSeq = base === undefined ? Math.min(...events.map(({ seq }) => seq)) : 0
  return await db.transaction().execute(async (trx) => {
    await sql`
      update events e set body = r.body from unnest(
        ${bigints(events.map(({ seq }) => seq))}::bigint[], ${texts(events.map(({ body }) => body))}::text[]
      ) as r (seq, body) where e.shop_id = ${shopId} and e.seq = r.seq
    `.execute(trx)
    await sql`
      update rejected e set body = r.body from unnest(
        ${bigints(rejected.map(({ id }) => id))}::bigint[], ${texts(rejected.map(({ body }) => body))}::text[]
      ) as r (id, body) where e.shop_id = ${shopId} and e.id = r.id
    `.execute(trx)
    await saveAlertNotes(trx, shopId, notes)
    if (erasure !== undefined) await insertErasure(trx, shopId, erasure)
    if (!Number.isFinite(firstSeq)) return 0
    const gone = await trx
      .deleteFrom('snapshots')
      .where('shop_id', '=', shopId)
      .where('seq', '>=', firstSeq)
      .executeTakeFirstOrThrow()
    if (base !== undefined) {
      const { seq, at, front, bytes } = base
      const place = { seq, at, base_seq: seq, version: SNAPSHOT_VERSION }
      await insertSnapshot(trx, shopId, { ...place, front: Buffer.from(front), bytes: Buffer.from(bytes) })
    }
    return Number(gone.numDeletedRows)
  })
}

async function insertErasure(db: Kysely<Database>, shopId: number, row: ErasureRow): Promise<void> {
  const { pseudonym, erasedAt, erasedBy, reason = null, events } = row
  await db
    .insertInto('erasures')
    .values({ shop_id: shopId, pseudonym, erased_at: erasedAt, erased_by: erasedBy, reason, events })
    .execute()
}

/** The newest first. */
export async function listErasures(db: Kysely<Database>, shopId: number, limit: number): Promise<ErasureRow[]> {
  const rows = await db
    .selectFrom('erasures')
    .selectAll()
    .where('shop_id', '=', shopId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ pseudonym, erased_at, erased_by, reason, events }) => ({
    pseudonym,
    erasedAt: erased_at,
    erasedBy: erased_by,
    events,
    ...(reason !== null && { reason }),
  }))
}
