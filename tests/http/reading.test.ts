import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cloudEvent, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const HOUR = 3_600_000
const iso = (instant: number) => new Date(instant).toISOString()
const opened = (id: string, at: number) =>
  cloudEvent('conversation.opened', id, { queue: 'presales' }, { time: iso(at) })
const answered = (id: string, at: number) => cloudEvent('message.sent', id, { agent: 'a1' }, { time: iso(at) })
const path = (shop: string, rest: string) => `/api/shops/${shop}/${rest}`

describe('[shops] making and changing', () => {
  test('[shops] made once, changed by an ordinary event, left alone when nothing is new', async () => {
    const put = (body: unknown) => server.ask('PUT', '/api/shops/made', { body })
    expect(await put({ name: 'One', timezone: 'Asia/Shanghai' })).toMatchObject({ status: 201, json: { shop: 'made' } })
    expect((await server.view('made')).seq).toBe(0)
    expect((await put({ name: 'One', timezone: 'Asia/Shanghai' })).status).toBe(200)
    expect((await server.view('made')).seq).toBe(0)
    expect((await put({ name: 'Two', timezone: 'Europe/Berlin' })).status).toBe(200)
    expect(await server.view('made')).toMatchObject({ seq: 1, name: 'Two', timezone: 'Europe/Berlin' })
    const { json } = await server.ask('GET', '/api/shops')
    expect(json.shops).toContainEqual({ shop: 'made', name: 'Two', timezone: 'Europe/Berlin' })
  })

  test.each([
    ['no body', undefined, 400],
    ['no name', { timezone: 'UTC' }, 400],
    ['no such zone', { name: 'x', timezone: 'Asia/Nowhere' }, 400],
    ['an offset for a zone', { name: 'x', timezone: '+08:00' }, 400],
  ])('[shops] %s', async (_what, body, status) => {
    expect((await server.ask('PUT', '/api/shops/wrong', { body })).status).toBe(status)
    expect((await server.ask('GET', '/api/shops/wrong/view')).status).toBe(404)
  })

  test('[shops] a name that would not do in a link', async () => {
    expect((await server.ask('PUT', '/api/shops/a%20b', { body: { name: 'x', timezone: 'UTC' } })).status).toBe(400)
  })
})

