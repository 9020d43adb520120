/**
 * One shop, like an actor: it alone appends to the shop's log, stamps what it appends, folds it, runs its timers and
 * publishes its views. So seq has no gaps, two commands cannot both win, and no published instant is ever contradicted.
 */
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { RecordedEvent } from '#core/events.ts'
import type { Floor } from '#core/floor.ts'
import type { ShopConfig } from '#core/shop.ts'
import type { View } from '#core/view.ts'
import type { Position } from '#core/wire.ts'
import type { ShownRow } from '#db/shown.ts'
import type { ShopArchive } from '#server/archive/shopArchive.ts'
import { toRecorded } from '#server/log/decode.ts'
import type { Head } from '#server/log/log.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { AlertBook } from './alertBook.ts'
import type { ChecksumRecorder } from './checksumRecorder.ts'
import type { Clock } from './clock.ts'
import { type CommitParts, Commits } from './commits.ts'
import type { Committed, Decide, Mode, SoundEvent } from './inbox.ts'
import { FloorKeeper } from './keeper.ts'
import { type Audience, type Greeting, Publisher } from './publisher.ts'
import { Watermark } from './watermark.ts'

/** The event loop is given back after so long. */
const SLICE_MS = 8
/** No further commit while so many events wait to be folded. */
const MAX_BEHIND = 20_000
const PAGE_EVENTS = 1_000
/** How often, and how long, the end of a history that is being loaded is waited for. */
const SETTLE_MS = 100
const RETRY_MS = 500
const SETTLE_TRIES = 30

export interface RoomParts extends CommitParts {
  clock: Clock
  alerts: AlertBook
  archive: ShopArchive
  checksums: ChecksumRecorder
}

export class Room {
  #parts: RoomParts
  #watermark: Watermark
  #commits: Commits
  #keeper!: FloorKeeper
  #publisher = new Publisher()
  #folding = false
  #tidying = false
  #rebuilding = false
  #closed = false
  #callOff: (() => void) | undefined
  #tickedAt = Number.POSITIVE_INFINITY
  /** What waits until the floor has reached `seq` and stands still at now; told false if a history is loading meanwhile. */
  #afterFold: { seq: number; tell: (caughtUp: boolean) => void }[] = []

