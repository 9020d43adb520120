import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { View } from '#core/view.ts'
import { dateOf, Zone } from '#core/zone.ts'
import { openDatabase } from '#db/open.ts'
import { simulateDays, TIMEZONE } from '../demo/days.ts'
import { DATABASE_KINDS, newDatabase, type Where } from '../support/database.ts'
import { cloudEvent, startTestServer, type TestServer } from '../support/server.ts'

const DAY_MS = 86_400_000
const KEPT_DAYS = 40
/** Of each of the days there are. */
const MOST = 2_200
const zone = new Zone(TIMEZONE)
const dayAgo = (days: number) => dateOf(zone.dayOf(Date.now()) - days)
const iso = (at: number) => new Date(at).toISOString()

describe.each(DATABASE_KINDS)('[keeping] old days on %s', (kind) => {
  let where: Where
  let server: TestServer
  const cutAt = zone.startOf(zone.dayOf(Date.now()) - KEPT_DAYS)
  /** On days that stay, from the very first instant of them. */
  const instants = [cutAt, cutAt + 1, cutAt + DAY_MS / 2, cutAt + 10 * DAY_MS, cutAt + 11 * DAY_MS, Date.now() - DAY_MS]
  const views: View[] = []
  const keeping = async () => (await server.ask('GET', '/api/shops/demo/keeping')).json
  const put = (settings: object) => server.ask('PUT', '/api/shops/demo/keeping', { body: { settings } })
  const customerOf = (text: string) => /"customer":"([^"]+)"/.exec(text)?.[1] ?? ''
  let customer: string

  beforeAll(async () => {
    where = await newDatabase(kind)
    server = await startTestServer(where)
    await server.makeShop('demo', TIMEZONE)
    for (const [i, days] of [60, KEPT_DAYS + 1, 29].entries()) {
      const events = simulateDays(i + 1, dayAgo(days), 1).slice(0, MOST)
      const own = events.map(({ event }) => ({ ...event, id: `${i}-${event.id}` }))
      if (days === KEPT_DAYS + 1) customer = customerOf(JSON.stringify(own.slice(200)))
      await server.send('demo', own, 'backfill')
    }
    for (const at of instants) views.push(await server.view('demo', at))
    expect((await server.ask('GET', `/api/shops/demo/reports/${dayAgo(60)}`)).status).toBe(200)
  })
  afterAll(async () => {
    await server.close()
    await rm(where.dataDir, { recursive: true, force: true })
  })

  test('[keeping] settings out of bounds are refused by name, and change nothing', async () => {
    for (const [settings, field] of [
      [{ eventsDays: 34 }, 'settings.eventsDays'],
      [{ reportsDays: 0 }, 'settings.reportsDays'],
      [{ snapshotsDays: 1.5 }, 'settings.snapshotsDays'],
      [{ eventDays: 90 }, 'settings'],
    ] as const) {
      const { status, json } = await put(settings)
      expect([status, json.errors[0].field]).toEqual([400, field])
    }
    expect(await keeping()).toMatchObject({ settings: {}, kept: { events: 3 * MOST, firstDay: dayAgo(60) } })
  })

  test('[keeping] what would go is told before it is set', async () => {
    const body = { settings: { eventsDays: KEPT_DAYS, reportsDays: 30 } }
    const { json } = await server.ask('POST', '/api/shops/demo/keeping/look', { body })
    expect(json).toMatchObject({ before: dayAgo(KEPT_DAYS), days: 20, events: 2 * MOST })
    expect(json.reports).toBe((await keeping()).kept.reports)
    // A report is compared with the one before it.
    expect((await keeping()).kept).toMatchObject({ firstSnapshotDay: dayAgo(60), firstReportDay: dayAgo(61) })
    expect(json.eventBytes).toBeGreaterThan(100 * MOST)
    expect((await keeping()).kept.events).toBe(3 * MOST)
  })

  test('[keeping] what is too old goes, and every view of the days that stay is what it was', async () => {
    expect((await put({ eventsDays: KEPT_DAYS, reportsDays: 30 })).status).toBe(200)
    await expect
      .poll(async () => (await keeping()).kept, { timeout: 30_000 })
      .toMatchObject({
        ...{ from: iso(cutAt), events: MOST, firstDay: dayAgo(29), reports: 0 },
      })
    for (const [i, at] of instants.entries()) expect(await server.view('demo', at), iso(at)).toEqual(views[i])
    const { events } = (await server.ask('GET', '/api/shops/demo/events?after=0&limit=5')).json
    expect(events[0].seq).toBe(2 * MOST + 1)
  })

  test('[keeping] before them it says since when there is anything: 410', async () => {
    const before = encodeURIComponent(iso(cutAt - 1))
    for (const path of [`view?at=${before}`, `list?figure=alerts/all&at=${before}`, `reports/${dayAgo(60)}`]) {
      const { status, json } = await server.ask('GET', `/api/shops/demo/${path}`)
      expect([path, status, json.keptFrom]).toEqual([path, 410, iso(cutAt)])
    }
    const minute = iso(Math.floor((cutAt - DAY_MS) / 60_000) * 60_000)
    expect((await server.ask('GET', `/api/shops/demo/segments/${minute}`)).status).toBe(410)
    expect((await server.ask('GET', `/api/shops/demo/reports/${dayAgo(29)}`)).status).toBe(200)
    expect((await server.ask('GET', `/api/shops/demo/days/${dayAgo(29)}`)).json.firstDate).toBe(dayAgo(29))
  })

  test('[keeping] the log goes on without a gap, and after a restart all of it is the same', async () => {
    const sent = await server.send('demo', [cloudEvent('message.received', 'c-new', { chars: 3 })])
    expect(sent.head).toBe(3 * MOST + 1)
    const now = await server.view('demo')
    await server.close()
    server = await startTestServer(where)
    expect(await server.view('demo', now.at)).toEqual(now)
    for (const [i, at] of instants.entries()) expect(await server.view('demo', at), iso(at)).toEqual(views[i])
    expect((await server.ask('GET', `/api/shops/demo/view?at=${encodeURIComponent(iso(cutAt - 1))}`)).status).toBe(410)
  })

  test('[keeping] a customer on the floor that the log begins with can be erased too', async () => {
    const { text } = await server.ask('POST', '/api/shops/demo/erasures', { body: { customer } })
    const { result } = JSON.parse(text.trim().split('\n').at(-1) ?? '')
    expect(result.conversations + result.orders).toBeGreaterThan(0)
    for (const [i, at] of instants.entries()) expect(await server.view('demo', at), iso(at)).toEqual(views[i])
    const again = await server.ask('POST', '/api/shops/demo/erasures/look', { body: { customer } })
    expect(JSON.parse(again.text.trim().split('\n').at(-1) ?? '').result).toMatchObject({
      conversations: 0,
      orders: 0,
      events: 0,
    })
  })

  test('[keeping] a release that cannot read that floor says so and shows nothing', async () => {
    await server.close()
    const { db, close } = await openDatabase(where)
    const { base_seq } = await db.selectFrom('keeping').select('base_seq').executeTakeFirstOrThrow()
    await db.updateTable('snapshots').set({ version: -1 }).execute()
    await close()
    server = await startTestServer(where)
    expect((await server.ask('GET', '/api/shops/demo/view')).status).toBe(500)
    await server.close()
    const again = await openDatabase(where)
    const left = await again.db.selectFrom('snapshots').select('seq').execute()
    await again.close()
    expect(left).toEqual([{ seq: base_seq }])
    server = await startTestServer(where)
  })
})
