/** A real log on the embedded database, and rooms whose clock is turned by hand. */
import { rm } from 'node:fs/promises'
import type { RecordedEvent } from '#core/events.ts'
import type { ShopConfig } from '#core/shop.ts'
import type { View } from '#core/view.ts'
import { migrate } from '#db/migrate.ts'
import { openDatabase } from '#db/open.ts'
import { Archive } from '#server/archive/archive.ts'
import { ShopArchive } from '#server/archive/shopArchive.ts'
import { AlertBook } from '#server/live/alertBook.ts'
import { ChecksumRecorder } from '#server/live/checksumRecorder.ts'
import type { Clock } from '#server/live/clock.ts'
import type { SoundEvent } from '#server/live/inbox.ts'
import { Room } from '#server/live/room.ts'
import { Rooms } from '#server/live/rooms.ts'
import { Segments } from '#server/live/segments.ts'
import { EventLog } from '#server/log/log.ts'
import { type ShopRecord, Shops } from '#server/shops.ts'
import { newDataDir } from './database.ts'

export interface Stage {
  log: EventLog
  archive: Archive
  makeShop(config?: Partial<ShopConfig>): Promise<ShopRecord>
  openRoom(shop: ShopRecord, clock: Clock, log?: EventLog): Promise<Room>
  /** Of the rooms that were opened here, the last of each shop. */
  segments: Segments
  close(): Promise<void>
}

let shops = 0

export async function openStage(): Promise<Stage> {
  const dataDir = await newDataDir()
  const { db, close } = await openDatabase({ dataDir })
  await migrate(db)
  const log = new EventLog(db)
  const archive = new Archive(log)
  const opened = new Map<number, Room>()
  const rooms = new Rooms(async ({ id }) => opened.get(id) as Room)
  return {
    log,
    archive,
    segments: new Segments(archive, rooms),
    async makeShop(config = {}) {
      shops++
      const made = await new Shops(db).create(
        { name: 'A shop', timezone: 'Asia/Shanghai', ...config, shop: `s${shops}` },
        0,
      )
      return made as ShopRecord
    },
    async openRoom(shop, clock, roomLog = log) {
      const warn = () => {}
      const alerts = new AlertBook(log.alerts, shop.id, warn)
      const ofShop = new ShopArchive({ archive, log: roomLog, shop, clock, flushAlerts: () => alerts.flush(), warn })
      const room = await Room.open({
        shop,
        log: roomLog,
        clock,
        alerts,
        archive: ofShop,
        checksums: new ChecksumRecorder(db, shop.id, warn),
        metrics: { committed() {}, alerted() {} },
        warn,
      })
      opened.set(shop.id, room)
      return room
    },
    async close() {
      await archive.close()
      await close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A recorded event as it would be sent. */
export function soundEvent({ source, id, type, subject, time, data }: RecordedEvent): SoundEvent {
  const body = { specversion: '1.0', id, source, type, subject, time: new Date(time).toISOString(), data }
  return { source, id, type, subject, time, data, body: JSON.stringify(body) }
}

/** What the archive says of an instant. */
export async function pastView(archive: Archive, shop: ShopRecord, at: number, final: boolean): Promise<View> {
  return JSON.parse(Buffer.from(await archive.view(shop, at, final)).toString())
}
