/**
 * The log of every shop: append-only, one sequence a shop without gaps, each source and id once. Only a shop's Room
 * appends to it; what it is told of the head is checked by the very statement that appends.
 */
import type { Kysely } from 'kysely'
import type { OwnEventType } from '#core/events.ts'
import {
  appendEvents,
  DELIVERED_ONCE,
  eventsThere,
  headOf,
  lastSeqBefore,
  type NewEvent,
  readEvents,
  readEventsLeft,
  readEventsOf,
  readEventsOfWithin,
  readOwnEvents,
} from '#db/events.ts'
import { type Cut, findKeeping, saveCut } from '#db/keeping.ts'
import { withdrawnNotes } from '#db/notes.ts'
import type { Database } from '#db/schema.ts'
import { AlertHistory } from './alertHistory.ts'
import { eventsOf, type StoredEvent, storedOf } from './decode.ts'
import { type Candidate, numberedOn, withoutRepeats } from './numbering.ts'
import { RejectedEvents } from './rejectedEvents.ts'
import { Snapshots } from './snapshots.ts'

export type { StoredEvent } from './decode.ts'

/** `time` in epoch ms; `body` the CloudEvent as JSON text, as it was sent. */
export interface IncomingEvent {
  source: string
  id: string
  type: string
  subject: string
  time: number
  body: string
  /** Of a copy of another log: when it was recorded there, epoch ms. */
  recordedAt?: number
}

/** The last event's place; all 0 for an empty log. */
export interface Head {
  seq: number
  recordedAt: number
}

/**
 * live: every event is recorded at `recordedAt`. backfill: at its own time, not before the event before it, and not
 * after `clock`.
 */
export type Stamp = { mode: 'live'; recordedAt: number } | { mode: 'backfill'; clock: number }

export interface Batch {
  stamp: Stamp
  events: readonly IncomingEvent[]
}

export type Appended = { seq: number; recordedAt: number } | 'duplicate'

/** Where to read on, up to which instant, and how many events at most. */
export interface PageAsked {
  after: number
  upToRecordedAt?: number
  limit: number
}

/** The log does not end where its only writer believes it ends: another process writes to it. */
export class HeadMoved extends Error {}

const UNIQUE_VIOLATION = '23505'

/** What was asked for lies before the beginning of the log that is kept. */
export class BeforeLog extends Error {
  /** Epoch ms. */
  readonly keptFrom: number

  constructor(keptFrom: number) {
    super('before the beginning of the log')
    this.keptFrom = keptFrom
  }
}

export class EventLog {
  readonly snapshots: Snapshots
  readonly alerts: AlertHistory
  readonly rejected: RejectedEvents
  #db: Kysely<Database>
  #cuts = new Map<number, Cut | undefined>()
  /** Shops that were sent something again with the last append: of the next it is asked first what is there. */
  #repeating = new Set<number>()

  constructor(db: Kysely<Database>) {
    this.#db = db
    this.snapshots = new Snapshots(db)
    this.alerts = new AlertHistory(db)
    this.rejected = new RejectedEvents(db)
  }

