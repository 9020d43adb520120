/** Tries a handbook on a period of a shop's past. */
import type { AlertRecord } from '#core/floor.ts'
import type { Period } from '#core/report/period.ts'
import type { HandbookChanges } from '#core/shop.ts'
import { breachesAmong, compareBreaches, type WhatIf } from '#core/whatIf.ts'
import { Zone } from '#core/zone.ts'
import type { Archive } from '#server/archive/archive.ts'
import type { EventLog } from '#server/log/log.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { Rooms } from './rooms.ts'

const PAGE = 5_000

export class WhatIfs {
  #rooms: Rooms
  #archive: Archive
  #log: EventLog

  constructor(rooms: Rooms, archive: Archive, log: EventLog) {
    this.#rooms = rooms
    this.#archive = archive
    this.#log = log
  }

  /** Undefined when the period has not begun. */
  async begins(shop: ShopRecord, period: Period): Promise<{ from: number; to: number; upTo: number } | undefined> {
    const room = await this.#rooms.of(shop)
    const zone = new Zone(room.config.timezone)
    const [from, to] = [zone.startOf(period.first), zone.startOf(period.last + 1)]
    return from > room.now ? undefined : { from, to, upTo: Math.min(to - 1, room.now) }
  }

  /** Of a period that has begun; `tell` hears how much is done, from 0 to 1. */
  async compare(
    shop: ShopRecord,
    stretch: { from: number; to: number; upTo: number },
    handbook: HandbookChanges,
    tell: (done: number) => void,
  ): Promise<WhatIf> {
    const { from, to, upTo } = stretch
    const room = await this.#rooms.of(shop)
    await room.reserve(upTo)
    await room.settled()
    const [records, would] = await Promise.all([
      this.#alerts(shop, from, upTo + 1),
      this.#archive.trial(shop, stretch, handbook, tell),
    ])
    return compareBreaches(breachesAmong(records, from, to), would, from, to)
  }

  async #alerts(shop: ShopRecord, from: number, to: number): Promise<AlertRecord[]> {
    const all: AlertRecord[] = []
    for (let after: AlertRecord | undefined; ; ) {
      const page = await this.#log.listAlerts(shop.id, { from, to, after, limit: PAGE })
      all.push(...page)
      after = page.at(-1)
      if (page.length < PAGE) return all
    }
  }
}
