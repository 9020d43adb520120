/**
 * The log of every shop: append-only, one sequence a shop without gaps, each source and id once. Only a shop's Room
 * appends to it; what it is told of the head is checked by the very statement that appends.
 */
import type { Kysely } from 'kysely'
import type { OwnEventType } from '#core/events.ts'
import { type AlertRecord, SNAPSHOT_VERSION } from '#core/floor.ts'
import { type AlertsWanted, deleteAlertsAfter, listAlerts, saveAlerts } from '#db/alerts.ts'
import {
  appendEvents,
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
import { deleteRejected, findRejected, insertRejected, listRejected } from '#db/rejected.ts'
import type { Database } from '#db/schema.ts'
import {
  deleteOtherVersions,
  foreignBases,
  insertSnapshot,
  newestSnapshotPlace,
  type PiecesAsked,
  snapshotChain,
  snapshotPieces,
} from '#db/snapshots.ts'
import { eventsOf, type StoredEvent } from './decode.ts'
import { type Candidate, numberedOn, withoutRepeats } from './numbering.ts'
import { placeOf, recordOf, rejectedOf, rowOf, storedOf } from './rows.ts'

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

export interface Rejected {
  id: number
  body: string
  reason: string
  keyName: string
  receivedAt: number
}

/** Instants in epoch ms. What `pressPages` made of a whole snapshot, or of the changes since an earlier one. */
export interface NewSnapshot {
  seq: number
  at: number
  /** The seq of the one since which these are the changes; its own when it is whole. */
  baseSeq: number
  /** What is few or changes all the time. */
  front: Uint8Array
  bytes: Uint8Array
}

/** Where to read on, up to which instant, and how many events at most. */
export interface PageAsked {
  after: number
  upToRecordedAt?: number
  limit: number
}

/** A snapshot by where it stands. What is saved in its place later is another one. */
export interface SnapshotPlace {
  seq: number
  baseSeq: number
  /** How many bytes there are. */
  size: number
  writtenBy: string
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
  #db: Kysely<Database>
  #cuts = new Map<number, Cut | undefined>()

  constructor(db: Kysely<Database>) {
    this.#db = db
  }

  async head(shopId: number): Promise<Head> {
    const head = await headOf(this.#db, shopId)
    return head === undefined ? { seq: 0, recordedAt: 0 } : { seq: head.seq, recordedAt: head.recorded_at }
  }

  /**
   * Appends everything in one statement, all of it or nothing. What the log or the batches hold already is a duplicate.
   * @returns the new head and, batch by batch, where each event went
   * @throws HeadMoved when the log does not end at `head`
   */
  async append(shopId: number, head: Head, batches: readonly Batch[]): Promise<{ head: Head; results: Appended[][] }> {
    const { candidates, places } = withoutRepeats(batches)
    for (let missing = candidates; ; ) {
      const rows = numberedOn(head, missing)
      const present = rows.length === 0 ? [] : await this.#append(shopId, head, rows)
      if (present.length > 0) {
        // Only the try itself tells what is there already; without it the rest goes down.
        const there = new Set(present)
        missing = missing.filter((_, i) => !there.has(i))
        continue
      }
      const appended = new Map<Candidate, Appended>()
      for (const [i, { recorded_at: recordedAt }] of rows.entries())
        appended.set(missing[i] as Candidate, { seq: head.seq + i + 1, recordedAt })
      return {
        head: { seq: head.seq + rows.length, recordedAt: rows.at(-1)?.recorded_at ?? head.recordedAt },
        results: places.map((batch) => batch.map((place) => (place && appended.get(place)) ?? 'duplicate')),
      }
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

  async reject(shopId: number, rejected: readonly Omit<Rejected, 'id'>[]): Promise<void> {
    const rows = rejected.map(({ receivedAt, keyName, reason, body }) => ({
      received_at: receivedAt,
      key_name: keyName,
      reason,
      body,
    }))
    await insertRejected(this.#db, shopId, rows)
  }

  /** Newest first, those with an id below `before`. */
  async listRejected(
    shopId: number,
    { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number; limit: number },
  ): Promise<Rejected[]> {
    return (await listRejected(this.#db, shopId, before, limit)).map(rejectedOf)
  }

  async findRejected(shopId: number, id: number): Promise<Rejected | undefined> {
    const row = await findRejected(this.#db, shopId, id)
    return row && rejectedOf(row)
  }

  async removeRejected(shopId: number, id: number): Promise<void> {
    await deleteRejected(this.#db, shopId, id)
  }

  async saveSnapshot(shopId: number, { seq, at, baseSeq, front, bytes }: NewSnapshot): Promise<void> {
    const version = SNAPSHOT_VERSION
    const row = { seq, at, base_seq: baseSeq, version, front: Buffer.from(front), bytes: Buffer.from(bytes) }
    await insertSnapshot(this.#db, shopId, row)
  }

  /** The newest snapshot of this release at or before an instant: a whole one and the changes up to it, in order. */
  async newestSnapshot(
    shopId: number,
    atOrBefore: number,
  ): Promise<{ seq: number; at: number; front: Uint8Array; chain: SnapshotPlace[] } | undefined> {
    const place = await newestSnapshotPlace(this.#db, shopId, atOrBefore, SNAPSHOT_VERSION)
    if (place === undefined) return undefined
    const { front, chain } = await snapshotChain(this.#db, shopId, place.seq)
    return { seq: place.seq, at: place.at, front, chain: chain.map(placeOf) }
  }

  /** Some of its bytes in pieces, each as base64; none where it has been replaced or deleted since. */
  snapshotPieces(shopId: number, { seq, writtenBy }: SnapshotPlace, asked: PiecesAsked): Promise<string[]> {
    return snapshotPieces(this.#db, shopId, { seq, written_by: writtenBy }, asked)
  }

  /** Where that snapshot stands, without reading it. */
  async snapshotPosition(shopId: number, atOrBefore: number): Promise<{ seq: number; at: number } | undefined> {
    const place = await newestSnapshotPlace(this.#db, shopId, atOrBefore, SNAPSHOT_VERSION)
    return place && { seq: place.seq, at: place.at }
  }

  /** Lets go of the snapshots that another release wrote: they are rebuilt from the log. */
  async dropForeignSnapshots(): Promise<void> {
    await deleteOtherVersions(this.#db, SNAPSHOT_VERSION)
  }

  /** The floors that logs begin with and that another release wrote. */
  async *foreignBases(): AsyncGenerator<{ shopId: number; front: Uint8Array; place: SnapshotPlace }, void> {
    for (const { shop_id: shopId, seq } of await foreignBases(this.#db, SNAPSHOT_VERSION)) {
      const { front, chain } = await snapshotChain(this.#db, shopId, seq)
      const [base] = chain
      if (base !== undefined) yield { shopId, front, place: placeOf(base) }
    }
  }

  /** Writes alerts as they now are; the same again changes nothing. */
  async saveAlerts(shopId: number, records: readonly AlertRecord[]): Promise<void> {
    await saveAlerts(this.#db, shopId, records.map(rowOf))
  }

  /** Lets go of the alerts that opened after an instant: what they were judged by has turned out otherwise. */
  async forgetAlerts(shopId: number, openedAfter: number): Promise<void> {
    await deleteAlertsAfter(this.#db, shopId, openedAfter)
  }

  /** In order of opening. */
  async listAlerts(shopId: number, wanted: AlertsWanted): Promise<AlertRecord[]> {
    return (await listAlerts(this.#db, shopId, wanted)).map(recordOf)
  }

  /** @returns which of the rows are there already; none when all of them were appended */
  async #append(shopId: number, head: Head, rows: readonly NewEvent[]): Promise<number[]> {
    try {
      const { endsAt, present } = await appendEvents(this.#db, shopId, head.seq, rows)
      if (endsAt === head.seq) return present
      throw new HeadMoved(`the log of shop ${shopId} ends at ${endsAt}, not at ${head.seq}`)
    } catch (error) {
      // Another writer's rows came down between the look at the head and the insert.
      if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error
      throw new HeadMoved(`the log of shop ${shopId} does not end at ${head.seq}`, { cause: error })
    }
  }
}
