/** The newest floor that was saved. */
import { createFloor, decodeFloor, type Floor } from '#core/floor.ts'
import { unpressPages } from '#server/log/snapshotText.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { ArchivedLog } from './archivedLog.ts'
import type { SavedFloors } from './savedFloors.ts'

/**
 * The newest readable one that was saved at or before an instant, or an empty one.
 * @param read those that were read before
 */
export async function newestFloor(
  log: Pick<ArchivedLog, 'newestSnapshot'>,
  shop: ShopRecord,
  atOrBefore: number,
  read: SavedFloors,
): Promise<Floor> {
  for (let before = atOrBefore; ; ) {
    const snapshot = await log.newestSnapshot(shop.id, before, read.known(shop.id))
    if (snapshot === undefined) return createFloor(shop.config)
    try {
      const [front] = unpressPages(snapshot.front)
      return decodeFloor(front, read.read(shop.id, snapshot.chain))
    } catch {
      // Of another release, or damaged: never trusted. An older one may do.
      before = snapshot.at - 1
    }
  }
}
