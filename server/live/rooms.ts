/**
 * The rooms of this server. A room is opened when it is first needed and stays open. With several servers, this is where
 * a room would be opened only by the holder of the shop's lease, and the others would forward to it.
 */
import type { ShopRecord } from '#server/shops.ts'
import type { Room } from './room.ts'

export class Rooms {
  #open: (shop: ShopRecord) => Promise<Room>
  #rooms = new Map<number, Promise<Room>>()
  #opened = new Set<Room>()

  constructor(open: (shop: ShopRecord) => Promise<Room>) {
    this.#open = open
  }

  of(shop: ShopRecord): Promise<Room> {
    const known = this.#rooms.get(shop.id)
    if (known !== undefined) return known
    const opening = this.#open(shop)
    this.#rooms.set(shop.id, opening)
    opening.then(
      (room) => this.#opened.add(room),
      () => this.#rooms.delete(shop.id),
    )
    return opening
  }

  /** Opens the rooms of all shops, one after the other: their clocks run whether or not anybody asks. */
  async openAll(shops: readonly ShopRecord[]): Promise<void> {
    for (const shop of shops) await this.of(shop)
  }

  get sizes() {
    let waiting = 0
    let behind = 0
    let unarchived = 0
    for (const room of this.#opened) {
      waiting += room.sizes.waiting
      behind += room.sizes.behind
      unarchived += room.sizes.unarchived
    }
    return { rooms: this.#opened.size, waiting, behind, unarchived }
  }

  /** Every room finishes what waits. */
  async close(): Promise<void> {
    const rooms = await Promise.allSettled(this.#rooms.values())
    await Promise.all(rooms.map((room) => (room.status === 'fulfilled' ? room.value.close() : undefined)))
  }
}
