/** The scribes of the shops that were busy lately: each has a floor of its own, which may be large. */
import type { ShopRecord } from '#server/shops.ts'
import type { ScribedLog } from './archivedLog.ts'
import type { SavedFloors } from './savedFloors.ts'
import { Scribe } from './scribe.ts'

const MAX_SCRIBES = 8

export class Scribes {
  #log: ScribedLog
  /** By shop; the one asked for last is the last. */
  #scribes = new Map<number, Scribe>()

  #read: SavedFloors

  /** @param read saved floors that were read before */
  constructor(log: ScribedLog, read: SavedFloors) {
    this.#log = log
    this.#read = read
  }

  of(shop: ShopRecord, edition: number): Scribe {
    const scribe = this.#scribes.get(shop.id) ?? new Scribe(this.#log, shop, this.#read, edition)
    this.#scribes.delete(shop.id)
    this.#scribes.set(shop.id, scribe)
    if (this.#scribes.size > MAX_SCRIBES) this.#scribes.delete(this.#scribes.keys().next().value ?? shop.id)
    return scribe
  }

  forget(shopId: number): void {
    this.#scribes.delete(shopId)
  }
}
