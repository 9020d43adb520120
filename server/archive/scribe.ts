/**
 * Writes one shop's snapshots: it follows the log with a floor of its own, so that whoever serves the present never
 * stands still for one.
 */
import { apply, encodeChanges, encodeFloor, type Floor } from '#core/floor.ts'
import { toRecorded } from '#server/log/decode.ts'
import { pressText } from '#server/log/snapshotText.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { ArchivedLog } from './archivedLog.ts'
import { newestFloor } from './newestFloor.ts'

/** Small, so that reading a page never holds up the timers of the thread that has the database. */
const PAGE_EVENTS = 500
/** Folding so few is quicker than reading them and a snapshot more. */
const MIN_EVENTS = 2_000
/**
 * Changes are saved when the log has grown by so many times the bytes of those saved before; a whole floor, when it has
 * grown by so many times the last whole one's and the changes since take longer to read. Together they stay below the log.
 */
const LOG_PER_CHANGES = 2
const LOG_PER_WHOLE = 2.5
const CHANGES_PER_WHOLE = 0.5

/** A whole snapshot and the changes that follow it. Sizes in bytes, compressed. */
interface Run {
  baseSeq: number
  wholeBytes: number
  /** Characters of log since the whole one. */
  chars: number
  /** The last changes, and all of them. */
  changesBytes: number
  allChangesBytes: number
}

export class Scribe {
  #log: ArchivedLog
  #shop: ShopRecord
  #floor: Floor | undefined
  /** None until this scribe has saved a whole one, and after one that could not be saved. */
  #run: Run | undefined
  #savedSeq = 0
  /** Characters of log since the last snapshot. */
  #chars = 0

  constructor(log: ArchivedLog, shop: ShopRecord) {
    this.#log = log
    this.#shop = shop
  }

  /**
   * Follows the log up to a seq and saves what is due on the way. Rejects when the log cannot be read or a snapshot not
   * be saved; following on later makes up for it.
   */
  async follow(upTo: number): Promise<void> {
    if (this.#floor === undefined) {
      this.#floor = await newestFloor(this.#log, this.#shop, Number.MAX_SAFE_INTEGER)
      this.#savedSeq = this.#floor.seq
    }
    const floor = this.#floor
    while (floor.seq < upTo) {
      const page = await this.#log.read(this.#shop.id, { after: floor.seq, limit: PAGE_EVENTS })
      if (page.length === 0) return
      for (const stored of page) {
        apply(floor, toRecorded(stored))
        this.#chars += stored.body.length
      }
      floor.alerts.changed.clear()
      await this.#saveWhenDue(floor)
    }
  }

  async #saveWhenDue(floor: Floor): Promise<void> {
    const run = this.#run
    if (floor.seq - this.#savedSeq < MIN_EVENTS) return
    if (run !== undefined && this.#chars < LOG_PER_CHANGES * run.changesBytes) return
    const chars = (run?.chars ?? 0) + this.#chars
    const goesOn = run !== undefined && !isLong({ ...run, chars })
    this.#run = undefined
    this.#savedSeq = floor.seq
    this.#chars = 0
    const { seq, now: at } = floor
    const bytes = await pressText(goesOn ? encodeChanges(floor) : encodeFloor(floor))
    const baseSeq = goesOn ? run.baseSeq : seq
    await this.#log.saveSnapshot(this.#shop.id, { seq, at, baseSeq, bytes })
    const size = bytes.length
    this.#run = goesOn
      ? { ...run, chars, changesBytes: size, allChangesBytes: run.allChangesBytes + size }
      : { baseSeq, wholeBytes: size, chars: 0, changesBytes: 0, allChangesBytes: 0 }
  }
}

const isLong = ({ chars, wholeBytes, allChangesBytes }: Run): boolean =>
  chars >= LOG_PER_WHOLE * wholeBytes && allChangesBytes >= CHANGES_PER_WHOLE * wholeBytes
