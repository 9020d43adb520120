/** Snapshots of one shop's floor: saved as the log grows, in the background; read at the start and for the past. */
import { createFloor, decodeFloor, encodeChanges, encodeFloor, type Floor } from '#core/floor.ts'
import type { EventLog } from '#server/log/log.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { AlertBook } from './alertBook.ts'
import type { FloorKeeper } from './keeper.ts'

/** Folding so few is quicker than reading them and a snapshot more. */
const MIN_EVENTS = 2_000
/** No more is folded after so many while a snapshot is being saved: a history loaded in a hurry gets them too. */
const MAX_EVENTS = 4_000
/**
 * Changes are saved when the log has grown by so many times the bytes of those saved before; a whole floor, when it has
 * grown by so many times the last whole one's and the changes since take longer to read. Together they stay below the log.
 */
const LOG_PER_CHANGES = 2
const LOG_PER_WHOLE = 2.5
const CHANGES_PER_WHOLE = 0.5

/** A whole snapshot and the changes that follow it. Sizes in bytes, compressed. */
interface Run {
  /** The very floor that was written: another one knows nothing of what was. */
  floor: Floor
  baseSeq: number
  wholeBytes: number
  /** Characters of log since. */
  chars: number
  /** The last ones, and all of them. */
  changesBytes: number
  allChangesBytes: number
}

export class Snapshots {
  #log: EventLog
  #shop: ShopRecord
  #alerts: AlertBook
  #warn: (error: unknown, what: string) => void
  #savedSeq = 0
  /** None until this process has saved a whole one, and after one that could not be saved. */
  #run: Run | undefined
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
    const floor = await newestFloor(this.#log, this.#shop, Number.MAX_SAFE_INTEGER)
    this.#savedSeq = floor.seq
    return floor
  }

  /** The log has grown. */
  grow(events: number, chars: number): void {
    this.#events += events
    this.#chars += chars
  }

  /** So much was folded since the snapshot that is being saved that the rest had better wait for it. */
  isBehind(floor: Floor): boolean {
    return this.#saving && floor.seq - this.#savedSeq > MAX_EVENTS
  }

  /** Saves the floor, or its changes, if it is time to. @returns what resolves when it is saved */
  offer(keeper: FloorKeeper): Promise<void> | undefined {
    const { floor, isPure, lastRecordedAt } = keeper
    const events = floor.seq - this.#savedSeq
    if (this.#saving || !isPure || events < MIN_EVENTS) return undefined
    const run = this.#run?.floor === floor ? this.#run : undefined
    const chars = (events * this.#chars) / Math.max(1, this.#events)
    if (run !== undefined && chars < LOG_PER_CHANGES * run.changesBytes) return undefined
    if (run !== undefined) run.chars += chars
    const whole = run === undefined || isLong(run)
    const text = whole ? encodeFloor(floor) : encodeChanges(floor)
    this.#saving = true
    this.#savedSeq = floor.seq
    return this.#save(floor, whole ? undefined : run, { seq: floor.seq, at: lastRecordedAt, text })
  }

  /** What the snapshot has forgotten of the alerts must be in their history first. */
  async #save(floor: Floor, run: Run | undefined, snapshot: { seq: number; at: number; text: string }): Promise<void> {
    const baseSeq = run?.baseSeq ?? snapshot.seq
    this.#run = undefined
    try {
      await this.#alerts.flush()
      const bytes = await this.#log.saveSnapshot(this.#shop.id, { ...snapshot, baseSeq })
      this.#run =
        run === undefined
          ? { floor, baseSeq, wholeBytes: bytes, chars: 0, changesBytes: 0, allChangesBytes: 0 }
          : { ...run, changesBytes: bytes, allChangesBytes: run.allChangesBytes + bytes }
    } catch (error) {
      this.#warn(error, 'a snapshot could not be saved')
    } finally {
      this.#saving = false
    }
  }
}

const isLong = ({ chars, wholeBytes, allChangesBytes }: Run): boolean =>
  chars >= LOG_PER_WHOLE * wholeBytes && allChangesBytes >= CHANGES_PER_WHOLE * wholeBytes

/** The newest readable floor that was saved at or before an instant, or an empty one. */
export async function newestFloor(log: EventLog, shop: ShopRecord, atOrBefore: number): Promise<Floor> {
  for (let before = atOrBefore; ; ) {
    const snapshot = await log.newestSnapshot(shop.id, before)
    if (snapshot === undefined) return createFloor(shop.config)
    try {
      const [whole = '', ...changes] = snapshot.texts
      return decodeFloor(whole, ...changes)
    } catch {
      // Of another release, or damaged: never trusted. An older one may do.
      before = snapshot.at - 1
    }
  }
}
