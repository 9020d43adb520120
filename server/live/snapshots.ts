/** Snapshots of one shop's floor: saved as the log grows, in the background; read at the start and for the past. */
import { createFloor, decodeFloor, encodeFloor, type Floor } from '#core/floor.ts'
import type { EventLog } from '#server/log/log.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { AlertBook } from './alertBook.ts'
import type { FloorKeeper } from './keeper.ts'

/** Folding so few is quicker than reading a snapshot. */
const MIN_EVENTS = 4_000
/** A snapshot follows when the log has grown by this many times the last one's bytes: together they stay below the log. */
const LOG_PER_SNAPSHOT = 1.25

export class Snapshots {
  #log: EventLog
  #shop: ShopRecord
  #alerts: AlertBook
  #warn: (error: unknown, what: string) => void
  #savedSeq = 0
  #savedBytes = 0
  /** Of all events seen: how long their text is. */
  #events = 0
  #chars = 0
  #saving = false

  constructor(log: EventLog, shop: ShopRecord, alerts: AlertBook, warn: (error: unknown, what: string) => void) {
    this.#log = log
    this.#shop = shop
    this.#alerts = alerts
    this.#warn = warn
  }

  /** The newest floor that was saved, or an empty one. */
  async newest(): Promise<Floor> {
    const { floor, bytes } = await newestFloor(this.#log, this.#shop, Number.MAX_SAFE_INTEGER)
    this.#savedSeq = floor.seq
    this.#savedBytes = bytes
    return floor
  }

  /** The log has grown. */
  grow(events: number, chars: number): void {
    this.#events += events
    this.#chars += chars
  }

  /** Saves the floor if it is time to, and if it says no more than the log does. */
  offer(keeper: FloorKeeper): void {
    const { floor, isPure, lastRecordedAt } = keeper
    const events = floor.seq - this.#savedSeq
    const chars = (events * this.#chars) / Math.max(1, this.#events)
    if (this.#saving || !isPure || events < MIN_EVENTS || chars < LOG_PER_SNAPSHOT * this.#savedBytes) return
    this.#saving = true
    this.#savedSeq = floor.seq
    void this.#save({ seq: floor.seq, at: lastRecordedAt, text: encodeFloor(floor) })
  }

  /** What the snapshot has forgotten of the alerts must be in their history first. */
  async #save(snapshot: { seq: number; at: number; text: string }): Promise<void> {
    try {
      await this.#alerts.flush()
      this.#savedBytes = await this.#log.saveSnapshot(this.#shop.id, snapshot)
    } catch (error) {
      this.#warn(error, 'a snapshot could not be saved')
    } finally {
      this.#saving = false
    }
  }
}

/** The newest readable floor that was saved at or before an instant, or an empty one. */
export async function newestFloor(
  log: EventLog,
  shop: ShopRecord,
  atOrBefore: number,
): Promise<{ floor: Floor; bytes: number }> {
  for (let before = atOrBefore; ; ) {
    const snapshot = await log.newestSnapshot(shop.id, before)
    if (snapshot === undefined) return { floor: createFloor(shop.config), bytes: 0 }
    try {
      return { floor: decodeFloor(snapshot.text), bytes: snapshot.bytes }
    } catch {
      // Of another release, or damaged: never trusted. An older one may do.
      before = snapshot.at - 1
    }
  }
}
