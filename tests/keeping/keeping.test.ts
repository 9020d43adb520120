import { rm } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OWN_SOURCE } from '#core/events.ts'
import { SNAPSHOT_VERSION } from '#core/version.ts'
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
  const oldSegment = `/api/shops/demo/segments/${iso(Math.floor((cutAt - DAY_MS) / 60_000) * 60_000)}`

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
    expect((await server.ask('GET', oldSegment)).status).toBe(200)
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
        from: iso(cutAt),
        events: MOST,
        firstDay: dayAgo(29),
        reports: 0,
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
    // Also one that was looked at while it was there.
    expect((await server.ask('GET', oldSegment)).status).toBe(410)
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

  test('[L8] what is sent again from behind the cut is refused, not counted anew', async () => {
    const { seq: head } = await server.view('demo')
    const type = 'application/cloudevents-batch+json'
    const time = { time: iso(cutAt - 1) }
    const events = [
      cloudEvent('message.received', 'c-old', { chars: 3 }, { ...time, id: 'long-ago' }),
      cloudEvent('message.received', 'c-new', { chars: 3 }, { id: 'just-now' }),
    ]
    const sent = await server.ask('POST', '/api/shops/demo/events', { type, body: events })
    expect(sent.json).toMatchObject({ accepted: 1, head: head + 1, rejected: [{ index: 0, id: 'long-ago' }] })
    expect(sent.json.rejected[0].error).toBe('time: expected an instant of the days that this shop still keeps')
    const { rejected } = (await server.ask('GET', '/api/shops/demo/rejected?limit=1')).json
    const resent = await server.ask('POST', `/api/shops/demo/rejected/${rejected[0].id}/resend`)
    expect([resent.status, resent.json.errors?.[0]?.detail ?? resent.json.detail]).toEqual([
      422,
      expect.stringContaining('still keeps'),
    ])
    // One that came late, and is kept, is a duplicate for ever.
    const late = events.map((event) => ({ ...event, ...time }))
    const again = await server.ask('POST', '/api/shops/demo/events', { type, body: late })
    expect(again.json).toMatchObject({ accepted: 0, duplicates: 1, rejected: [{ index: 0 }] })
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

  describe('[keeping] of what people wrote and made', () => {
    const NAMED = 'li.of.the.test@example.com'
    const old = dayAgo(60)
    const at = (days: number, hour: number) => iso(zone.startOf(zone.dayOf(Date.now()) - days) + hour * 3_600_000)
    const get = (path: string) => server.ask('GET', `/api/shops/small/${path}`)
    const own = { source: OWN_SOURCE }
    /** As exported elsewhere: what the product itself writes keeps its instant. */
    const log = () => [
      cloudEvent('conversation.opened', 'c1', { queue: 'presales', customer: NAMED }, { time: at(60, 10) }),
      cloudEvent('note.added', 'small', { text: `called ${NAMED} back` }, { ...own, time: at(60, 11) }),
      cloudEvent(
        'note.added',
        `report/${old}/conversations`,
        { text: `only ${NAMED}`, cause: `only ${NAMED}` },
        { ...own, time: at(60, 12) },
      ),
      cloudEvent('complaint.opened', 'k1', { kind: 'service', customer: 'bob' }, { time: at(59, 10) }),
      cloudEvent('conversation.opened', 'c2', { queue: 'presales', customer: 'bob' }, { time: at(20, 10) }),
    ]

    test('[keeping] the reports of days that go are made first, and what was written about them stays', async () => {
      await server.makeShop('small', TIMEZONE)
      const config = { name: 'Shop small', timezone: TIMEZONE }
      const lines = log().map((event, i) => ({ ...event, seq: i + 1, recordedAt: event.time }))
      const head = { floorwatch: 'export', shop: 'small', config, after: 0, head: lines.length }
      const file = [head, ...lines].map((line) => JSON.stringify(line)).join('\n')
      const loaded = await server.ask('POST', '/api/shops/small/import', { type: 'application/x-ndjson', body: file })
      expect(loaded.json).toMatchObject({ imported: 5 })
      const was = (await get(`reports/${dayAgo(59)}`)).json.report
      await server.ask('PUT', '/api/shops/small/keeping', { body: { settings: { eventsDays: 40 } } })
      await expect.poll(async () => (await get('keeping')).json.kept.from, { timeout: 30_000 }).toBe(iso(cutAt))
      const { status, json } = await get(`reports/${old}`)
      expect([status, json.report.empty ?? false, json.annotations.length]).toEqual([200, false, 1])
      expect((await get(`reports/${dayAgo(59)}`)).json.report).toEqual(was)
    })

    test('[keeping] the last day before a silence has its report too, though no event came after it', async () => {
      const silent = (path: string) => server.ask('GET', `/api/shops/silent/${path}`)
      await server.makeShop('silent', TIMEZONE)
      const opened = (days: number) =>
        cloudEvent('conversation.opened', `c${days}`, { queue: 'presales' }, { time: at(days, 10) })
      await server.send('silent', [opened(45), opened(44)], 'backfill')
      await server.ask('PUT', '/api/shops/silent/keeping', { body: { settings: { eventsDays: KEPT_DAYS } } })
      await expect.poll(async () => (await silent('keeping')).json.kept.from, { timeout: 30_000 }).toBe(iso(cutAt))
      for (const days of [45, 44]) {
        const { status, json } = await silent(`reports/${dayAgo(days)}`)
        expect([status, json.report?.empty ?? false], `${days} days ago`).toEqual([200, false])
      }
    })

    test('[keeping] a day, an export, a what-if and a reader from before the cut hear that it is gone', async () => {
      const body = { period: old, handbook: {} }
      const asked = await server.ask('POST', '/api/shops/small/handbook/what-if', { body })
      const answers = [asked, await get(`days/${old}`), await get(`export?from=${old}`), await get('events?after=1')]
      for (const { status, json } of answers) expect([status, json.keptFrom]).toEqual([410, iso(cutAt)])
      expect((await get('export')).text).toContain('"c2"')
    })

    test('[keeping] a customer is erased from what is left behind the cut too', async () => {
      const { text } = await server.ask('POST', '/api/shops/small/erasures', { body: { customer: NAMED } })
      expect(JSON.parse(text.trim().split('\n').at(-1) ?? '').result).toMatchObject({ conversations: 1, events: 2 })
      expect(JSON.stringify((await get(`reports/${old}`)).json.annotations)).not.toContain(NAMED)
      await server.close()
      const { db, close } = await openDatabase(where)
      const bodies = (await db.selectFrom('events').select('body').execute()).map(({ body }) => body)
      await close()
      server = await startTestServer(where)
      expect(bodies.join('\n')).toContain('"cause"')
      expect(bodies.join('\n')).not.toContain(NAMED)
    })

    test('[keeping] what a stop has cut short, the next start goes on with', async () => {
      await server.close()
      const opened = await openDatabase(where)
      const shop = await opened.db
        .selectFrom('shops')
        .select('id')
        .where('slug', '=', 'small')
        .executeTakeFirstOrThrow()
      const left = { shop_id: shop.id, seq: 1, recorded_at: cutAt - 1, time: cutAt - 1, subject: 'c1', body: '{}' }
      await opened.db
        .insertInto('events')
        .values({ ...left, source: 'chat', id: 'left' })
        .execute()
      await opened.close()
      server = await startTestServer(where)
      // As long as it is there, the same again is a duplicate.
      const same = cloudEvent('message.received', 'c2', { chars: 1 }, { source: 'chat', id: 'left' })
      await expect.poll(async () => (await server.send('small', [same])).accepted, { timeout: 30_000 }).toBe(1)
      await server.close()
      const again = await openDatabase(where)
      const rows = again.db.selectFrom('events').select('seq').where('shop_id', '=', shop.id).orderBy('seq')
      expect((await rows.execute()).map(({ seq }) => seq)).toEqual([2, 3, 5, 6])
      await again.close()
      server = await startTestServer(where)
    })
  })

  test('[keeping] a release after the one that saved that floor takes it over', async () => {
    const seen = await server.view('demo')
    const reports = [dayAgo(60), dayAgo(59)].map((day) => `/api/shops/small/reports/${day}`)
    const told = async () =>
      (await Promise.all(reports.map((path) => server.ask('GET', path)))).map(({ json }) => json.report)
    const before = await told()
    await server.close()
    const { db, close } = await openDatabase(where)
    await db
      .updateTable('snapshots')
      .set({ version: SNAPSHOT_VERSION - 1 })
      .execute()
    await sql`update reports set version = '1.' || split_part(version, '.', 2)`.execute(db)
    await close()
    server = await startTestServer(where)
    expect(await server.view('demo', seen.at)).toEqual(seen)
    expect(before.every((report) => report !== undefined)).toBe(true)
    expect(await told()).toEqual(before)
  })

  test('[keeping] a release that cannot read that floor says so and shows nothing', async () => {
    await server.close()
    const { db, close } = await openDatabase(where)
    const bases = await db.selectFrom('keeping').select(['shop_id', 'base_seq as seq']).orderBy('shop_id').execute()
    await db
      .updateTable('snapshots')
      .set({ version: -1, front: Buffer.from('?') })
      .execute()
    await close()
    server = await startTestServer(where)
    expect((await server.ask('GET', '/api/shops/demo/view')).status).toBe(500)
    await server.close()
    const again = await openDatabase(where)
    const left = await again.db.selectFrom('snapshots').select(['shop_id', 'seq']).orderBy('shop_id').execute()
    await again.close()
    expect(left).toEqual(bases)
    server = await startTestServer(where)
  })
})
