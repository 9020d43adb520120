/**
 * Erases a customer from a shop: the events that name them, the snapshots that may, the rejected events, and the floors in
 * memory. The log goes on from there as if they had been called by a pseudonym from the beginning.
 */
import { randomBytes } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import {
  type Belongings,
  gather,
  namesCustomer,
  noBelongings,
  renameCustomer,
  renamedIn,
  withoutIdentity,
} from '#core/erase.ts'
import { alertNotesWith } from '#db/alerts.ts'
import { type Rewritten, rewrite } from '#db/erasures.ts'
import type { Database } from '#db/schema.ts'
import type { Archive } from '#server/archive/archive.ts'
import type { Rooms } from '#server/live/rooms.ts'
import type { EventLog } from '#server/log/log.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { ShopMutex } from './shopMutex.ts'

const PAGE_EVENTS = 500
const PAGE_REJECTED = 500
/** The log is read twice, the second time only for what was found. */
const SHARE_OF_LOOKING = 0.5

export interface Found {
  conversations: number
  orders: number
  returns: number
  complaints: number
  /** Events that say something of them. */
  events: number
  rejected: number
}

/** Whether nobody of that name is there. */
export const isNothing = ({ conversations, orders, returns, complaints, events, rejected }: Found): boolean =>
  conversations + orders + returns + complaints + events + rejected === 0

export interface Erased extends Found {
  pseudonym: string
}

interface Parts {
  db: Kysely<Database>
  log: EventLog
  rooms: Rooms
  archive: Archive
  mutex: ShopMutex
}

/** Told how far it is, from 0 to 1. */
type Progress = (share: number) => void

export class Erasures {
  #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** What would be touched. Nothing is done. */
  async look(shop: ShopRecord, customer: string, tell: Progress = () => {}): Promise<Found> {
    const { found } = await this.#find(shop, customer, 'x', tell)
    return found
  }

  /** @returns what was touched; all 0 when nobody of that name is there, and then nothing is done */
  erase(
    shop: ShopRecord,
    customer: string,
    asked: { by: string; reason: string | undefined; now: () => number },
    tell: Progress = () => {},
  ): Promise<Erased> {
    return this.#parts.mutex.take(shop.id, () => this.#erase(shop, customer, asked, tell))
  }

  async #erase(
    shop: ShopRecord,
    customer: string,
    { by, reason, now }: { by: string; reason: string | undefined; now: () => number },
    tell: Progress,
  ): Promise<Erased> {
    const { db, rooms, archive } = this.#parts
    const pseudonym = `erased-${randomBytes(9).toString('hex')}`
    const { found, rewritten, belongings, upTo } = await this.#find(shop, customer, pseudonym, tell)
    if (isNothing(found)) return { ...found, pseudonym }
    const room = await rooms.of(shop)
    // What waits to be written into the history of alerts names them still.
    await room.settled()
    const notes = await this.#notes(shop, customer, pseudonym)
    await archive.rewriting(shop, async () => {
      const done = { pseudonym, erasedAt: now(), erasedBy: by, events: found.events }
      await rewrite(db, shop.id, { ...rewritten, notes }, { ...done, ...(reason !== undefined && { reason }) })
      let renamedUpTo = upTo
      await room.decide((floor) => {
        renameCustomer(floor, customer, pseudonym, belongings)
        renamedUpTo = floor.seq
        return []
      })
      // What came in between is called by the pseudonym on the floor already.
      const late = await this.#rewrite(shop, customer, pseudonym, belongings, upTo, renamedUpTo)
      if (late.length > 0) await rewrite(db, shop.id, { events: late, rejected: [], notes: [], base: undefined })
      found.events += late.length
    })
    return { ...found, pseudonym }
  }

  async #find(shop: ShopRecord, customer: string, pseudonym: string, tell: Progress) {
    const { rooms, archive } = this.#parts
    const room = await rooms.of(shop)
    const upTo = room.head.seq
    const { belongings = noBelongings(), base } = (await archive.renamedBase(shop, customer, pseudonym)) ?? {}
    for await (const { event, seq } of this.#events(shop, 0, upTo)) {
      gather(event, customer, belongings)
      if (seq % PAGE_EVENTS === 0) tell((SHARE_OF_LOOKING * seq) / upTo)
    }
    const events = await this.#rewrite(shop, customer, pseudonym, belongings, 0, upTo, (share) =>
      tell(SHARE_OF_LOOKING + (1 - SHARE_OF_LOOKING) * share),
    )
    const rejected = await this.#rejected(shop, customer, pseudonym)
    const found: Found = {
      conversations: belongings.conversation.size,
      orders: belongings.order.size,
      returns: belongings.return.size,
      complaints: belongings.complaint.size,
      events: events.length,
      rejected: rejected.length,
    }
    const rewritten = { events, rejected, base }
    return { found, rewritten, belongings, upTo }
  }

  async #rewrite(
    shop: ShopRecord,
    customer: string,
    pseudonym: string,
    belongings: Belongings,
    after: number,
    upTo: number,
    tell: Progress = () => {},
  ): Promise<Rewritten['events']> {
    const rewritten: Rewritten['events'] = []
    for await (const { event, seq } of this.#events(shop, after, upTo)) {
      gather(event, customer, belongings)
      const left = withoutIdentity(event, customer, pseudonym, belongings)
      if (left !== undefined) rewritten.push({ seq, body: JSON.stringify(left) })
      if (seq % PAGE_EVENTS === 0) tell(seq / upTo)
    }
    return rewritten
  }

  async #notes(shop: ShopRecord, customer: string, pseudonym: string): Promise<Rewritten['notes']> {
    const named = await alertNotesWith(this.#parts.db, shop.id, customer)
    return named.map(({ id, note }) => ({ id, note: renamedIn(note, customer, pseudonym) }))
  }

  /** Whatever a rejected event says beside the name may be theirs too: a mark that there was one takes its place. */
  async #rejected(shop: ShopRecord, customer: string, pseudonym: string): Promise<Rewritten['rejected']> {
    const named: Rewritten['rejected'] = []
    for (let before = Number.MAX_SAFE_INTEGER; ; ) {
      const page = await this.#parts.log.rejected.list(shop.id, { before, limit: PAGE_REJECTED })
      for (const { id, body } of page)
        if (namesCustomer(body, customer)) named.push({ id, body: JSON.stringify({ erased: pseudonym }) })
      const last = page.at(-1)
      if (last === undefined || page.length < PAGE_REJECTED) return named
      before = last.id
    }
  }

  /** Those behind a cut too, as far as they are there. */
  async *#events(shop: ShopRecord, after: number, upTo: number) {
    const { log } = this.#parts
    const begins = (await log.cutOf(shop.id))?.seq ?? 0
    for (let at = after; at < begins; ) {
      const page = await log.readLeft(shop.id, { after: at, limit: PAGE_EVENTS })
      for (const { seq, body } of page) yield { seq, event: JSON.parse(body) }
      at = page.at(-1)?.seq ?? begins
      await nextTurn()
    }
    for (let at = Math.max(after, begins); at < upTo; ) {
      const page = await log.read(shop.id, { after: at, limit: Math.min(PAGE_EVENTS, upTo - at) })
      if (page.length === 0) return
      for (const { seq, body } of page) yield { seq, event: JSON.parse(body) }
      at = page.at(-1)?.seq ?? upTo
      await nextTurn()
    }
  }
}
