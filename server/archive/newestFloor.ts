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
  log: Pick<ArchivedLog, 'newestSnapshot' | 'cutOf'>,
  shop: ShopRecord,
  atOrBefore: number,
  read: SavedFloors,
): Promise<Floor> {
  for (let before = atOrBefore; ; ) {
    const snapshot = await log.newestSnapshot(shop.id, before, read.known(shop.id))
    if (snapshot === undefined) return await theBeginning(log, shop)
    try {
      const [front] = unpressPages(snapshot.front)
      return decodeFloor(front, read.read(shop.id, snapshot.chain))
    } catch {
      // Of another release, or damaged: never trusted. An older one may do.
      before = snapshot.at - 1
    }
  }
}

/** An empty floor, if the log is there from its beginning. @throws Error if not: what it begins with cannot be read */
async function theBeginning(log: Pick<ArchivedLog, 'cutOf'>, shop: ShopRecord): Promise<Floor> {
  const cut = await log.cutOf(shop.id)
  if (cut === undefined) return createFloor(shop.config)
  const words = `the log of ${shop.slug} begins with a floor (seq ${cut.seq}) that this release cannot read`
  throw new Error(`${words}: start the release that saved it, or restore the database from a backup`)
}