  private constructor(parts: RoomParts, watermark: Watermark) {
    this.#parts = parts
    this.#watermark = watermark
    this.#commits = new Commits(parts, watermark, {
      nearby: (ofHistory) => this.#nearby(ofHistory),
      abreast: () => this.#abreast(),
      take: (events) => this.#take(events),
      fold: () => this.#fold(),
    })
  }

  /** Opens a shop's room: the newest snapshot and what came after it. */
  static async open(parts: RoomParts): Promise<Room> {
    const room = new Room(parts, new Watermark(parts.clock, await parts.log.head(parts.shop.id)))
    await room.#rebuild()
    return room
  }

  get shop(): ShopRecord {
    return this.#parts.shop
  }

  /** Name and zone as they are now. */
  get config(): ShopConfig {
    return this.#keeper.floor.config
  }

  get head(): Head {
    return this.#watermark.head
  }

  /** The instant up to which views can be asked for, epoch ms. */
  get now(): number {
    return this.#watermark.now
  }

  /** Figures for the metrics. */
  get sizes() {
    return { waiting: this.#commits.waiting, behind: this.#keeper.behind, unarchived: this.#parts.archive.behind }
  }

  /**
   * Appends events; answers once they are durable.
   * @throws Overloaded when too much waits, or when the database could not take them
   */
  submit(events: SoundEvent[], mode: Mode): Promise<Committed> {
    return this.#commits.submit((waiting) => ({ ...waiting, mode, events }))
  }

  /** Appends what `decide` makes of the floor at the moment of appending. Rejects with whatever `decide` throws. */
  decide(decide: Decide): Promise<Committed> {
    return this.#commits.submit((waiting) => ({ ...waiting, decide }))
  }

  /** The view now, with all that was acknowledged. Undefined while a history is loading: then only the log can tell. */
  viewNow(): Promise<View | undefined> {
    return this.#whenCaughtUp((caughtUp) => {
      if (!caughtUp) return undefined
      this.#watermark.publish(this.#keeper.movedTo)
      return this.#keeper.draw()
    })
  }

  /** What is seen of the floor now, with all that was acknowledged. Undefined while a history is loading. */
  look<T>(see: (floor: Floor) => T): Promise<T | undefined> {
    return this.#whenCaughtUp((caughtUp) => (caughtUp ? see(this.#keeper.floor) : undefined))
  }

  /**
   * Gives an instant not later than now out for publishing: from then on nothing live is recorded at or before it.
   * @returns whether its view is final
   */
  reserve(instant: number): Promise<boolean> {
    return new Promise((resolve) => {
      this.#commits.whenNonePrecedes(instant, () => {
        this.#watermark.publish(instant)
        resolve(instant <= this.#watermark.head.recordedAt)
      })
    })
  }

  /**
   * Resolves when everything acknowledged is folded and its alerts are in the database; rejects when they cannot be
   * saved. A loading history is given 3 s.
   */
  async settled(): Promise<void> {
    for (let tries = 0; tries < SETTLE_TRIES; tries++) {
      if (await this.#whenCaughtUp((caughtUp) => caughtUp)) break
      await pause(SETTLE_MS)
    }
    await this.#parts.alerts.demandSaved()
  }

  /** What its screens were shown from one instant to before another, a checksum a minute. */
  shownWithin(from: number, to: number): Promise<ShownRow[]> {
    return this.#parts.checksums.noted(from, to)
  }

  /** Resolves when all that is folded so far is in the archive. */
  archived(): Promise<void> {
    return this.#parts.archive.settled()
  }

  /** From now on there are screens; with undefined, none any more. */
  attend(audience: Audience | undefined): void {
    this.#publisher.attend(audience)
    this.#tick()
  }

  /** Tells one screen where things stand, at once if possible; what follows goes to the audience. */
  greet(position: Position, tell: (greeting: Greeting) => void): void {
    this.#publisher.greet(position, tell)
    this.#tick()
  }

  /** Finishes what waits, then stops. */
  async close(): Promise<void> {
    await this.#commits.close()
    this.#closed = true
    this.#parts.archive.close()
    this.#callOff?.()
    for (const { tell } of this.#afterFold.splice(0)) tell(false)
    await this.#parts.alerts.flush()
  }

  async #nearby(ofHistory: boolean): Promise<void> {
    if (this.#keeper.behind > MAX_BEHIND) this.#fold()
    while (this.#isFarBehind || this.#parts.alerts.isFull) await pause(5)
    // What happens now waits for no snapshot.
    if (ofHistory) await this.#parts.archive.nearby()
  }

  /** Of a history all of one instant nothing can be folded before its end: that is not waited for. */
  get #isFarBehind(): boolean {
    return this.#keeper.behind > MAX_BEHIND && (this.#folding || this.#keeper.canFold(this.#watermark.foldLimit))
  }

  async #abreast(): Promise<Floor> {
    this.#fold()
    while (this.#keeper.behind > 0) await nextTurn()
    this.#tick()
    return this.#keeper.floor
  }

  /** `draw` is called in the very moment the floor has caught up, before anything else happens to it. */
  #whenCaughtUp<T>(draw: (caughtUp: boolean) => T): Promise<T> {
    return new Promise((resolve) => {
      this.#afterFold.push({ seq: this.#watermark.head.seq, tell: (caughtUp) => resolve(draw(caughtUp)) })
      this.#tick()
    })
  }

  #take(events: RecordedEvent[]): Promise<void> | undefined {
    const [first] = events
    if (first !== undefined && first.recordedAt <= this.#keeper.movedTo) {
      this.#parts.checksums.recants(first.recordedAt)
      return this.#foldAnew()
    }
    this.#keeper.push(events)
    return undefined
  }

  /** Folds what may be folded, a slice at a time. */
  #fold(): void {
    if (this.#folding || this.#rebuilding || this.#closed) return
    this.#folding = !this.#keeper.foldSlice(this.#watermark.foldLimit, SLICE_MS)
    this.#noteAlerts()
    this.#parts.archive.folded(this.#keeper.floor.seq)
    this.#tick()
    if (!this.#folding) return
    setImmediate(() => {
      this.#folding = false
      this.#fold()
    })
  }

  /** Moves time on as far as it may go, shows what is to be shown, and sleeps until there is something to do. */
  #tick(): void {
    if (this.#rebuilding || this.#closed) return
    const { clock } = this.#parts
    const keeper = this.#keeper
    if (!this.#folding && keeper.canFold(this.#watermark.foldLimit)) return this.#fold()
    const now = clock.now()
    const instant = Math.min(this.#watermark.instant, keeper.reach)
    if (instant >= keeper.movedTo && instant >= keeper.lastRecordedAt && instant >= 0) {
      keeper.moveTo(instant)
      this.#watermark.close(instant)
      this.#noteAlerts()
      if (this.#publisher.publish(keeper, now, instant)) {
        this.#watermark.publish(instant)
        if (this.#publisher.shown !== undefined) this.#parts.checksums.sees(this.#publisher.shown)
      }
    }
    this.#tellCaughtUp()
    this.#tickedAt = now
    this.#sleepUntilDue(now)
    this.#tidyUp()
  }

  /** After a long rest thousands fall due at once: they are put away again, others having their turns in between. */
  #tidyUp(): void {
    if (this.#tidying || this.#rebuilding || this.#closed || !this.#keeper.tidy()) return
    this.#tidying = true
    setImmediate(() => {
      this.#tidying = false
      this.#tidyUp()
    })
  }

  #tellCaughtUp(): void {
    const loading = this.#watermark.backfilling || this.#commits.backfillWaits
    const { floor, movedTo, lastRecordedAt } = this.#keeper
    if (!loading && (movedTo < lastRecordedAt || this.#watermark.mayPrecede(movedTo))) return
    const ready = this.#afterFold.filter((waiting) => loading || waiting.seq <= floor.seq)
    this.#afterFold = this.#afterFold.filter((waiting) => !loading && waiting.seq > floor.seq)
    for (const { tell } of ready) tell(!loading)
  }

  #sleepUntilDue(now: number): void {
    this.#callOff?.()
    const times = [
      this.#keeper.nextDueAt,
      this.#publisher.wakeAt(this.#keeper.changed),
      this.#watermark.backfilledUntil,
    ]
    const next = Math.min(...times.filter((time) => time > now))
    this.#callOff = Number.isFinite(next) ? this.#parts.clock.wakeAt(next, () => this.#tick()) : undefined
  }

  #noteAlerts(): void {
    const { alerts, clock, metrics } = this.#parts
    const changes = this.#keeper.takeAlertChanges()
    if (changes.length === 0) return
    alerts.note(changes)
    const now = clock.now()
    for (const { openedAt } of changes) if (openedAt > this.#tickedAt) metrics.alerted(now - openedAt)
  }

  /** A history came in before what was already shown. The log is what counts: while it cannot be read, nothing is shown. */
  async #foldAnew(): Promise<void> {
    for (;;) {
      try {
        return await this.#rebuild()
      } catch (error) {
        this.#parts.warn(error, 'the log cannot be read')
        await pause(RETRY_MS)
      }
    }
  }

  /** The floor from the newest snapshot and what the log has after it. */
  async #rebuild(): Promise<void> {
    const { shop, log, archive, alerts } = this.#parts
    const again = this.#keeper !== undefined
    this.#rebuilding = true
    archive.reopening()
    const floor = await archive.newest()
    this.#keeper = new FloorKeeper(floor)
    if (again) {
      await alerts.restart(Math.max(floor.now, 0))
      this.#keeper.retellAlerts()
    }
    for (let after = floor.seq; after < this.#watermark.head.seq; ) {
      const page = await log.read(shop.id, { after, limit: PAGE_EVENTS })
      this.#keeper.push(page.map(toRecorded))
      while (!this.#keeper.foldSlice(this.#watermark.foldLimit, SLICE_MS)) await nextTurn()
      this.#noteAlerts()
      after = page.at(-1)?.seq ?? this.#watermark.head.seq
    }
    // Where the snapshots lagged behind when it was stopped, they catch up now.
    archive.opened(floor.seq)
    this.#publisher.restart()
    this.#rebuilding = false
    this.#tick()
  }
}
