/** The bytes of a snapshot, read piece by piece: all at once they would be in memory several times on their way here. */
import type { SnapshotPlace } from '#server/log/log.ts'
import type { SavedLog } from './archivedLog.ts'

const PIECE_BYTES = 90_000

/** Undefined where it has been replaced or deleted meanwhile. */
export async function readBytes(
  log: Pick<SavedLog, 'snapshotPiece'>,
  shopId: number,
  place: SnapshotPlace,
): Promise<Uint8Array | undefined> {
  const bytes = Buffer.allocUnsafeSlow(place.size)
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    const piece = await log.snapshotPiece(shopId, place, { from, length: PIECE_BYTES })
    if (piece === undefined) return undefined
    bytes.write(piece, from, 'base64')
  }
  return bytes
}