describe('[read] the view', () => {
  test('[read] what was acknowledged is in the next view, live or backfilled', async () => {
    const shop = await server.makeShop('acknowledged')
    for (let i = 1; i <= 5; i++) {
      await server.send(shop, [opened(`c${i}`, Date.now())])
      expect((await server.view(shop)).seq).toBe(i)
    }
    const loaded = await server.makeShop('loaded')
    const from = Date.now() - 2 * HOUR
    for (let i = 1; i <= 3; i++) {
      await server.send(loaded, [opened(`c${i}`, from + i)], 'backfill')
      const view = await server.view(loaded)
      expect(view.seq).toBe(i)
      expect(Math.abs(Date.parse(view.at) - Date.now())).toBeLessThan(10_000)
    }
  })

  test('[read] a final view is cacheable for ever; others are not; the future is not to be had', async () => {
    const shop = await server.makeShop('final')
    const from = Date.now() - HOUR
    await server.send(shop, [opened('c1', from), opened('c2', from + 60_000)], 'backfill')
    const at = (instant: number) => path(shop, `view?at=${iso(instant)}`)
    const before = await server.ask('GET', at(from - 1))
    expect(before.json).toMatchObject({ seq: 0, at: iso(from - 1), queues: {} })
    expect(before.headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
    const final = await server.ask('GET', at(from + 60_000))
    expect(final.json).toMatchObject({ seq: 2, queues: { presales: { waiting: 2 } } })
    const etag = final.headers.get('etag') ?? ''
    expect(etag).toMatch(/^".+"$/)
    expect((await server.ask('GET', at(from + 60_000), { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await server.ask('GET', at(from), { headers: { 'if-none-match': etag } })).status).toBe(200)
    const open = await server.ask('GET', at(from + 60_001))
    expect(open.json).toMatchObject({ seq: 2, at: iso(from + 60_001) })
    expect(open.headers.get('etag')).toBeNull()
    expect(open.headers.get('cache-control')).toBe('no-store')
    expect((await server.ask('GET', at(Date.now() + HOUR))).status).toBe(422)
    expect((await server.ask('GET', path(shop, 'view?at=yesterday'))).status).toBe(400)
  })

  test('[L4] a view that was read now is the same when asked for by its instant', async () => {
    const shop = await server.makeShop('now')
    for (let i = 0; i < 10; i++) {
      await server.send(shop, [opened(`c${i}`, Date.now())])
      const view = await server.view(shop)
      await server.send(shop, [opened(`d${i}`, Date.now() - 1_000)])
      expect(await server.view(shop, view.at)).toEqual(view)
    }
  })
})

describe('[read] the log', () => {
  test('[read] in pages after a seq, as JSON or NDJSON', async () => {
    const shop = await server.makeShop('log')
    const sent = Array.from({ length: 5 }, (_, i) => opened(`c${i}`, Date.now() - HOUR + i))
    await server.send(shop, sent, 'backfill')
    const page = (await server.ask('GET', path(shop, 'events?after=1&limit=2'))).json.events
    expect(page).toEqual([
      { ...sent[1], seq: 2, recordedAt: sent[1]?.time },
      { ...sent[2], seq: 3, recordedAt: sent[2]?.time },
    ])
    const accepting = (accept: string) => server.ask('GET', path(shop, 'events?after=3'), { headers: { accept } })
    for (const accept of ['*/*', 'application/json, application/x-ndjson;q=0.5', 'application/x-ndjson;q=0'])
      expect((await accepting(accept)).headers.get('content-type')).toContain('application/json')
    const lines = await accepting('application/x-ndjson, */*')
    expect(lines.headers.get('content-type')).toContain('application/x-ndjson')
    expect(
      lines.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).seq),
    ).toEqual([4, 5])
  })
})

describe('[read] the history', () => {
  test('[read] points at even steps, the same however often asked', async () => {
    const shop = await server.makeShop('chart', 'UTC')
    const hour = Math.floor(Date.now() / HOUR) * HOUR - 30 * HOUR
    const events = Array.from({ length: 20 }, (_, i) => opened(`c${i}`, hour + i * 60_000 + 1))
    await server.send(shop, events, 'backfill')
    const span = `history?from=${iso(hour)}&to=${iso(hour + 30 * 60_000)}&stepMs=300000`
    const first = (await server.ask('GET', path(shop, span))).json.points
    expect(first.map((point: { at: string }) => point.at)).toEqual(
      [1, 2, 3, 4, 5, 6].map((i) => iso(hour + i * 300_000)),
    )
    expect(first.map((point: { waiting: number }) => point.waiting)).toEqual([5, 10, 15, 20, 20, 20])
    expect((await server.ask('GET', path(shop, span))).json.points).toEqual(first)
    expect((await server.ask('GET', path(shop, 'history?stepMs=10'))).status).toBe(400)
    expect((await server.ask('GET', path(shop, `history?from=${iso(hour)}&stepMs=60000`))).status).toBe(400)
  })
})

describe('[read] alerts', () => {
  test('[read] by opening instant and rule, in pages', async () => {
    const shop = await server.makeShop('alerts')
    const start = Date.parse('2026-11-20T02:00:00.000Z')
    const events = [0, 1, 2].flatMap((i) => [
      opened(`c${i}`, start + i * 60_000),
      answered(`c${i}`, start + i * 60_000 + 45_000),
    ])
    await server.send(shop, events, 'backfill')
    const all = (await server.ask('GET', path(shop, 'alerts?rule=first_response'))).json
    expect(all.next).toBeUndefined()
    expect(all.alerts).toHaveLength(3)
    expect(all.alerts[0]).toMatchObject({
      rule: 'first_response',
      subject: 'c0',
      level: 'breach',
      state: 'resolved',
      openedAt: iso(start + 30_000),
      dueAt: iso(start + 30_000),
      resolvedAt: iso(start + 45_000),
      lateMs: 15_000,
      queue: 'presales',
    })
    const first = (await server.ask('GET', path(shop, 'alerts?rule=first_response&limit=2'))).json
    const rest = (await server.ask('GET', path(shop, `alerts?rule=first_response&limit=2&after=${first.next}`))).json
    expect([...first.alerts, ...rest.alerts]).toEqual(all.alerts)
    const between = `alerts?rule=first_response&from=${iso(start + 90_000)}&to=${iso(start + 150_000)}`
    expect((await server.ask('GET', path(shop, between))).json.alerts).toMatchObject([{ subject: 'c1' }])
  })
})
