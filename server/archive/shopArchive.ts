/** One shop's part of the archive, as its room sees it. */
import type { Floor } from '#core/floor.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { Archive } from './archive.ts'
import type { ArchivedLog } from './archivedLog.ts'
import { newestFloor } from './newestFloor.ts'
import { SavedFloors } from './savedFloors.ts'

/** The archive is told of so many events at a time. */
const STEP_EVENTS = 500

export interface ShopArchiveParts {
  archive: Archive
  log: Pick<ArchivedLog, 'newestSnapshot' | 'cutOf'>
  shop: ShopRecord
  /** Resolves when what was noted of the alerts is in their history. */
  flushAlerts: () => Promise<void>
  warn: (error: unknown, what: string) => void
}

export class ShopArchive {
  #parts: ShopArchiveParts
  #foldedSeq = 0
  #askedSeq = 0
  #following: Promise<void> | undefined
  #closed = false
  #afterFold: (() => void)[] = []

  constructor(parts: ShopArchiveParts) {
    this.#parts = parts
  }

  /** The newest floor that was saved, or an empty one. */
  async newest(): Promise<Floor> {
    const { log, shop } = this.#parts
    const floor = await newestFloor(log, shop, Number.MAX_SAFE_INTEGER, new SavedFloors())
    this.#askedSeq = Math.max(this.#askedSeq, floor.seq)
    return floor
  }

  /** The room has folded its log up to a seq, and noted the alerts of it. */
  folded(seq: number): void {
    this.#foldedSeq = seq
    for (const goOn of this.#afterFold.splice(0)) goOn()
    if (this.#following !== undefined || this.#closed || seq - this.#askedSeq < STEP_EVENTS) return
    this.#askedSeq = seq
    this.#following = this.#follow(seq)
  }

  /** Resolves when the archive knows all it was told of. */
  async settled(): Promise<void> {
    while (this.#following !== undefined) await this.#following
  }

  /** No more is told; what is being saved need wait for nothing any more. */
  close(): void {
    this.#closed = true
    for (const goOn of this.#afterFold.splice(0)) goOn()
  }

  async #follow(seq: number): Promise<void> {
    const { archive, shop, warn } = this.#parts
    try {
      await archive.follow(shop, seq, (saved) => this.#beforeSaving(saved))
    } catch (error) {
      if (!this.#closed) warn(error, 'a snapshot could not be saved')
    }
    this.#following = undefined
    this.folded(this.#foldedSeq)
  }

  /** What a snapshot has forgotten of the alerts must be in their history first. */
  async #beforeSaving(seq: number): Promise<void> {
    while (this.#foldedSeq < seq && !this.#closed) await new Promise<void>((goOn) => this.#afterFold.push(goOn))
    await this.#parts.flushAlerts()
  }
}
