/**
 * How long a shop keeps its events, snapshots and reports. A sweep a day lets go of what is older, a little at a time; where
 * events go, a floor saved at that instant stands for them, so every view since is what it was.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { OWN_SOURCE } from '#core/events.ts'
import { dayPeriod, periodOf, weekPeriod } from '#core/report/period.ts'
import { dateOf, Zone } from '#core/zone.ts'
import {
  deleteReports,
  deleteSnapshots,
  deleteSomeEvents,
  deleteSomeTraces,
  findKeeping,
  firstSnapshotAt,
  type KeepingSettings,
  meanEventBytes,
  reportPeriods,
  saveKeeping,
  sizeOfSnapshots,
} from '#db/keeping.ts'
import type { Database } from '#db/schema.ts'
import type { Archive } from '#server/archive/archive.ts'
import type { Clock } from '#server/live/clock.ts'
import type { Rooms } from '#server/live/rooms.ts'
import type { EventLog } from '#server/log/log.ts'
import type { Reports } from '#server/reports/reports.ts'
import type { ShopRecord, Shops } from '#server/shops.ts'
import type { ShopMutex } from './shopMutex.ts'

const HOUR_MS = 3_600_000
/** So few that nobody waits for them. */
const STEP_ROWS = 500

export interface Sizes {
  events: number
  /** About: on the average of the last ones. */
  eventBytes: number
  snapshots: number
  snapshotBytes: number
  reports: number
}

export interface Kept extends Sizes {
  /** Since when the log is kept, epoch ms; left out: from its beginning. */
  from?: number
  /** Local date of the first event that is kept. */
  firstDay?: string
  /** Of the first snapshot but the one that stands for what is gone, and the last of what the oldest report tells of. */
  firstSnapshotDay?: string
  firstReportDay?: string
}

export interface Going extends Sizes {
  /** Local days before this one go. */
  before?: string
  days: number
}

interface Parts {
  db: Kysely<Database>
  log: EventLog
  shops: Shops
  rooms: Rooms
  archive: Archive
  reports: Reports
  clock: Clock
  mutex: ShopMutex
  warn: (error: unknown, what: string) => void
}

/** Instants in epoch ms and days by number before which things go; left out: none do. */
interface Ends {
  zone: Zone
  today: number
  events?: number
  snapshots?: number
  reportDay?: number
}

