/** One shop's part of the archive, as its room sees it. */
import type { Floor } from '#core/floor.ts'
import type { Clock } from '#server/live/clock.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { Archive } from './archive.ts'
import type { SavedLog } from './archivedLog.ts'
import { newestFloor } from './newestFloor.ts'
import { SavedFloors } from './savedFloors.ts'

/** The archive is told of at least so many events at a time, and of at most so many. */
const STEP_EVENTS = 500
const STRETCH_EVENTS = 5_000
/**
 * Events pour in where there are so many within so long: then all of the machine is there to take them, and the archive
 * waits until fewer come, or until it is so far behind.
 */
const POURING_EVENTS = 500
const LULL_MS = 250
const PATIENCE_EVENTS = 20_000
/** A server that starts again folds what is in no snapshot: of so many it is quickly done. */
const MAX_BEHIND = 50_000

export interface ShopArchiveParts {
  archive: Pick<Archive, 'follow'>
  log: SavedLog
  shop: ShopRecord
  clock: Clock
  /** Resolves when what was noted of the alerts is in their history. */
  flushAlerts: () => Promise<void>
  warn: (error: unknown, what: string) => void
}

export class ShopArchive {
  #parts: ShopArchiveParts
  #foldedSeq = 0
  #askedSeq = 0
  #knownSeq = 0
  #isStuck = false
  /** After a new release it may begin far behind: that must not hold up what comes in. */
  #mayBeBehind = MAX_BEHIND
  #following: Promise<void> | undefined
  /** Ends the wait for fewer events. */
  #stopWaiting: (() => void) | undefined
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
    this.#knownSeq = Math.max(this.#knownSeq, floor.seq)
    return floor
  }

  /** Events that are folded, and that the archive does not know yet. */
  get behind(): number {
    return Math.max(0, this.#foldedSeq - this.#knownSeq)
  }

  /** The room begins to fold anew: until it has come as far again, nothing of what follows is saved. */
  reopening(): void {
    this.#foldedSeq = 0
  }

  /** The room has folded what was in the log when it was opened. */
  opened(seq: number): void {
    this.#mayBeBehind = Math.max(MAX_BEHIND, seq - this.#knownSeq)
    this.folded(seq)
  }

  /** Waits until the archive is near enough to the end of the log for it to take more; an archive that fails is not waited for. */
  async nearby(): Promise<void> {
    while (this.behind > this.#mayBeBehind && !this.#isStuck && this.#following !== undefined) await this.#following
  }

  /** The room has folded its log up to a seq, and noted the alerts of it. */
  folded(seq: number): void {
    this.#foldedSeq = seq
    for (const goOn of this.#afterFold.splice(0)) goOn()
    if (this.#following !== undefined || !this.#hasMore) return
    if (this.behind >= PATIENCE_EVENTS) this.#goOn()
    else this.#awaitLull()
  }

  /** Resolves when the archive knows all it was told of. */
  async settled(): Promise<void> {
    for (;;) {
      if (this.#stopWaiting !== undefined) this.#goOn()
      if (this.#following === undefined) return
      await this.#following
    }
  }

  /** No more is told; what is being saved need wait for nothing any more. */
  close(): void {
    this.#closed = true
    this.#stopWaiting?.()
    this.#stopWaiting = undefined
    for (const goOn of this.#afterFold.splice(0)) goOn()
  }

  get #hasMore(): boolean {
    return !this.#closed && this.#foldedSeq - this.#askedSeq >= STEP_EVENTS
  }

  #awaitLull(): void {
    if (this.#stopWaiting !== undefined) return
    const { clock } = this.#parts
    const seq = this.#foldedSeq
    this.#stopWaiting = clock.wakeAt(clock.now() + LULL_MS, () => {
      this.#stopWaiting = undefined
      if (this.#foldedSeq - seq >= POURING_EVENTS) this.#awaitLull()
      else this.#goOn()
    })
  }

  #goOn(): void {
    this.#stopWaiting?.()
    this.#stopWaiting = undefined
    this.#askedSeq = Math.min(this.#foldedSeq, this.#askedSeq + STRETCH_EVENTS)
    this.#following = this.#follow(this.#askedSeq)
  }

  async #follow(seq: number): Promise<void> {
    const { archive, shop, warn } = this.#parts
    const foldedSeq = this.#foldedSeq
    try {
      await archive.follow(shop, seq, (saved) => this.#beforeSaving(saved))
      this.#knownSeq = seq
      this.#isStuck = false
    } catch (error) {
      this.#isStuck = true
      if (!this.#closed) warn(error, 'a snapshot could not be saved')
    }
    this.#following = undefined
    if (this.#hasMore && this.#foldedSeq - foldedSeq < POURING_EVENTS) this.#goOn()
    else this.folded(this.#foldedSeq)
  }

  /** What a snapshot has forgotten of the alerts must be in their history first. @throws Error where it never will be */
  async #beforeSaving(seq: number): Promise<void> {
    while (this.#foldedSeq < seq && !this.#closed) await new Promise<void>((goOn) => this.#afterFold.push(goOn))
    if (this.#foldedSeq < seq) throw new Error('the room was closed before it had folded so far')
    await this.#parts.flushAlerts()
  }
}
