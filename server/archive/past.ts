/** Floors of the past: from the newest snapshot before the instant, or from a floor that was there lately. */
import type { Floor } from '#core/floor.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { ArchivedLog } from './archivedLog.ts'
import { newestFloor } from './newestFloor.ts'
import type { SavedFloors } from './savedFloors.ts'
import { Slots } from './slots.ts'
import { Walk } from './walk.ts'

/** Floors kept where a reader left them: whoever looks a little later need not start anew. A floor may be large. */
const KEPT_FLOORS = 2
/** Walks at the same time. */
const WALKS = 2

interface Cursor {
  shopId: number
  at: number
  floor: Floor
}

export class Past {
  #log: ArchivedLog
  #cursors: Cursor[] = []
  #slots = new Slots(WALKS)
  /** How often something had to be forgotten: a walk that began before is not kept. */
  #forgotten = 0

  #read: SavedFloors

  /** @param read saved floors that were read before */
  constructor(log: ArchivedLog, read: SavedFloors) {
    this.#log = log
    this.#read = read
  }

  /** Looks at the floor at each of some ascending, reserved instants; those up to `finalUpTo` are final. */
  async visit(
    shop: ShopRecord,
    instants: readonly number[],
    finalUpTo: number,
    look: (floor: Floor, at: number) => void,
  ): Promise<void> {
    const first = instants[0]
    const last = instants.at(-1)
    if (first === undefined || last === undefined) return
    await this.#slots.take(async () => {
      const forgotten = this.#forgotten
      const floor = await this.#floorBefore(shop, first)
      const walk = new Walk(this.#log, shop.id, floor, last)
      for (const at of instants) {
        await walk.moveTo(at)
        look(floor, at)
      }
      // Who is told of them follows the present.
      floor.alerts.changed.clear()
      if (last <= finalUpTo && forgotten === this.#forgotten) this.#keep({ shopId: shop.id, at: last, floor })
    })
  }

  async #floorBefore(shop: ShopRecord, at: number): Promise<Floor> {
    const near = this.#cursors
      .filter((cursor) => cursor.shopId === shop.id && cursor.at <= at)
      .sort((a, b) => b.at - a.at)[0]
    const newer = near && (await this.#log.snapshots.position(shop.id, at))
    if (near === undefined || !this.#cursors.includes(near) || (newer !== undefined && newer.seq > near.floor.seq)) {
      return await newestFloor(this.#log, shop, at, this.#read)
    }
    this.#cursors.splice(this.#cursors.indexOf(near), 1)
    return near.floor
  }

  /** What was read of a shop no longer counts. */
  forget(shopId: number): void {
    this.#forgotten++
    this.#cursors = this.#cursors.filter((cursor) => cursor.shopId !== shopId)
  }

  #keep(cursor: Cursor): void {
    this.#cursors.push(cursor)
    if (this.#cursors.length > KEPT_FLOORS) this.#cursors.shift()
  }
}
