/** Folded floors, compressed: whole ones, each followed by what changed since. */
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

export interface SnapshotRow {
  seq: number
  at: number
  version: number
  /** The seq of the whole one that these changes go back to; its own when it is whole. */
  base_seq: number
  bytes: Buffer
}

export async function insertSnapshot(db: Kysely<Database>, shopId: number, snapshot: SnapshotRow): Promise<void> {
  const { seq, ...saved } = snapshot
  await db
    .insertInto('snapshots')
    .values({ shop_id: shopId, ...snapshot })
    .onConflict((conflict) => conflict.columns(['shop_id', 'seq']).doUpdateSet(saved))
    .execute()
}

/** Where the newest one of a version at or before an instant stands. */
export async function newestSnapshotPlace(db: Kysely<Database>, shopId: number, at: number, version: number) {
  return await db
    .selectFrom('snapshots')
    .select(['seq', 'at', 'base_seq'])
    .where('shop_id', '=', shopId)
    .where('at', '<=', at)
    .where('version', '=', version)
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** A whole snapshot and the changes that lead from it to another, in order. */
export async function snapshotRun(db: Kysely<Database>, shopId: number, baseSeq: number, seq: number) {
  return await db
    .selectFrom('snapshots')
    .select('bytes')
    .where('shop_id', '=', shopId)
    .where('seq', '>=', baseSeq)
    .where('seq', '<=', seq)
    .where('base_seq', '=', baseSeq)
    .orderBy('seq')
    .execute()
}

/** Lets go of the snapshots of other versions. */
export async function deleteOtherVersions(db: Kysely<Database>, version: number): Promise<void> {
  await db.deleteFrom('snapshots').where('version', '!=', version).execute()
}
