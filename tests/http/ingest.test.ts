import { Agent, request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cloudEvent, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let shop: string
let shops = 0
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

async function freshShop(): Promise<string> {
  return server.makeShop(`ingest-${++shops}`)
}

const STRUCTURED = 'application/cloudevents+json'
const BATCH = 'application/cloudevents-batch+json'
const NDJSON = 'application/x-ndjson'
const opened = (id: string, more: object = {}) => cloudEvent('conversation.opened', id, { queue: 'presales' }, more)
const post = (type: string, body: unknown, headers: Record<string, string> = {}, query = '') =>
  server.ask('POST', `/api/shops/${shop}/events${query}`, { type, body, headers })
const stored = async () => (await server.ask('GET', `/api/shops/${shop}/events`)).json.events

describe('[ingest] the ways to send', () => {
  beforeAll(async () => {
    shop = await freshShop()
  })

  test('[ingest] structured, batched and NDJSON events go in, in order', async () => {
    expect((await post(STRUCTURED, opened('c1'))).json).toMatchObject({
      accepted: 1,
      duplicates: 0,
      rejected: [],
      head: 1,
    })
    expect((await post(`${BATCH}; charset=utf-8`, [opened('c2'), opened('c3')])).json).toMatchObject({
      accepted: 2,
      head: 3,
    })
    const lines = [opened('c4'), opened('c5')].map((event) => JSON.stringify(event))
    expect((await post(NDJSON, `${lines[0]}\r\n\n${lines[1]}`)).json).toMatchObject({ accepted: 2, head: 5 })
    const events = await stored()
    expect(events.map((event: { seq: number; subject: string }) => [event.seq, event.subject])).toEqual([
      [1, 'c1'],
      [2, 'c2'],
      [3, 'c3'],
      [4, 'c4'],
      [5, 'c5'],
    ])
  })

  test('[ingest] null for data is no data, also when the log is read again', async () => {
    const shop = await server.makeShop('ingest-no-data')
    const closed = cloudEvent('conversation.closed', 'c1', {}, { time: '2026-11-17T02:00:00.000Z', data: null })
    const sent = [{ ...opened('c1'), time: '2026-11-17T01:00:00.000Z' }, closed]
    const answer = await server.ask('POST', `/api/shops/${shop}/events?mode=backfill`, { type: BATCH, body: sent })
    expect(answer.json).toMatchObject({ accepted: 2, rejected: [] })
    const past = await server.ask('GET', `/api/shops/${shop}/view?at=2026-11-17T02:00:00.000Z`)
    expect(past).toMatchObject({ status: 200, json: { seq: 2, queues: { presales: { active: 0 } } } })
    const extended = { ...opened('c2'), tracestate: null, comexample: 'kept' }
    await server.send(shop, [extended])
    const { text } = await server.ask('GET', `/api/shops/${shop}/events`)
    expect(text).not.toContain('null')
    expect(text).toContain('"comexample":"kept"')
  })

  test('[ingest] a number that no sum could hold is refused', async () => {
    const huge = [
      cloudEvent('order.placed', 'o1', { lines: [{ sku: 's', qty: 1e308 }] }),
      cloudEvent('order.placed', 'o2', { amount: -1e308 }),
      cloudEvent('stock.changed', 's', { onHand: 1e308 }),
      cloudEvent('platform.sampled', 'web', { responseMs: 1e308 }),
    ]
    const { json } = await post(BATCH, huge)
    expect(json.errors ?? json.rejected).toHaveLength(4)
    expect(JSON.stringify(json)).toContain('data.lines.0.qty: expected at most 9007199254740991')
  })

  test('[ingest] binary mode: attributes in headers, percent-decoded, the data in the body', async () => {
    const answer = await server.ask('POST', `/api/shops/${shop}/events`, {
      type: 'application/json; charset=utf-8',
      body: { queue: 'presales' },
      headers: {
        'ce-specversion': '1.0',
        'ce-id': 'b%E2%82%AC1',
        'ce-source': '"a \\"quoted\\" one"',
        'ce-type': 'conversation.opened',
        'ce-subject': 'c%20six',
        'ce-time': '2026-11-21T10:00:00+08:00',
        'ce-trace': 'x',
      },
    })
    expect(answer.json).toMatchObject({ accepted: 1 })
    expect((await stored()).at(-1)).toMatchObject({
      id: 'b€1',
      source: 'a "quoted" one',
      subject: 'c six',
      trace: 'x',
      datacontenttype: 'application/json',
      data: { queue: 'presales' },
    })
  })

  test('[ingest] an attribute that cannot be decoded is kept as it came with the event that is rejected', async () => {
    const { id, source, time } = cloudEvent('', '')
    const headers = { 'ce-specversion': '1.0', 'ce-id': id, 'ce-source': source, 'ce-time': time, 'ce-subject': '100%' }
    const answer = await server.ask('POST', `/api/shops/${shop}/events`, {
      headers: { ...headers, 'ce-type': 'conversation.returned' },
    })
    const error = 'ce-subject: expected percent-encoded UTF-8'
    expect(answer).toMatchObject({ status: 422, json: { rejected: [{ index: 0, id, error }] } })
    const [kept] = (await server.ask('GET', `/api/shops/${shop}/rejected`)).json.rejected
    expect(JSON.parse(kept.body)).toMatchObject({ id, subject: '100%' })
  })

  test('[ingest] binary mode without a body, for a type that needs no data', async () => {
    const { id, source, time } = cloudEvent('', '')
    const headers = { 'ce-specversion': '1.0', 'ce-id': id, 'ce-source': source, 'ce-time': time, 'ce-subject': 'c1' }
    const answer = await server.ask('POST', `/api/shops/${shop}/events`, {
      headers: { ...headers, 'ce-type': 'conversation.returned' },
    })
    expect(answer.json).toMatchObject({ accepted: 1 })
  })

  test('[ingest] unknown data and extensions are kept as they were sent', async () => {
    await post(STRUCTURED, { ...opened('c7'), data: { queue: 'presales', mood: { of: ['day'] } }, traceparent: '00-x' })
    expect((await stored()).at(-1)).toMatchObject({ data: { mood: { of: ['day'] } }, traceparent: '00-x' })
  })

  test('[ingest] many brackets beside each other, or in a text, are no depth; 50 levels are not too many', async () => {
    const levels = (count: number) => JSON.parse('['.repeat(count) + ']'.repeat(count))
    const wide = { queue: 'presales', wide: Array.from({ length: 99 }, () => ({})), said: '[{'.repeat(99) }
    expect((await post(STRUCTURED, { ...opened('c7'), data: wide })).status).toBe(202)
    // The event and its data are the first two.
    expect((await post(STRUCTURED, { ...opened('c7'), data: { queue: 'q', deep: levels(48) } })).status).toBe(202)
    expect((await post(STRUCTURED, { ...opened('c7'), data: { queue: 'q', deep: levels(49) } })).status).toBe(422)
  })
})

describe('[ingest] what is wrong with an event', () => {
  const cases: [string, object, string][] = [
    ['no id', { id: undefined }, 'id: expected a string'],
    ['an empty source', { source: '' }, 'source: expected at least 1 character'],
    ['a long id', { id: 'x'.repeat(201) }, 'id: expected at most 200 characters'],
    ['no subject', { subject: undefined }, 'subject: expected a string'],
    ['another version', { specversion: '0.3' }, 'specversion: expected "1.0"'],
    ['an unknown type', { type: 'order.eaten' }, 'type: expected a known event type, not order.eaten'],
    ['a name of every object', { type: 'constructor' }, 'type: expected a known event type, not constructor'],
    [
      'one of our own types',
      { type: 'alert.resolved' },
      'type: alert.resolved is written by settings and commands only',
    ],
    ['our own source', { source: 'floorwatch' }, 'source: expected another name than floorwatch'],
    ['no time', { time: undefined }, 'time: expected an instant'],
    ['a time without offset', { time: '2026-11-21T10:00:00' }, 'time: expected an instant'],
    ['a day that is not', { time: '2026-02-29T10:00:00Z' }, 'time: expected an instant'],
    ['a year that UTC cannot write', { time: '0000-01-01T00:00:00+08:00' }, 'time: expected an instant'],
    ['missing data', { data: undefined }, 'data.queue: expected string'],
    ['data of another kind', { data: { queue: 7 } }, 'data.queue: expected string'],
    ['data that is no object', { data: 'queue' }, 'data: expected object'],
    ['data in base64', { data: undefined, data_base64: 'eyJ9' }, 'data_base64: expected data as JSON'],
    ['optional data in base64', { type: 'conversation.closed', data: undefined, data_base64: 'e30=' }, 'data_base64'],
    ['a NUL character', { data: { queue: 'a\0b' } }, 'data.queue: expected text without NUL characters'],
    ['half a character', { subject: 'a\ud800' }, 'subject: expected text without NUL characters or lone surrogates'],
    ['data nested without end', { data: { queue: 'q', deep: JSON.parse('['.repeat(99) + ']'.repeat(99)) } }, 'levels'],
  ]

  beforeAll(async () => {
    shop = await freshShop()
  })

  test.each(cases)('[ingest] %s', async (_what, wrong, error) => {
    const answer = await post(STRUCTURED, { ...opened('c1'), ...wrong })
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.json).toMatchObject({ status: 422, accepted: 0 })
    expect(answer.json.rejected[0].error).toContain(error)
    expect(answer.json.detail).toContain(error)
  })

  test('[ingest] enums and ranges say what would do', async () => {
    const status = await post(STRUCTURED, cloudEvent('agent.status_changed', 'a1', { status: 'asleep' }))
    expect(status.json.rejected[0].error).toBe('data.status: expected one of online, busy, away, offline')
    const score = await post(STRUCTURED, cloudEvent('conversation.rated', 'c1', { score: 6 }))
    expect(score.json.rejected[0].error).toBe('data.score: expected at most 5')
  })

  test('[ingest] good events go in though others beside them are rejected, each named by its index and id', async () => {
    const answer = await post(BATCH, [opened('c1'), { ...opened('c2'), id: 'bad', time: 'noon' }, 7, opened('c3')])
    expect(answer.status).toBe(202)
    expect(answer.json).toMatchObject({
      accepted: 2,
      rejected: [
        { index: 1, id: 'bad' },
        { index: 2, error: 'expected a JSON object' },
      ],
    })
  })

  test('[ingest] an unreadable line among good ones is rejected alone', async () => {
    const answer = await post(NDJSON, `${JSON.stringify(opened('c8'))}\n{"id": \n${JSON.stringify(opened('c9'))}\n`)
    expect(answer.status).toBe(202)
    expect(answer.json).toMatchObject({ accepted: 2, rejected: [{ index: 1 }] })
  })

  test('[ingest] RFC 3339 in every spelling', async () => {
    const times = [
      '2026-11-21T10:00:00Z',
      '2026-11-21t10:00:00.1z',
      '2026-11-21T10:00:00.123456-09:30',
      '2024-02-29T00:00:00Z',
    ]
    const answer = await post(
      BATCH,
      times.map((time, i) => opened(`t${i}`, { time })),
    )
    expect(answer.json).toMatchObject({ accepted: times.length, rejected: [] })
  })
})

