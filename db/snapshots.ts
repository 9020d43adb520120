/** Folded floors, compressed. */
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

export interface SnapshotRow {
  seq: number
  at: number
  version: number
  bytes: Buffer
}

export async function insertSnapshot(db: Kysely<Database>, shopId: number, snapshot: SnapshotRow): Promise<void> {
  await db
    .insertInto('snapshots')
    .values({ shop_id: shopId, ...snapshot })
    .onConflict((conflict) =>
      conflict
        .columns(['shop_id', 'seq'])
        .doUpdateSet({ at: snapshot.at, version: snapshot.version, bytes: snapshot.bytes }),
    )
    .execute()
}

/** The newest one at or before an instant of one version. */
export async function newestSnapshot(db: Kysely<Database>, shopId: number, at: number, version: number) {
  return await newest(db, shopId, at, version).select(['seq', 'at', 'version', 'bytes']).executeTakeFirst()
}

/** Where that one stands, without its bytes. */
export async function newestSnapshotPlace(db: Kysely<Database>, shopId: number, at: number, version: number) {
  return await newest(db, shopId, at, version).select(['seq', 'at']).executeTakeFirst()
}

/** Lets go of the snapshots of other versions. */
export async function deleteOtherVersions(db: Kysely<Database>, version: number): Promise<void> {
  await db.deleteFrom('snapshots').where('version', '!=', version).execute()
}

function newest(db: Kysely<Database>, shopId: number, at: number, version: number) {
  return db
    .selectFrom('snapshots')
    .where('shop_id', '=', shopId)
    .where('at', '<=', at)
    .where('version', '=', version)
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
}
