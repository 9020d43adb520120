/** The floor that a log begins with, once its oldest days are not kept any more. */
import { apply, encodeFloor, type Floor } from '#core/floor.ts'
import { toRecorded } from '#server/log/decode.ts'
import type { NewSnapshot } from '#server/log/snapshots.ts'
import { pressPages } from '#server/log/snapshotText.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { ArchivedLog } from './archivedLog.ts'
import { eventPages } from './eventPages.ts'
import { newestFloor } from './newestFloor.ts'
import type { SavedFloors } from './savedFloors.ts'

/** The floor after the last event recorded before an instant, time not moved on. */
export async function floorBefore(
  log: ArchivedLog,
  shop: ShopRecord,
  before: number,
  read: SavedFloors,
): Promise<Floor> {
  const floor = await newestFloor(log, shop, before - 1, read)
  for await (const page of eventPages(log, shop.id, { after: floor.seq, upToRecordedAt: before - 1 }))
    for (const stored of page) apply(floor, toRecorded(stored))
  floor.alerts.changed.clear()
  return floor
}

/** All of a floor, to be saved. */
export async function wholeSnapshot(floor: Floor): Promise<NewSnapshot> {
  const { seq, now: at } = floor
  const { front, pages } = encodeFloor(floor)
  return { seq, at, baseSeq: seq, front: await pressPages([front]), bytes: await pressPages(pages) }
}