describe('[ingest] bodies', () => {
  beforeAll(async () => {
    shop = await freshShop()
  })

  test.each([
    ['not JSON', STRUCTURED, '{"id":'],
    ['a batch that is no list', BATCH, '{}'],
    ['not UTF-8', STRUCTURED, undefined],
  ])('[ingest] %s: 400', async (_what, type, body) => {
    const answer =
      body !== undefined
        ? await post(type, body)
        : await fetch(`${server.url}/api/shops/${shop}/events`, {
            method: 'POST',
            headers: { 'content-type': type, authorization: 'Bearer the-administrator-of-the-tests' },
            body: new Uint8Array([0x22, 0xff, 0x22]),
          })
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })

  test.each(['application/json', 'text/plain', 'application/cloudevents+xml'])('[ingest] %s: 415', async (type) => {
    expect((await post(type, '{}')).status).toBe(415)
  })

  test('[ingest] a byte order mark is passed over, what is compressed is refused by name', async () => {
    const other = await freshShop()
    const event = JSON.stringify(opened('marked'))
    const send = async (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => {
      const authorization = 'Bearer the-administrator-of-the-tests'
      const asked = { method: 'POST', body, headers: { 'content-type': STRUCTURED, authorization, ...headers } }
      return await fetch(`${server.url}/api/shops/${other}/events`, asked)
    }
    expect((await send(`\uFEFF${event}`)).status).toBe(202)
    const answer = await send(new Uint8Array(gzipSync(event)), { 'content-encoding': 'gzip' })
    expect(answer.status).toBe(415)
    expect((await answer.json()).detail).toBe('Content-Encoding: expected none, not gzip.')
  })

  test('[ingest] nothing in it: nothing done', async () => {
    expect(await post(BATCH, [])).toMatchObject({ status: 202, json: { accepted: 0, rejected: [], head: 0 } })
    expect((await post(NDJSON, '\n\n')).status).toBe(202)
  })

  test('[ingest] over 10,000 events or 5 MiB: 413, also when the length is not told beforehand', async () => {
    const many = Array.from({ length: 10_001 }, () => 0)
    expect((await post(BATCH, many)).status).toBe(413)
    expect((await post(NDJSON, many.join('\n'))).status).toBe(413)
    const large = 'x'.repeat(5 * 1024 * 1024 + 1)
    expect((await post(NDJSON, large)).status).toBe(413)
    const pieces = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('x'.repeat(1024 * 1024)))
      },
    })
    const answer = await fetch(`${server.url}/api/shops/${shop}/events`, {
      method: 'POST',
      headers: { 'content-type': NDJSON, authorization: 'Bearer the-administrator-of-the-tests' },
      body: pieces,
      duplex: 'half',
    } as RequestInit)
    expect(answer.status).toBe(413)
  })

  test('[ingest] a body that turns out too large is answered, and the connection serves the next request', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const send = (pieces: number, piece: Buffer) =>
      new Promise<[status: number | undefined, reused: boolean]>((resolve, reject) => {
        const headers = { 'content-type': NDJSON, authorization: 'Bearer the-administrator-of-the-tests' }
        const sending = request(
          `${server.url}/api/shops/${shop}/events`,
          { method: 'POST', agent, headers },
          (answer) => answer.resume().on('end', () => resolve([answer.statusCode, sending.reusedSocket])),
        )
        sending.on('error', reject)
        for (let i = 0; i < pieces; i++) sending.write(piece)
        sending.end()
      })
    expect(await send(60, Buffer.alloc(100_000, 32))).toEqual([413, false])
    for (let round = 0; round < 3; round++) {
      expect(await send(1, Buffer.from('\n'))).toEqual([202, true])
      expect(await send(60, Buffer.alloc(100_000, 32))).toEqual([413, true])
    }
    agent.destroy()
  })

  test('[ingest] 10,000 events in one request go in', async () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => JSON.stringify(opened(`m${i}`)))
    expect((await post(NDJSON, lines.join('\n'))).json).toMatchObject({ accepted: 10_000, head: 10_000 })
  })

  test('[ingest] an unknown mode: 400 that names it', async () => {
    const answer = await post(BATCH, [], {}, '?mode=fast')
    expect(answer.status).toBe(400)
    expect(answer.json.errors).toEqual([{ field: 'mode', detail: 'expected one of live, backfill' }])
  })
})

