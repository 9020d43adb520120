/** Folded floors, compressed: whole ones, and what changed since one before. */
import { type Kysely, sql } from 'kysely'
import { bigints } from './arrays.ts'
import type { Database } from './schema.ts'

export interface SnapshotRow {
  seq: number
  at: number
  version: number
  /** The seq of the one since which these are the changes; its own when it is whole. */
  base_seq: number
  /** What is few or changes all the time. */
  front: Buffer
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
  const { rows } = await sql<{ seq: number; at: number }>`
    /* keep newest_snapshot */ select seq, at from snapshots
    where shop_id = ${shopId} and at <= ${at} and version = ${version}
    order by at desc, seq desc limit 1
  `.execute(db)
  return rows[0]
}

export type ChainedRow = Pick<SnapshotRow, 'seq' | 'base_seq'> & { front: Buffer | null; bytes: Buffer | null }

/**
 * A snapshot and those that it goes back to, up to a whole one, in order; the front of the last only.
 * @param known the seqs of those whose bytes need not be read
 */
export async function snapshotChain(
  db: Kysely<Database>,
  shopId: number,
  seq: number,
  known: readonly number[],
): Promise<ChainedRow[]> {
  // Of bytes a driver makes twice as many hexadecimal digits, and reads them slowly.
  const { rows } = await sql<Pick<SnapshotRow, 'seq' | 'base_seq'> & { front: string | null; bytes: string | null }>`
    /* keep snapshot_chain */ with recursive chain as (
      select seq, base_seq from snapshots where shop_id = ${shopId} and seq = ${seq}
      union
      select s.seq, s.base_seq from chain c join snapshots s on s.shop_id = ${shopId} and s.seq = c.base_seq
    )
    select c.seq, c.base_seq, case when c.seq = ${seq} then encode(s.front, 'base64') end as front,
      case when c.seq = any(${bigints(known)}::bigint[]) then null else encode(s.bytes, 'base64') end as bytes
    from chain c join snapshots s on s.shop_id = ${shopId} and s.seq = c.seq
    order by c.seq
  `.execute(db)
  return rows.map(({ front, bytes, ...place }) => ({ ...place, front: decoded(front), bytes: decoded(bytes) }))
}

const decoded = (base64: string | null) => (base64 === null ? null : Buffer.from(base64, 'base64'))

/** Lets go of the snapshots of other versions; not of those that a log begins with. */
export async function deleteOtherVersions(db: Kysely<Database>, version: number): Promise<void> {
  await db
    .deleteFrom('snapshots')
    .where('version', '!=', version)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('keeping')
            .select('keeping.shop_id')
            .whereRef('keeping.shop_id', '=', 'snapshots.shop_id')
            .whereRef('keeping.base_seq', '=', 'snapshots.seq'),
        ),
      ),
    )
    .execute()
}

/** Those of other versions that a log begins with. */
export async function foreignBases(db: Kysely<Database>, version: number): Promise<{ shop_id: number; seq: number }[]> {
  return await db
    .selectFrom('snapshots')
    .innerJoin('keeping', (join) =>
      join.onRef('keeping.shop_id', '=', 'snapshots.shop_id').onRef('keeping.base_seq', '=', 'snapshots.seq'),
    )
    .select(['snapshots.shop_id', 'snapshots.seq'])
    .where('snapshots.version', '!=', version)
    .orderBy('snapshots.shop_id')
    .execute()
}
