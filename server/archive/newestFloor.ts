/** The newest floor that was saved. */
import { createFloor, decodeFloor, type Floor } from '#core/floor.ts'
import { unpressText } from '#server/log/snapshotText.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { ArchivedLog } from './archivedLog.ts'

/** The newest readable one that was saved at or before an instant, or an empty one. */
export async function newestFloor(
  log: Pick<ArchivedLog, 'newestSnapshot'>,
  shop: ShopRecord,
  atOrBefore: number,
): Promise<Floor> {
  for (let before = atOrBefore; ; ) {
    const snapshot = await log.newestSnapshot(shop.id, before)
    if (snapshot === undefined) return createFloor(shop.config)
    try {
      const [whole = '', ...changes] = await Promise.all(snapshot.bytes.map(unpressText))
      return decodeFloor(whole, ...changes)
    } catch {
      // Of another release, or damaged: never trusted. An older one may do.
      before = snapshot.at - 1
    }
  }
}
