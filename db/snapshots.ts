/** Folded floors, compressed: whole ones, and what changed since one before. */
import { type Kysely, sql } from 'kysely'
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

/** A snapshot by where it stands; whatever is saved in its place is written by another transaction. */
export interface ChainedRow {
  seq: number
  base_seq: number
  /** Of its bytes. */
  size: number
  written_by: string
}

/** A snapshot and those that it goes back to, up to a whole one, in order; and the front of it. */
export async function snapshotChain(
  db: Kysely<Database>,
  shopId: number,
  seq: number,
): Promise<{ front: Buffer; chain: ChainedRow[] }> {
  // Of bytes a driver makes twice as many hexadecimal digits, and reads them slowly.
  const { rows } = await sql<ChainedRow & { front: string | null }>`
    /* keep snapshot_chain */ with recursive chain as (
      select seq, base_seq from snapshots where shop_id = ${shopId} and seq = ${seq}
      union
      select s.seq, s.base_seq from chain c join snapshots s on s.shop_id = ${shopId} and s.seq = c.base_seq
    )
    select c.seq, c.base_seq, octet_length(s.bytes) as size, s.xmin::text as written_by,
      case when c.seq = ${seq} then encode(s.front, 'base64') end as front
    from chain c join snapshots s on s.shop_id = ${shopId} and s.seq = c.seq
    order by c.seq
  `.execute(db)
  const chain = rows.map(({ front, ...place }) => place)
  return { front: Buffer.from(rows.at(-1)?.front ?? '', 'base64'), chain }
}

/** From which byte on, how many bytes a piece has, and how many pieces at most. */
export interface PiecesAsked {
  from: number
  bytes: number
  most: number
}

/** Some of a snapshot's bytes in pieces, each as base64; none where it is not there any more. */
export async function snapshotPieces(
  db: Kysely<Database>,
  shopId: number,
  { seq, written_by: writtenBy }: Pick<ChainedRow, 'seq' | 'written_by'>,
  { from, bytes, most }: PiecesAsked,
): Promise<string[]> {
  const { rows } = await sql<{ piece: string }>`
    /* keep snapshot_pieces */ select encode(substring(s.bytes from begin_at for ${bytes}::int), 'base64') as piece
    from snapshots s, generate_series(${from + 1}::int, least(octet_length(s.bytes), ${from + bytes * most}::int), ${bytes}::int) begin_at
    where s.shop_id = ${shopId} and s.seq = ${seq} and s.xmin::text = ${writtenBy}
    order by begin_at
  `.execute(db)
  return rows.map(({ piece }) => piece)
}

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
