import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMIN_KEY, cloudEvent, startTestServer, type TestServer } from '../support/server.ts'

const NDJSON = 'application/x-ndjson'
const at = (time: string) => ({ time: `2026-11-${time}.000Z` })
let server: TestServer
let shop: string
let file: string
let copies = 0

beforeAll(async () => {
  server = await startTestServer()
  shop = await server.makeShop('original', 'UTC')
  await server.send(
    shop,
    [
      cloudEvent('agent.registered', 'a1', { name: '小林', queues: ['presales'] }, at('17T08:00:00')),
      cloudEvent('agent.status_changed', 'a1', { status: 'online' }, at('17T08:00:00')),
      cloudEvent('conversation.opened', 'c1', { queue: 'presales' }, at('17T23:59:00')),
      cloudEvent('order.placed', 'o1', { paid: true }, at('18T09:00:00')),
      cloudEvent('message.sent', 'c1', { agent: 'a1' }, at('18T08:00:20')),
      cloudEvent('conversation.opened', 'c2', { queue: 'presales' }, at('18T10:00:00')),
      cloudEvent('conversation.opened', 'c3', { queue: 'presales' }, at('19T10:00:00')),
    ],
    'backfill',
  )
  // Live ones, late ones, and those that only the product writes.
  await server.send(shop, [cloudEvent('conversation.opened', 'c4', { queue: 'presales' }, at('19T11:00:00'))])
  const act = (command: object) => server.ask('POST', `/api/shops/${shop}/commands`, { body: command })
  expect((await act({ command: 'assign', conversation: 'c4', agent: 'a1' })).status).toBe(200)
  expect((await act({ command: 'note', text: '安静的一天' })).status).toBe(200)
  file = (await exported()).text
})
afterAll(() => server.close())

const exported = (query = '') => server.ask('GET', `/api/shops/${shop}/export${query}`)
const load = (into: string, body: string) => server.ask('POST', `/api/shops/${into}/import`, { type: NDJSON, body })
const newShop = (timezone = 'UTC') => server.makeShop(`copy${++copies}`, timezone)
const lines = (text: string) => text.trim().split('\n')

