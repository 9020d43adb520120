/**
 * Group commit: while one commit is under way the requests for the next gather, then all of them go down in one
 * statement and each is answered. What comes down is handed on to be folded, in order.
 */
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { RecordedEvent } from '#core/events.ts'
import type { Floor } from '#core/floor.ts'
import { toRecorded } from '#server/log/decode.ts'
import type { EventLog, StoredEvent } from '#server/log/log.ts'
import type { ShopRecord } from '#server/shops.ts'
import { type Committed, Inbox, type Mode, Overloaded, type Request, type SoundEvent } from './inbox.ts'
import type { RoomMetrics } from './metrics.ts'
import type { Watermark } from './watermark.ts'

const PAGE_EVENTS = 1_000
const RETRY_MS_MAX = 2_000

export interface CommitParts {
  shop: ShopRecord
  log: EventLog
  metrics: RoomMetrics
  warn(error: unknown, what: string): void
}

/** What the Room does for its commits. */
export interface Folder {
  /** Waits until the fold, and of a history the archive too, is near enough to the end of the log to take more. */
  nearby(ofHistory: boolean): Promise<void>
  /** The floor with everything in the log folded. */
  abreast(): Promise<Floor>
  /** Takes new events of the log, to be folded; resolves when a further commit may begin. */
  take(events: RecordedEvent[]): Promise<void> | undefined
  /** Folds what was taken. */
  fold(): void
}

export class Commits {
  #parts: CommitParts
  #watermark: Watermark
  #folder: Folder
  #inbox = new Inbox()
  #running: Promise<void> | undefined
  #idle = true
  #closed = false
  #afterFlight: (() => void)[] = []

  constructor(parts: CommitParts, watermark: Watermark, folder: Folder) {
    this.#parts = parts
    this.#watermark = watermark
    this.#folder = folder
  }

  /** @throws Overloaded when too much waits, when the database could not take it, or when the room is closing */
  submit(request: (waiting: Pick<Request, 'resolve' | 'reject'>) => Request): Promise<Committed> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new Overloaded('The server is stopping.')
      this.#inbox.put(request({ resolve, reject }))
      if (this.#idle) this.#running = this.#run()
    })
  }

  get waiting(): number {
    return this.#inbox.events
  }

  get backfillWaits(): boolean {
    return this.#inbox.hasBackfill()
  }

  /** Runs `then`, before any further commit begins, once none is under way that could precede `instant`. */
  whenNonePrecedes(instant: number, then: () => void): void {
    if (this.#watermark.mayPrecede(instant)) this.#afterFlight.push(() => this.whenNonePrecedes(instant, then))
    else then()
  }

  /** Finishes what waits and takes no more. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#running
  }

  async #run(): Promise<void> {
    this.#idle = false
    while (!this.#inbox.isEmpty) {
      // A database in this process kept the sockets from being read: what has come in meanwhile goes down together.
      await nextTurn()
      this.#watermark.expectBackfill(this.backfillWaits)
      await this.#folder.nearby(this.#inbox.beginsWithBackfill)
      this.#watermark.expectBackfill(false)
      await this.#commit(this.#inbox.take())
    }
    this.#idle = true
  }

  async #commit(group: Request[]): Promise<void> {
    const [first] = group
    const mode: Mode = first !== undefined && 'mode' in first ? first.mode : 'live'
    const batches = mode === 'live' ? await this.#departLive(group) : this.#departBackfill(group)
    if (batches === undefined) return this.#landed()
    const { shop, log, metrics } = this.#parts
    try {
      const startedAt = performance.now()
      const head = mode === 'live' ? this.#watermark.head : this.#watermark.backfillHead(isCopy(group))
      const appending = log.append(shop.id, head, batches)
      // The commit before this one is folded while the database works.
      setImmediate(() => this.#folder.fold())
      const { head: appendedHead, results } = await appending
      const newHead = appendedHead.seq === head.seq ? this.#watermark.head : appendedHead
      metrics.committed(results, performance.now() - startedAt)
      this.#watermark.arrive(newHead, mode)
      for (const [i, request] of group.entries()) request.resolve({ results: results[i] ?? [], head: newHead })
      const events = batches.flatMap((batch, i) => recorded(batch.events, results[i] ?? []))
      const taken = this.#folder.take(events)
      if (taken === undefined && this.#inbox.isEmpty) this.#folder.fold()
      this.#landed()
      await taken
    } catch (error) {
      this.#parts.warn(error, 'a commit failed')
      for (const request of group) request.reject(new Overloaded('The database could not take the events.'))
      await this.#recover(mode)
    }
  }

  async #departLive(group: Request[]) {
    const depart = () => {
      const stamp = { mode: 'live' as const, recordedAt: this.#watermark.liveStamp() }
      this.#watermark.depart(stamp.recordedAt)
      return stamp
    }
    const [first] = group
    if (first === undefined || !('decide' in first)) {
      const stamp = depart()
      return group.map((request) => ({ stamp, events: 'events' in request ? request.events : [] }))
    }
    try {
      this.#watermark.endBackfill()
      // Only then: what is under way keeps what was recorded at its own instant from being folded.
      const floor = await this.#folder.abreast()
      const stamp = depart()
      const events = first.decide(floor, stamp.recordedAt)
      if (events.length > 0) return [{ stamp, events }]
      this.#watermark.abandon()
      first.resolve({ results: [], head: this.#watermark.head })
      return undefined
    } catch (error) {
      this.#watermark.abandon()
      first.reject(error as Error)
      return undefined
    }
  }

  #departBackfill(group: Request[]) {
    const head = this.#watermark.backfillHead(isCopy(group))
    this.#watermark.depart(head.recordedAt)
    const stamp = { mode: 'backfill' as const, clock: Math.max(this.#watermark.now, head.recordedAt) }
    return group.map((request) => ({ stamp, events: 'events' in request ? request.events : [] }))
  }

  /** It is unknown whether the failed commit came down: the log itself tells. */
  async #recover(mode: Mode): Promise<void> {
    const { shop, log } = this.#parts
    for (let retryMs = 50; ; retryMs = Math.min(2 * retryMs, RETRY_MS_MAX)) {
      try {
        const head = await log.head(shop.id)
        const tail: StoredEvent[] = []
        for (let after = this.#watermark.head.seq; after < head.seq; after = tail.at(-1)?.seq ?? head.seq) {
          tail.push(...(await log.read(shop.id, { after, limit: PAGE_EVENTS })))
        }
        this.#watermark.arrive(head, mode)
        await this.#folder.take(tail.map(toRecorded))
        this.#folder.fold()
        return this.#landed()
      } catch (error) {
        if (this.#closed) throw error
        this.#parts.warn(error, 'the log cannot be read')
        await sleep(retryMs)
      }
    }
  }

  #landed(): void {
    for (const run of this.#afterFlight.splice(0)) run()
  }
}

/** Of another log: its events tell when they were recorded. */
const isCopy = (group: readonly Request[]) =>
  group.every((request) => 'events' in request && request.events[0]?.recordedAt !== undefined)

/** The events that came down, as the fold takes them. */
function recorded(events: SoundEvent[], results: Committed['results']): RecordedEvent[] {
  const taken: RecordedEvent[] = []
  results.forEach((result, i) => {
    const event = events[i]
    if (result === 'duplicate' || event === undefined) return
    const { source, id, type, subject, data } = event
    const time = Math.min(event.time, result.recordedAt)
    taken.push({ ...result, time, source, id, type, subject, data } as RecordedEvent)
  })
  return taken
}