describe('[L8] the same source and id have the effect of once', () => {
  beforeAll(async () => {
    shop = await freshShop()
  })

  test('[L8] in one request, again, and while the first is in flight', async () => {
    const event = opened('c1')
    expect((await post(BATCH, [event, event, opened('c2')])).json).toMatchObject({ accepted: 2, duplicates: 1 })
    expect((await post(BATCH, [event])).json).toMatchObject({ accepted: 0, duplicates: 1, head: 2 })
    const again = opened('c3')
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(STRUCTURED, again)))
    const accepted = answers.reduce((sum, answer) => sum + answer.json.accepted, 0)
    const duplicates = answers.reduce((sum, answer) => sum + answer.json.duplicates, 0)
    expect([accepted, duplicates]).toEqual([1, 19])
    expect(await stored()).toHaveLength(3)
  })

  test('[L8] the same id from another source is another event', async () => {
    const event = opened('c4')
    expect((await post(BATCH, [event, { ...event, source: 'elsewhere' }])).json).toMatchObject({ accepted: 2 })
  })
})

describe('[ingest] rejected events', () => {
  beforeAll(async () => {
    shop = await freshShop()
  })

  test('[ingest] are kept, listed newest first in pages, and can be sent again', async () => {
    const wrong = { ...cloudEvent('order.eaten', 'o1'), id: 'kept' }
    await post(STRUCTURED, wrong)
    await post(NDJSON, 'not json')
    const first = (await server.ask('GET', `/api/shops/${shop}/rejected?limit=1`)).json
    expect(first.rejected).toMatchObject([
      { body: 'not json', key: 'admin', reason: 'expected one JSON object on the line' },
    ])
    const second = (await server.ask('GET', `/api/shops/${shop}/rejected?limit=1&before=${first.next}`)).json
    expect(second.next).toBeUndefined()
    const [kept] = second.rejected
    expect(JSON.parse(kept.body)).toEqual(wrong)
    expect(Math.abs(Date.parse(kept.at) - Date.now())).toBeLessThan(60_000)

    const again = await server.ask('POST', `/api/shops/${shop}/rejected/${kept.id}/resend`)
    expect(again).toMatchObject({ status: 422, json: { rejected: [{ id: 'kept' }] } })
    expect((await server.ask('GET', `/api/shops/${shop}/rejected`)).json.rejected).toHaveLength(2)
    expect((await server.ask('POST', `/api/shops/${shop}/rejected/999999/resend`)).status).toBe(404)
  })
})

describe('[ingest] time', () => {
  beforeAll(async () => {
    shop = await freshShop()
  })

  test('[ingest] live: recorded now and never before what came earlier; backfill: at its own time, in order', async () => {
    const past = ['2026-11-20T01:00:00.000Z', '2026-11-20T03:00:00.000Z', '2026-11-20T02:00:00.000Z']
    await server.send(
      shop,
      past.map((time, i) => opened(`p${i}`, { time })),
      'backfill',
    )
    await server.send(shop, [opened('future', { time: '2999-01-01T00:00:00Z' })], 'backfill')
    const before = Date.now()
    await server.send(shop, [
      opened('now', { time: '2026-11-20T04:00:00Z' }),
      opened('later', { time: '2999-01-01T00:00:00Z' }),
    ])
    const at = (await stored()).map((event: { recordedAt: string }) => event.recordedAt)
    expect(at.slice(0, 3)).toEqual([past[0], past[1], past[1]])
    expect(Math.abs(Date.parse(at[3]) - before)).toBeLessThan(10_000)
    expect(Date.parse(at[4])).toBeGreaterThanOrEqual(Math.max(before, Date.parse(at[3])))
    expect(at[5]).toBe(at[4])
  })
})
