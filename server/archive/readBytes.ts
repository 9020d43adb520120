/** The bytes of a snapshot, read piece by piece: all at once they would be in memory several times on their way here. */
import type { SnapshotPlace, Snapshots } from '#server/log/snapshots.ts'

/** As base64 a piece is a string that is new to V8, and gone before it would be old. */
const PIECE_BYTES = 90_000
const PIECES = 8

/** Undefined where it has been replaced or deleted meanwhile. */
export async function readBytes(
  snapshots: Pick<Snapshots, 'pieces'>,
  shopId: number,
  place: SnapshotPlace,
): Promise<Uint8Array | undefined> {
  const bytes = Buffer.allocUnsafeSlow(place.size)
  for (let from = 0; from < bytes.length; ) {
    const pieces = await snapshots.pieces(shopId, place, { from, bytes: PIECE_BYTES, most: PIECES })
    if (pieces.length === 0) return undefined
    for (const piece of pieces) from += bytes.write(piece, from, 'base64')
  }
  return bytes
}
