/** The writers of the shops that were busy lately: each has a floor of its own, which may be large. */
import type { ShopRecord } from '#server/shops.ts'
import type { WrittenLog } from './archivedLog.ts'
import type { SavedFloors } from './savedFloors.ts'
import { SnapshotWriter } from './snapshotWriter.ts'

const MAX_WRITERS = 8

export class SnapshotWriters {
  #log: WrittenLog
  /** By shop; the one asked for last is the last. */
  #writers = new Map<number, SnapshotWriter>()

  #read: SavedFloors

  /** @param read saved floors that were read before */
  constructor(log: WrittenLog, read: SavedFloors) {
    this.#log = log
    this.#read = read
  }

  of(shop: ShopRecord, edition: number): SnapshotWriter {
    const writer = this.#writers.get(shop.id) ?? new SnapshotWriter(this.#log, shop, this.#read, edition)
    this.#writers.delete(shop.id)
    this.#writers.set(shop.id, writer)
    if (this.#writers.size > MAX_WRITERS) this.#writers.delete(this.#writers.keys().next().value ?? shop.id)
    return writer
  }

  forget(shopId: number): void {
    this.#writers.delete(shopId)
  }
}