export class Keeping {
  #parts: Parts
  /** The local day on which a shop was swept last. */
  #swept = new Map<number, number>()
  #callOff: (() => void) | undefined
  #closed = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async settings(shop: ShopRecord): Promise<KeepingSettings> {
    return (await findKeeping(this.#parts.db, shop.id)).settings
  }

  /** The sweep that goes by the new settings begins at once, and is not waited for. */
  async set(shop: ShopRecord, settings: KeepingSettings): Promise<void> {
    await saveKeeping(this.#parts.db, shop.id, settings)
    this.sweep(shop).catch((error) => this.#parts.warn(error, 'what is too old could not be let go of'))
  }

  /** What there is. */
  async kept(shop: ShopRecord): Promise<Kept> {
    const { db, log, rooms } = this.#parts
    const room = await rooms.of(shop)
    const cut = await log.cutOf(shop.id)
    const beginning = await log.beginning(shop.id)
    const events = room.head.seq - (cut?.seq ?? 0)
    const zone = new Zone(room.config.timezone)
    const snapshotAt = await firstSnapshotAt(db, shop.id, cut?.seq ?? 0)
    const reports = await reportPeriods(db, shop.id)
    const reportDays = reports.flatMap((id) => periodOf(id)?.last ?? [])
    return {
      ...(cut !== undefined && { from: cut.from }),
      ...(beginning !== undefined && { firstDay: dateOf(zone.dayOf(beginning)) }),
      ...(snapshotAt !== undefined && { firstSnapshotDay: dateOf(zone.dayOf(snapshotAt)) }),
      ...(reportDays.length > 0 && { firstReportDay: dateOf(Math.min(...reportDays)) }),
      events,
      eventBytes: Math.round(events * (await meanEventBytes(db, shop.id))),
      ...(await sizeOfSnapshots(db, shop.id)),
      reports: reports.length,
    }
  }

  /** What a sweep by these settings would let go of now. */
  async look(shop: ShopRecord, settings: KeepingSettings): Promise<Going> {
    const { db, log } = this.#parts
    const ends = await this.#ends(shop, settings)
    const beginning = await log.beginning(shop.id)
    const cut = await log.cutOf(shop.id)
    const goes = ends.events !== undefined && beginning !== undefined && beginning < ends.events
    const seq = goes ? await log.lastSeqBefore(shop.id, ends.events as number) : (cut?.seq ?? 0)
    const events = seq - (cut?.seq ?? 0)
    const snapshots = { at: ends.snapshots ?? 0, seq }
    return {
      ...(goes && { before: dateOf(ends.zone.dayOf(ends.events as number)) }),
      days: goes ? ends.zone.dayOf(ends.events as number) - ends.zone.dayOf(beginning) : 0,
      events,
      eventBytes: Math.round(events * (await meanEventBytes(db, shop.id))),
      ...(await sizeOfSnapshots(db, shop.id, snapshots)),
      reports: (await this.#oldReports(shop, ends)).length,
    }
  }

  /** Lets go of what the shop does not keep any longer. Whatever it is cut off in, the next one goes on with. */
  sweep(shop: ShopRecord): Promise<void> {
    return this.#parts.mutex.take(shop.id, async () => {
      const { db, log, archive } = this.#parts
      const { settings } = await findKeeping(db, shop.id)
      const ends = await this.#ends(shop, settings)
      const beginning = await log.beginning(shop.id)
      if (ends.events !== undefined && beginning !== undefined && beginning < ends.events) {
        await this.#makeReports(shop, ends, beginning)
        if (this.#closed) return
        const seq = await archive.found(shop, ends.events)
        if (seq > 0) await log.cut(shop.id, { seq, from: ends.events })
      }
      const cut = await log.cutOf(shop.id)
      if (cut !== undefined) {
        const own = { source: OWN_SOURCE, subject: shop.slug }
        await this.#bitByBit(() => deleteSomeEvents(db, shop.id, cut.seq, own, STEP_ROWS))
        await this.#bitByBit(() => deleteSomeTraces(db, shop.id, cut.from, STEP_ROWS))
        if (this.#closed) return
      }
      if (cut !== undefined || ends.snapshots !== undefined)
        await deleteSnapshots(db, shop.id, { at: ends.snapshots ?? 0, seq: cut?.seq ?? 0 })
      await deleteReports(db, shop.id, await this.#oldReports(shop, ends))
      this.#swept.set(shop.id, ends.today)
    })
  }

  /** Sweeps every shop now, and once on each of its days from then on. */
  begin(): void {
    const { clock, warn } = this.#parts
    if (this.#closed) return
    this.sweepAll().catch((error) => warn(error, 'a sweep failed'))
    this.#callOff = clock.wakeAt(clock.now() + HOUR_MS, () => this.begin())
  }

  /** One shop that fails does not keep the others from theirs. */
  async sweepAll(): Promise<void> {
    const { shops, warn } = this.#parts
    for (const shop of await shops.list())
      await this.#sweepWhenDue(shop).catch((error) => warn(error, 'what is too old could not be let go of'))
  }

  async #sweepWhenDue(shop: ShopRecord): Promise<void> {
    const settings = await this.settings(shop)
    // What was begun is brought to its end, whatever was said meanwhile.
    const isCut = (await this.#parts.log.cutOf(shop.id)) !== undefined
    if (this.#closed || (Object.keys(settings).length === 0 && !isCut)) return
    const { today } = await this.#ends(shop, settings)
    if (this.#swept.get(shop.id) !== today) await this.sweep(shop)
  }

  /** Finishes the bit at hand. */
  async close(): Promise<void> {
    this.#closed = true
    this.#callOff?.()
    await this.#parts.mutex.settled()
  }

  /** The reports that outlive the days that go are made while there is what they are made from. */
  async #makeReports(shop: ShopRecord, { zone, events, reportDay }: Ends, beginning: number): Promise<void> {
    const { reports } = this.#parts
    const first = Math.max(zone.dayOf(beginning), reportDay ?? Number.NEGATIVE_INFINITY)
    for (let day = first; events !== undefined && zone.startOf(day) < events && !this.#closed; day++) {
      await reports.keep(shop, dayPeriod(day))
      const week = weekPeriod(day)
      if (week.last === day) await reports.keep(shop, week)
    }
  }

  async #bitByBit(deleteSome: () => Promise<number>): Promise<void> {
    while (!this.#closed && (await deleteSome()) > 0) await nextTurn()
  }

  async #ends(shop: ShopRecord, { eventsDays, snapshotsDays, reportsDays }: KeepingSettings): Promise<Ends> {
    const { rooms, clock } = this.#parts
    const { timezone } = (await rooms.of(shop)).config
    const zone = new Zone(timezone)
    const today = zone.dayOf(clock.now())
    return {
      zone,
      today,
      ...(eventsDays !== undefined && { events: zone.startOf(today - eventsDays) }),
      ...(snapshotsDays !== undefined && { snapshots: zone.startOf(today - snapshotsDays) }),
      ...(reportsDays !== undefined && { reportDay: today - reportsDays }),
    }
  }

  async #oldReports(shop: ShopRecord, { reportDay }: Ends): Promise<string[]> {
    if (reportDay === undefined) return []
    const periods = await reportPeriods(this.#parts.db, shop.id)
    return periods.filter((id) => (periodOf(id)?.last ?? reportDay) < reportDay)
  }
}
