/** The newest floor that was saved. */
import { createFloor, decodeFloor, type Floor } from '#core/floor.ts'
import { unpressPages } from '#server/log/snapshotText.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { SavedLog } from './archivedLog.ts'
import type { SavedFloors } from './savedFloors.ts'

/** What it was read from: the whole one and the changes since. Sizes in bytes, compressed. */
export interface Source {
  length: number
  bytes: number
  frontBytes: number
}

/**
 * The newest readable one that was saved at or before an instant, or an empty one.
 * @param read those that were read before
 */
export async function newestFloor(
  ...asked: [log: SavedLog, shop: ShopRecord, atOrBefore: number, read: SavedFloors]
): Promise<Floor> {
  return (await newestSaved(...asked)).floor
}

/** That, and what it was read from, if it was. */
export async function newestSaved(
  log: SavedLog,
  shop: ShopRecord,
  atOrBefore: number,
  read: SavedFloors,
): Promise<{ floor: Floor; source?: Source }> {
  for (let before = atOrBefore; ; ) {
    const snapshot = await log.snapshots.newest(shop.id, before)
    if (snapshot === undefined) return { floor: await theBeginning(log, shop) }
    const { front, chain } = snapshot
    const layers = await read.read(log.snapshots, shop.id, chain)
    if (layers === undefined) continue
    try {
      const floor = decodeFloor(
        unpressPages(front)[0],
        layers.map(({ saved }) => saved),
      )
      const bytes = chain.reduce((sum, { size }) => sum + size, 0)
      return { floor, source: { length: chain.length, bytes, frontBytes: front.length } }
    } catch {
      // Of another release, or damaged: never trusted. An older one may do.
      before = snapshot.at - 1
    }
  }
}

/** An empty floor, if the log is there from its beginning. @throws Error if not: what it begins with cannot be read */
async function theBeginning(log: Pick<SavedLog, 'cutOf'>, shop: ShopRecord): Promise<Floor> {
  const cut = await log.cutOf(shop.id)
  if (cut === undefined) return createFloor(shop.config)
  const words = `the log of ${shop.slug} begins with a floor (seq ${cut.seq}) that this release cannot read`
  throw new Error(`${words}: start the release that saved it, or restore the database from a backup`)
}
