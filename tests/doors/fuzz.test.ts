import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ACCESS } from '#server/auth/access.ts'
import { ADMIN_KEY, cloudEvent, startTestServer, type TestServer } from '../support/server.ts'

/** An answer that has not come by then is a hang. */
const HANG_MS = 20_000
/** Of the shop that is never asked for: what it held must be what it holds. */
const APART = 'apart'
const SHOP = 'fuzzed'

let server: TestServer
let before: string

beforeAll(async () => {
  server = await startTestServer({ limits: { unknownPerAddress: 1e9, wrongPerAddress: 1e9, codesPerAddress: 1e9 } })
  for (const shop of [APART, SHOP]) {
    await server.makeShop(shop)
    await server.send(shop, [
      cloudEvent('agent.registered', 'a1', { name: 'A', queues: ['presales'] }),
      cloudEvent('conversation.opened', 'c1', { queue: 'presales' }),
      cloudEvent('stock.changed', 's1', { onHand: 0, hot: true }),
    ])
  }
  before = await logOf(APART)
})
afterAll(() => server.close())

const logOf = async (shop: string) => (await server.ask('GET', `/api/shops/${shop}/events?after=0&limit=10000`)).text

const names = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e9',
    '999999999999999999999',
    '..',
    '%2e%2e',
    '%',
    '%00',
    '%ff',
    '💥',
    "'; drop table events; --",
  ),
  fc.constantFrom(
    'null',
    'NaN',
    '<img src=x onerror=alert(1)>',
    'a'.repeat(3_000),
    '2026-02-30',
    '2026-13-01T00:00:00Z',
  ),
  fc.string({ maxLength: 40, unit: 'binary' }),
)
const instants = fc.constantFrom(
  ...[
    '2026-02-30T00:00:00Z',
    '2026-01-01',
    'yesterday',
    '-271821-04-20T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '9999-12-31T23:59:59Z',
  ],
  ...['1970-01-01T00:00:00Z', '2026-01-01T00:00:00+99:99', '0', ''],
)
const queries = fc.array(
  fc.tuple(
    fc.constantFrom(
      'at',
      'from',
      'to',
      'after',
      'before',
      'limit',
      'stepMs',
      'figure',
      'kind',
      'subject',
      'mode',
      'format',
      'table',
      'rule',
    ),
    fc.oneof(names, instants),
  ),
  { maxLength: 4 },
)
const event = fc.record(
  {
    specversion: fc.constantFrom('1.0', '0.3', 1),
    id: fc.oneof(names, fc.constant(7)),
    source: names,
    type: fc.constantFrom('conversation.opened', 'order.placed', 'handbook.changed', 'no.such', ''),
    subject: names,
    time: fc.oneof(instants, fc.constant(12)),
    data: fc.oneof(
      fc.jsonValue(),
      fc.record({ queue: names, lines: fc.jsonValue(), onHand: fc.double() }, { requiredKeys: [] }),
    ),
  },
  { requiredKeys: [] },
)
const command = fc.record(
  {
    command: fc.constantFrom('assign', 'undo', 'together', 'snooze', 'resolve', 'note', 'annotate', 'nothing'),
    conversation: fc.oneof(names, fc.constant('c1')),
    agent: fc.oneof(names, fc.constant('a1')),
    commands: fc.jsonValue(),
    until: instants,
    text: names,
    id: names,
    by: names,
  },
  { requiredKeys: [] },
)
const deep = fc.integer({ min: 1, max: 20_000 }).map((depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`)
const bodies = fc.oneof(
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.oneof(event, fc.array(event, { maxLength: 5 })).map((value) => JSON.stringify(value)),
  command.map((value) => JSON.stringify(value)),
  fc
    .record({ handbook: fc.jsonValue(), reason: names, expectedVersion: fc.jsonValue() })
    .map((value) => JSON.stringify(value)),
  fc
    .record(
      { token: names, password: names, username: names, email: names, name: names, code: names },
      { requiredKeys: [] },
    )
    .map((value) => JSON.stringify(value)),
  fc.constantFrom(
    '',
    '{',
    'null',
    '[]',
    '"',
    '{"__proto__":{"admin":true}}',
    '\uFEFF{}',
    '{"a":1e999}',
    'x'.repeat(70_000),
  ),
  deep,
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
)
const types = fc.constantFrom(
  ...['application/json', 'application/cloudevents+json', 'application/cloudevents-batch+json', 'application/x-ndjson'],
  ...['text/plain', 'application/json; charset=utf-16', 'multipart/form-data', 'application/x-www-form-urlencoded', ''],
)
const headers = fc.dictionary(
  fc.constantFrom(
    'ce-id',
    'ce-specversion',
    'ce-time',
    'accept',
    'if-none-match',
    'webhook-id',
    'webhook-timestamp',
    'cookie',
    'origin',
    'x-forwarded-for',
    'range',
    'content-encoding',
  ),
  fc.oneof(fc.string({ maxLength: 60, unit: 'grapheme-ascii' }), fc.constant('1'.repeat(4_000))),
  { maxKeys: 3 },
)
/** Everybody's way in: most as who may do anything, so that the bodies are read at all. */
const keys = fc.constantFrom(ADMIN_KEY, ADMIN_KEY, ADMIN_KEY, '', 'fw_x')

const routes = Object.keys(ACCESS).filter((route) => route.includes('/api/'))

test('[fuzz] malformed bodies, headers, ids, times and sizes: a clear refusal, never a 500, never a hang', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...routes),
      fc.array(names, { minLength: 3, maxLength: 3 }),
      ...([queries, types, headers, keys, bodies] as const),
      async (route, ids, query, type, extra, key, body) => {
        const [method = '', pattern = ''] = route.split(' ')
        let next = 0
        const path = pattern
          .replace(':shop', SHOP)
          .replaceAll(/:\w+/g, () => encodeURIComponent(ids[next++]?.toWellFormed() ?? 'x'))
        const search = query.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&')
        const url = `${server.url}${path}?${search}`
        const response = await fetch(url, {
          method,
          redirect: 'manual',
          signal: AbortSignal.timeout(HANG_MS),
          headers: { ...extra, ...(key && { authorization: `Bearer ${key}` }), ...(type && { 'content-type': type }) },
          ...(method !== 'GET' && method !== 'HEAD' && { body: body as string }),
        })
        const text = await response.text()
        const told = `${response.status} ${text.slice(0, 400)}`
        expect(response.status, told).toBeLessThan(500)
        expect(text, told).not.toMatch(/\n\s+at |node_modules|\.ts:\d+|select .* from|SQLSTATE/i)
        if (response.status < 400) return
        expect(response.headers.get('content-type'), told).toBe('application/problem+json')
        expect(JSON.parse(text)).toMatchObject({
          status: response.status,
          title: expect.any(String),
          detail: expect.any(String),
        })
      },
    ),
    { numRuns: 1_500 },
  )
  expect(await logOf(APART)).toBe(before)
  const { events } = JSON.parse(await logOf(SHOP))
  expect(events.map(({ seq }: { seq: number }) => seq)).toEqual(events.map((_: unknown, i: number) => i + 1))
  expect((await server.ask('GET', `/api/shops/${SHOP}/view`)).status).toBe(200)
  expect((await server.ask('GET', '/readyz')).status).toBe(200)
})
