/** Segments of replays, ready to be sent. One that can no longer change is worked out once, however many watch. */
import { SEGMENT_MS } from '#core/segment.ts'
import { UnderWay } from '#core/underWay.ts'
import type { Archive } from '#server/archive/archive.ts'
import { formatInstant } from '#server/instant.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { Rooms } from './rooms.ts'

const KEPT_BYTES = 64 * 1024 * 1024

export interface ReadySegment {
  /** Gzipped JSON. */
  bytes: Uint8Array
  final: boolean
}

export class Segments {
  #archive: Archive
  #rooms: Rooms
  #kept = new Map<string, Uint8Array>()
  #keptBytes = 0
  #underWay = new UnderWay<string, ReadySegment>()

  constructor(archive: Archive, rooms: Rooms) {
    this.#archive = archive
    this.#rooms = rooms
  }

  /** The segment that begins at `from` (epoch ms, not later than now); as far as it goes where it is not over yet. */
  of(shop: ShopRecord, from: number): Promise<ReadySegment> {
    const key = `${shop.id} ${from}`
    const bytes = this.#kept.get(key)
    if (bytes !== undefined) {
      this.#kept.delete(key)
      this.#kept.set(key, bytes)
      return Promise.resolve({ bytes, final: true })
    }
    return this.#underWay.of(key, () => this.#draw(shop, from, key))
  }

  async #draw(shop: ShopRecord, from: number, key: string): Promise<ReadySegment> {
    const room = await this.#rooms.of(shop)
    const end = from + SEGMENT_MS
    const upTo = Math.min(end - 1, room.now)
    const final = (await room.reserve(upTo)) && upTo === end - 1
    const shown = (await room.shownWithin(from, end)).filter(({ at }) => at <= upTo)
    const bytes = await this.#archive.segment(
      shop,
      { from, upTo, final },
      shown.map(({ at, sum }) => ({ at: formatInstant(at), sum })),
    )
    if (final) this.#keep(key, bytes)
    return { bytes, final }
  }

  #keep(key: string, bytes: Uint8Array): void {
    this.#kept.set(key, bytes)
    this.#keptBytes += bytes.length
    for (const [oldest, { length }] of this.#kept) {
      if (this.#keptBytes <= KEPT_BYTES) return
      this.#kept.delete(oldest)
      this.#keptBytes -= length
    }
  }
}
