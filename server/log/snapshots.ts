/** Snapshots of the floors of every shop, beside its log: a whole one, or the changes since an earlier one. */
import type { Kysely } from 'kysely'
import { SNAPSHOT_VERSION } from '#core/version.ts'
import type { Database } from '#db/schema.ts'
import {
  type ChainedRow,
  deleteOtherVersions,
  foreignBases,
  insertSnapshot,
  newestSnapshotPlace,
  type PiecesAsked,
  snapshotChain,
  snapshotPieces,
} from '#db/snapshots.ts'

/** Instants in epoch ms. What `pressPages` made of a whole snapshot, or of the changes since an earlier one. */
export interface NewSnapshot {
  seq: number
  at: number
  /** The seq of the one since which these are the changes; its own when it is whole. */
  baseSeq: number
  /** What is few or changes all the time. */
  front: Uint8Array
  bytes: Uint8Array
}

/** A snapshot by where it stands. What is saved in its place later is another one. */
export interface SnapshotPlace {
  seq: number
  baseSeq: number
  /** How many bytes there are. */
  size: number
  writtenBy: string
}

export class Snapshots {
  #db: Kysely<Database>

  constructor(db: Kysely<Database>) {
    this.#db = db
  }

  async save(shopId: number, { seq, at, baseSeq, front, bytes }: NewSnapshot): Promise<void> {
    const version = SNAPSHOT_VERSION
    const row = { seq, at, base_seq: baseSeq, version, front: Buffer.from(front), bytes: Buffer.from(bytes) }
    await insertSnapshot(this.#db, shopId, row)
  }

  /** The newest one of this release at or before an instant: a whole one and the changes up to it, in order. */
  async newest(
    shopId: number,
    atOrBefore: number,
  ): Promise<{ seq: number; at: number; front: Uint8Array; chain: SnapshotPlace[] } | undefined> {
    const place = await newestSnapshotPlace(this.#db, shopId, atOrBefore, SNAPSHOT_VERSION)
    if (place === undefined) return undefined
    const { front, chain } = await snapshotChain(this.#db, shopId, place.seq)
    return { seq: place.seq, at: place.at, front, chain: chain.map(placeOf) }
  }

  /** Where that one stands, without reading it. */
  async position(shopId: number, atOrBefore: number): Promise<{ seq: number; at: number } | undefined> {
    const place = await newestSnapshotPlace(this.#db, shopId, atOrBefore, SNAPSHOT_VERSION)
    return place && { seq: place.seq, at: place.at }
  }

  /** Some of the bytes of one in pieces, each as base64; none where it has been replaced or deleted since. */
  pieces(shopId: number, { seq, writtenBy }: SnapshotPlace, asked: PiecesAsked): Promise<string[]> {
    return snapshotPieces(this.#db, shopId, { seq, written_by: writtenBy }, asked)
  }

  /** Lets go of those that another release wrote: they are rebuilt from the log. */
  async dropForeign(): Promise<void> {
    await deleteOtherVersions(this.#db, SNAPSHOT_VERSION)
  }

  /** The floors that logs begin with and that another release wrote. */
  async *foreignBases(): AsyncGenerator<{ shopId: number; front: Uint8Array; place: SnapshotPlace }, void> {
    for (const { shop_id: shopId, seq } of await foreignBases(this.#db, SNAPSHOT_VERSION)) {
      const { front, chain } = await snapshotChain(this.#db, shopId, seq)
      const [base] = chain
      if (base !== undefined) yield { shopId, front, place: placeOf(base) }
    }
  }
}

function placeOf({ seq, base_seq: baseSeq, size, written_by: writtenBy }: ChainedRow): SnapshotPlace {
  return { seq, baseSeq, size, writtenBy }
}