describe('[keeping] a log that is taken elsewhere', () => {
  test('[L1] every view of the copy is that of the original, but for the name of the shop', async () => {
    const copy = await newShop()
    const answer = await load(copy, file)
    expect(answer).toMatchObject({ status: 200, json: { imported: lines(file).length - 1, duplicates: 0 } })
    const last = JSON.parse(lines(file).at(-1) ?? '')
    await fc.assert(
      fc.asyncProperty(
        fc.date({ min: new Date('2026-11-17T00:00:00Z'), max: new Date(last.recordedAt), noInvalidDate: true }),
        async (instant) => {
          const { shop: _, name: __, ...was } = await server.view(shop, instant.getTime())
          const { shop: ___, name: ____, ...is } = await server.view(copy, instant.getTime())
          expect(is, instant.toISOString()).toEqual(was)
        },
      ),
      { numRuns: 25 },
    )
    const events = async (of: string) => (await server.ask('GET', `/api/shops/${of}/events`)).json.events
    expect(await events(copy)).toEqual(await events(shop))
  })

  test('[keeping] what people did about an alert comes along, however long the id of what it is about', async () => {
    const long = await newShop()
    await server.send(
      long,
      [cloudEvent('conversation.opened', 'c'.repeat(200), { queue: 'presales' }, at('19T10:00:00'))],
      'backfill',
    )
    const { alerts } = await server.view(long)
    const [id] = Object.keys(alerts)
    expect(
      (await server.ask('POST', `/api/shops/${long}/commands`, { body: { command: 'acknowledge', alert: id } })).status,
    ).toBe(200)
    const { text } = await server.ask('GET', `/api/shops/${long}/export`)
    expect(await load(await newShop(), text)).toMatchObject({ status: 200, json: { imported: 2 } })
  })

  test('[keeping] a file that was cut short is not taken for the whole log', async () => {
    const copy = await newShop()
    const short = lines(file).slice(0, -2).join('\n')
    const answer = await load(copy, short)
    expect(answer.status).toBe(422)
    expect(answer.json).toMatchObject({ imported: lines(file).length - 3 })
    expect(answer.text).toContain('cut short')
    expect(await load(copy, file)).toMatchObject({ status: 200, json: { imported: 2 } })
  })

  test('[keeping] what is not UTF-8 is refused, and an event as large as any can be taken along', async () => {
    const head = lines(file)[0] ?? ''
    const bytes = Buffer.concat([Buffer.from(`${head}\n{"name":"`), Buffer.from([0xcd, 0x8e, 0xff]), Buffer.from('"}')])
    const refused = await fetch(`${server.url}/api/shops/${await newShop()}/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': NDJSON },
      body: bytes,
    })
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('UTF-8')])

    const large = await newShop()
    await server.send(
      large,
      [cloudEvent('message.received', 'c9', { note: 'x'.repeat(2_000_000) }, at('19T12:00:00'))],
      'backfill',
    )
    const { text } = await server.ask('GET', `/api/shops/${large}/export`)
    expect(await load(await newShop(), text)).toMatchObject({ status: 200, json: { imported: 1 } })
  })

  test('[L8] the same file again has no effect', async () => {
    const copy = await newShop()
    await load(copy, file)
    const count = lines(file).length - 1
    expect((await load(copy, file)).json).toEqual({ imported: 0, duplicates: count, head: count })
  })

  test('[keeping] day by day in order, or a half and then the whole, comes to the same', async () => {
    const copy = await newShop()
    const half = lines(file).slice(0, 4).join('\n')
    expect((await load(copy, half)).json).toMatchObject({ imported: 3 })
    expect((await load(copy, file)).json).toMatchObject({ duplicates: 3, head: lines(file).length - 1 })
    const daily = await newShop()
    for (const day of ['17', '18', '19']) {
      const part = await exported(`?from=2026-11-${day}&to=2026-11-${day}`)
      expect((await load(daily, part.text)).status).toBe(200)
    }
    expect((await load(daily, (await exported('?from=2026-11-20')).text)).json.head).toBe(lines(file).length - 1)
  })

  test('[keeping] a day of the export holds what was recorded on it, by the shop’s clock', async () => {
    const [head, ...events] = lines((await exported('?from=2026-11-18&to=2026-11-18')).text).map((line) =>
      JSON.parse(line),
    )
    expect(head).toMatchObject({ floorwatch: 'export', shop, after: 3, head: 6, config: { timezone: 'UTC' } })
    expect(events.map(({ subject }) => subject)).toEqual(['o1', 'c1', 'c2'])
  })

  test.each([
    ['no export', () => '{"hello":1}', 422, /^line 1: expected the first line of an export/],
    ['a gap', () => [lines(file)[0], ...lines(file).slice(2)].join('\n'), 422, /^line 2: seq: expected 1/],
    ['a line cut short', () => file.slice(0, -20), 422, /^line \d+: seq: expected/],
    ['an unknown type', () => file.replace('conversation.opened', 'conversation.exploded'), 422, /^line 4: type: /],
    ['the future', () => file.replace(/"recordedAt":"2026/, '"recordedAt":"2999'), 422, /^line 2: recordedAt: /],
    [
      'a later part first',
      () => file.replace('"after":0', '"after":9'),
      409,
      /^line 1: after: expected events after 0/,
    ],
  ])('[keeping] %s is refused with its line, and what came before stays', async (_, text, status, words) => {
    const answer = await load(await newShop(), text())
    expect(answer.status).toBe(status)
    expect(answer.json.detail).toMatch(words)
  })

  test('[keeping] a shop of another zone, or with a log of its own, is left as it is', async () => {
    const elsewhere = await newShop('Asia/Shanghai')
    expect((await load(elsewhere, file)).json.detail).toMatch(/^line 1: config: expected a shop of the zone Asia/)
    const own = await newShop()
    await server.send(own, [cloudEvent('conversation.opened', 'x1', { queue: 'other' })])
    expect((await load(own, file)).json.detail).toMatch(/seq: expected the event that this shop has at 1/)
    expect((await server.ask('GET', `/api/shops/${own}/events`)).json.events).toHaveLength(1)
  })

  test('[keeping] only the administrator takes a log out or in', async () => {
    const key = await server.makeKey(['read', 'events:write', 'backfill', 'command'], shop)
    expect((await server.ask('GET', `/api/shops/${shop}/export`, { key })).status).toBe(403)
    expect((await server.ask('POST', `/api/shops/${shop}/import`, { key, type: NDJSON, body: '' })).status).toBe(403)
  })
})
