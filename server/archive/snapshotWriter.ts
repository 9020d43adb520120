/**
 * Writes one shop's snapshots: it follows the log with a floor of its own, so that whoever serves the present never
 * stands still for one.
 */
import {
  apply,
  decodeFloor,
  type EncodedFloor,
  encodeChanges,
  encodeFloor,
  type Floor,
  readSaved,
} from '#core/floor.ts'
import { toRecorded } from '#server/log/decode.ts'
import { pressPages, unpressPages } from '#server/log/snapshotText.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { WrittenLog } from './archivedLog.ts'
import { eventPages } from './eventPages.ts'
import { newestSaved } from './newestFloor.ts'
import type { SavedFloors } from './savedFloors.ts'

/** Folding so few is quicker than reading them and a snapshot more. */
const MIN_EVENTS = 1_000
/**
 * The log grows by so many characters for each byte of a front, which is saved again with every step. What changed is
 * saved as it comes: how often makes little difference to how much that is.
 */
const LOG_PER_FRONT = 2.7
/** Where all changes since a whole floor come to so much of it, a new whole one takes their place. */
const CHANGES_PER_WHOLE = 0.5
/** A run that goes on from what an earlier writer saved makes it longer to read. */
const MAX_CHAIN = 12

/**
 * A whole snapshot and the steps that followed it. What is saved at a step is what changed in the last 1, 2, 4 … of
 * them: as many as divide its number. So what changed since the whole one up to any step is read in a few pieces.
 * Sizes in bytes, compressed.
 */
interface Run {
  wholeBytes: number
  /** Of the whole one and of each step. */
  seqs: number[]
  /** Of the last that was saved. */
  frontBytes: number
}

export class SnapshotWriter {
  #log: WrittenLog
  #shop: ShopRecord
  #read: SavedFloors
  #edition: number
  #floor: Floor | undefined
  /** One that an earlier writer saved counts as its whole one. None where nothing was saved, or the last could not be. */
  #run: Run | undefined
  #savedSeq = 0
  /** Characters of log since the last snapshot. */
  #chars = 0

  /**
   * @param read saved floors that were read before
   * @param edition how often the log had been rewritten when this began to follow it
   */
  constructor(log: WrittenLog, shop: ShopRecord, read: SavedFloors, edition: number) {
    this.#edition = edition
    this.#log = log
    this.#shop = shop
    this.#read = read
  }

  /**
   * Follows the log up to a seq and saves what is due on the way. Rejects when the log cannot be read or a snapshot not
   * be saved; following on later makes up for it.
   */
  async follow(upTo: number): Promise<void> {
    if (this.#floor === undefined) {
      const { floor, source } = await newestSaved(this.#log, this.#shop, Number.MAX_SAFE_INTEGER, this.#read)
      this.#floor = floor
      this.#savedSeq = floor.seq
      // To write a whole one now would have whoever looks at the past wait for it.
      if (source !== undefined && source.length < MAX_CHAIN)
        this.#run = { wholeBytes: source.bytes, seqs: [floor.seq], frontBytes: source.frontBytes }
    }
    for await (const page of eventPages(this.#log, this.#shop.id, { after: this.#floor.seq, upToSeq: upTo })) {
      const floor = this.#floor
      for (const stored of page) {
        apply(floor, toRecorded(stored))
        this.#chars += stored.body.length
      }
      floor.alerts.changed.clear()
      this.#floor = await this.#saveWhenDue(floor)
    }
  }

  /** @returns the floor to go on with */
  async #saveWhenDue(floor: Floor): Promise<Floor> {
    const run = this.#run
    if (floor.seq - this.#savedSeq < MIN_EVENTS) return floor
    if (run !== undefined && this.#chars < LOG_PER_FRONT * run.frontBytes) return floor
    this.#run = undefined
    this.#savedSeq = floor.seq
    this.#chars = 0
    const { seq, now: at } = floor
    const changes = run && (await pressChanges(floor, run))
    const { baseSeq, front, bytes } = changes ?? { baseSeq: seq, ...(await press(encodeFloor(floor))) }
    await this.#log.snapshots.save(this.#shop.id, { seq, at, baseSeq, front, bytes }, this.#edition)
    this.#run = changes?.goesOn ?? { wholeBytes: bytes.length, seqs: [seq], frontBytes: front.length }
    // All of the floor was unpacked to be written as a whole.
    return changes === undefined ? decodeFloor(unpressPages(front)[0], [readSaved(unpressPages(bytes))]) : floor
  }
}

/** What changed since the step that the next one goes back to; none where that is too much. */
async function pressChanges(floor: Floor, { seqs, wholeBytes }: Run) {
  const step = seqs.length
  const back = step & -step
  const baseSeq = seqs[step - back] as number
  const { front, bytes } = await press(encodeChanges(floor, baseSeq))
  if (back === step && bytes.length > CHANGES_PER_WHOLE * wholeBytes) return undefined
  const goesOn: Run = { wholeBytes, seqs: [...seqs, floor.seq], frontBytes: front.length }
  return { baseSeq, front, bytes, goesOn }
}

async function press({ front, pages }: EncodedFloor) {
  return { front: await pressPages([front]), bytes: await pressPages(pages) }
}
