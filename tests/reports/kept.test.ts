import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { advance, createFloor } from '#core/floor.ts'
import { type Period, periodOf } from '#core/report/period.ts'
import { reportOf } from '#core/report/report.ts'
import { DAY } from '#core/zone.ts'
import { migrate } from '#db/migrate.ts'
import { type OpenDatabase, openDatabase } from '#db/open.ts'
import type { Archive } from '#server/archive/archive.ts'
import type { Rooms } from '#server/live/rooms.ts'
import { Reports } from '#server/reports/reports.ts'
import { type ShopRecord, Shops } from '#server/shops.ts'
import { newDataDir } from '../support/database.ts'

const CONFIG = { shop: 'kept', name: 'Kept', timezone: 'UTC' }

let dataDir: string
let database: OpenDatabase
let shop: ShopRecord
/** The days that were worked out since the last look. */
let worked: string[] = []
let now = 0
let final = true
let timezone = 'UTC'
let nothing = false

beforeAll(async () => {
  dataDir = await newDataDir()
  database = await openDatabase({ dataDir })
  await migrate(database.db)
  shop = (await new Shops(database.db).create(CONFIG, 0)) as ShopRecord
})
afterAll(async () => {
  await database.close()
  await rm(dataDir, { recursive: true, force: true })
})

/** A shop of which every report is as good as any, at an instant of the test's own. */
function reports(): Reports {
  const room = {
    get now() {
      return now
    },
    get config() {
      return { ...CONFIG, timezone }
    },
    reserve: async () => final,
  }
  const rooms = { of: async () => room } as unknown as Rooms
  const look = async (_shop: ShopRecord, at: number, _final: boolean, _name: 'report', from: number, to: number) => {
    worked.push(new Date(from).toISOString().slice(0, 10))
    const floor = createFloor(CONFIG)
    advance(floor, at)
    const { empty, ...report } = reportOf(floor, from, to)
    return nothing ? { ...report, empty } : report
  }
  return new Reports(database.db, rooms, { look } as unknown as Archive)
}

const period = (id: string) => periodOf(id) as Period
async function ask(of: Reports, id: string, at: string): Promise<string[]> {
  now = Date.parse(at)
  worked = []
  await of.answer(shop, period(id))
  return worked
}

describe('[report] kept', () => {
  test('[report] a period that is over is worked out once, by whichever server and however many ask', async () => {
    const after = '2026-11-25T08:00:00Z'
    expect(await ask(reports(), '2026-11-23', after)).toEqual(['2026-11-16', '2026-11-22', '2026-11-23'])
    expect(await ask(reports(), '2026-11-23', after)).toEqual([])
    expect(await ask(reports(), '2026-11-24', after)).toEqual(['2026-11-17', '2026-11-24'])
    const both = reports()
    worked = []
    await Promise.all([both.answer(shop, period('2026-11-10')), both.answer(shop, period('2026-11-10'))])
    expect(worked).toHaveLength(3)
  })

  test('[report] one that is not over is worked out anew, and kept from its end on', async () => {
    expect(await ask(reports(), '2026-11-25', '2026-11-25T08:00:00Z')).toContain('2026-11-25')
    expect(await ask(reports(), '2026-11-25', '2026-11-25T23:59:59.999Z')).toContain('2026-11-25')
    expect(await ask(reports(), '2026-11-25', '2026-11-26T00:00:00Z')).toContain('2026-11-25')
    expect(await ask(reports(), '2026-11-25', '2026-11-27T00:00:00Z')).toEqual([])
  })

  test('[report] one into which a history may still be loaded is not kept', async () => {
    final = false
    expect(await ask(reports(), '2026-11-26', '2026-11-28T00:00:00Z')).toContain('2026-11-26')
    expect(await ask(reports(), '2026-11-26', '2026-11-28T00:00:00Z')).toContain('2026-11-26')
    final = true
  })

  test('[report] one of nothing is not kept: there is no end of days before a shop began', async () => {
    nothing = true
    expect(await ask(reports(), '2026-10-01', '2026-11-28T00:00:00Z')).toContain('2026-10-01')
    expect(await ask(reports(), '2026-10-01', '2026-11-28T00:00:00Z')).toContain('2026-10-01')
    nothing = false
  })

  test('[report] in another zone the day is another', async () => {
    timezone = 'Asia/Shanghai'
    expect(await ask(reports(), '2026-11-23', '2026-11-27T00:00:00Z')).toHaveLength(3)
    timezone = 'UTC'
    expect(await ask(reports(), '2026-11-23', '2026-11-27T00:00:00Z')).toEqual([])
  })

  test('[report] what another release made is let go', async () => {
    await database.db.updateTable('reports').set({ version: '0.0' }).execute()
    await reports().dropForeign()
    expect(
      await ask(reports(), '2026-11-23', new Date(Date.parse('2026-11-25T00:00:00Z') + DAY).toISOString()),
    ).toHaveLength(3)
  })
})