  async head(shopId: number): Promise<Head> {
    const head = await headOf(this.#db, shopId)
    return head === undefined ? { seq: 0, recordedAt: 0 } : { seq: head.seq, recordedAt: head.recorded_at }
  }

  /**
   * Appends what is not there yet in one statement, all of it or nothing; the rest are duplicates.
   * @returns the new head and, batch by batch, where each event went
   * @throws HeadMoved when the log does not end at `head`
   */
  async append(shopId: number, head: Head, batches: readonly Batch[]): Promise<{ head: Head; results: Appended[][] }> {
    const { candidates, places } = withoutRepeats(batches)
    let missing = this.#repeating.has(shopId) ? await this.#missing(shopId, candidates) : candidates
    let rows = numberedOn(head, missing)
    while (rows.length > 0 && !(await this.#append(shopId, head, rows))) {
      missing = await this.#missing(shopId, missing)
      rows = numberedOn(head, missing)
    }
    if (missing.length < candidates.length) this.#repeating.add(shopId)
    else this.#repeating.delete(shopId)
    const appended = new Map<Candidate, Appended>()
    for (const [i, { recorded_at: recordedAt }] of rows.entries())
      appended.set(missing[i] as Candidate, { seq: head.seq + i + 1, recordedAt })
    return {
      head: { seq: head.seq + rows.length, recordedAt: rows.at(-1)?.recorded_at ?? head.recordedAt },
      results: places.map((batch) => batch.map((place) => (place && appended.get(place)) ?? 'duplicate')),
    }
  }

  /** Events after a seq, in order, recorded at or before an instant. @throws BeforeLog where they are not kept any more */
  async read(shopId: number, asked: PageAsked): Promise<StoredEvent[]> {
    return eventsOf(await this.readPage(shopId, asked))
  }

  /** The same, as one text for `eventsOf`: it goes to another thread in one piece. */
  async readPage(
    shopId: number,
    { after, upToRecordedAt: upTo = Number.MAX_SAFE_INTEGER, limit }: PageAsked,
  ): Promise<string> {
    const cut = await this.cutOf(shopId)
    if (cut !== undefined && after < cut.seq) throw new BeforeLog(cut.from)
    return await readEvents(this.#db, shopId, { after, upTo, limit })
  }

  /** The first events that name a subject, up to a seq, in order. */
  async readOf(shopId: number, subject: string, upToSeq: number, limit: number): Promise<StoredEvent[]> {
    return (await readEventsOf(this.#db, shopId, subject, upToSeq, limit)).map(storedOf)
  }

  /** The first events that name a subject, recorded from one instant to before another, in order. */
  async readOfWithin(
    shopId: number,
    subject: string,
    within: { from: number; to: number; limit: number },
  ): Promise<StoredEvent[]> {
    return (await readEventsOfWithin(this.#db, shopId, subject, within)).map(storedOf)
  }

  /** The seq of the last event recorded before an instant; 0 when there is none. */
  async lastSeqBefore(shopId: number, instant: number): Promise<number> {
    return await lastSeqBefore(this.#db, shopId, instant)
  }

  /** When the first event was recorded, epoch ms; none in an empty log. */
  async beginning(shopId: number): Promise<number | undefined> {
    const cut = await this.cutOf(shopId)
    return (await this.read(shopId, { after: cut?.seq ?? 0, limit: 1 }))[0]?.recordedAt
  }

  /** Where the log begins, if its beginning is not kept any more. */
  async cutOf(shopId: number): Promise<Cut | undefined> {
    if (!this.#cuts.has(shopId)) this.#cuts.set(shopId, (await findKeeping(this.#db, shopId)).cut)
    return this.#cuts.get(shopId)
  }

  /** Those that happened before what is kept and are not in the log: whether they ever were cannot be told any more. */
  async forgotten<E extends Pick<IncomingEvent, 'source' | 'id' | 'time'>>(
    shopId: number,
    events: readonly E[],
  ): Promise<Set<E>> {
    const cut = await this.cutOf(shopId)
    const old = cut === undefined ? [] : events.filter(({ time }) => time < cut.from)
    if (old.length === 0) return new Set()
    const there = await eventsThere(this.#db, shopId, old)
    return new Set(old.filter((_, place) => !there.has(place)))
  }

  /** @throws BeforeLog for an instant of which nothing is kept */
  async demandKept(shopId: number, instant: number): Promise<void> {
    const cut = await this.cutOf(shopId)
    if (cut !== undefined && instant < cut.from) throw new BeforeLog(cut.from)
  }

  /** What is left behind the cut, after a seq: what is never deleted, and what is still to be. In order. */
  async readLeft(shopId: number, { after, limit }: PageAsked): Promise<StoredEvent[]> {
    const upTo = (await this.cutOf(shopId))?.seq ?? 0
    return (await readEventsLeft(this.#db, shopId, { after, upTo, limit })).map(storedOf)
  }

  /** From now on the log begins after the cut. */
  async cut(shopId: number, cut: Cut): Promise<void> {
    await saveCut(this.#db, shopId, cut)
    this.#cuts.set(shopId, cut)
  }

  /** The last `limit` events of a type that the product wrote itself about a subject, in order of seq. */
  async readOwn(shopId: number, subject: string, type: OwnEventType, limit: number): Promise<StoredEvent[]> {
    return (await readOwnEvents(this.#db, shopId, subject, type, limit)).map(storedOf)
  }

  /** Of the notes about a subject the ids of those that were withdrawn since. */
  withdrawnNotes(shopId: number, subject: string): Promise<Set<string>> {
    return withdrawnNotes(this.#db, shopId, [subject])
  }

  async #missing(shopId: number, candidates: readonly Candidate[]): Promise<Candidate[]> {
    const there = await eventsThere(
      this.#db,
      shopId,
      candidates.map(({ event }) => event),
    )
    return candidates.filter((_, place) => !there.has(place))
  }

  /** @returns whether they were appended: else one of them is there already */
  async #append(shopId: number, head: Head, rows: readonly NewEvent[]): Promise<boolean> {
    try {
      const endsAt = await appendEvents(this.#db, shopId, head.seq, rows)
      if (endsAt === head.seq) return true
      throw new HeadMoved(`the log of shop ${shopId} ends at ${endsAt}, not at ${head.seq}`)
    } catch (error) {
      const { code, constraint } = error as { code?: string; constraint?: string }
      if (code !== UNIQUE_VIOLATION) throw error
      if (constraint === DELIVERED_ONCE) return false
      // Another writer's rows came down between the look at the head and the insert.
      throw new HeadMoved(`the log of shop ${shopId} does not end at ${head.seq}`, { cause: error })
    }
  }
}
