import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMIN_KEY, cloudEvent, startTestServer, type TestServer } from '../support/server.ts'

const BATCH = 'application/cloudevents-batch+json'
let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
  await server.makeShop('north')
  await server.makeShop('south')
})
afterAll(() => server.close())

const make = (body: object, shop = 'north') => server.ask('POST', `/api/shops/${shop}/keys`, { body })
const send = (key: string, events: object[], shop = 'north') =>
  server.ask('POST', `/api/shops/${shop}/events`, { key, type: BATCH, body: events })
const opened = (source: string) => cloudEvent('conversation.opened', 'c1', { queue: 'presales' }, { source })

describe('[keys] of a source', () => {
  test('[keys] one for a source takes its events and keeps the others as rejected', async () => {
    const { json } = await make({ name: 'chat', scopes: ['events:write'], source: 'chat' })
    expect(json).not.toHaveProperty('hash')
    const { status, json: receipt } = await send(json.key, [opened('chat'), opened('orders')])
    expect(status).toBe(202)
    expect(receipt).toMatchObject({
      accepted: 1,
      rejected: [{ index: 1, error: expect.stringContaining('source: expected chat') }],
    })
    expect((await send(json.key, [opened('orders')])).status).toBe(422)
    expect((await send(json.key, [opened('chat')], 'south')).status).toBe(403)
  })

  test('[keys] rotated with overlap, both work until the old one ends; without, only the new one does', async () => {
    const first = (await make({ name: 'till', scopes: ['read'], source: 'till', limitPerMinute: 500 })).json
    const turn = (id: number, overlapMs: number) =>
      server.ask('POST', `/api/shops/north/keys/${id}/rotate`, { body: { overlapMs } })
    const second = (await turn(first.id, 3_600_000)).json
    expect(second).toMatchObject({ name: 'till', scopes: ['read'], source: 'till', limitPerMinute: 500 })
    const looks = async (key: string) => (await server.ask('GET', '/api/shops/north/view', { key })).status
    expect([await looks(first.key), await looks(second.key)]).toEqual([200, 200])
    const { keys } = (await server.ask('GET', '/api/shops/north/keys')).json
    const old = keys.find(({ id }: { id: number }) => id === first.id)
    expect(Date.parse(old.expiresAt) - Date.now()).toBeGreaterThan(3_500_000)
    const third = (await turn(second.id, 0)).json
    expect([await looks(second.key), await looks(third.key)]).toEqual([401, 200])
    expect((await turn(second.id, 0)).status).toBe(404)
    expect((await turn(third.id, -1)).json.errors[0].field).toBe('overlapMs')
  })

  test('[keys] a key that was about to end is not given longer by being rotated again', async () => {
    const key = (await make({ name: 'short', scopes: ['read'] })).json
    const rotate = (overlapMs: number) =>
      server.ask('POST', `/api/shops/north/keys/${key.id}/rotate`, { body: { overlapMs } })
    await rotate(60_000)
    await rotate(86_400_000)
    const { keys } = (await server.ask('GET', '/api/shops/north/keys')).json
    const old = keys.find(({ id }: { id: number }) => id === key.id)
    expect(Date.parse(old.expiresAt) - Date.now()).toBeLessThan(61_000)
  })

  test('[keys] of another shop are not there', async () => {
    const key = (await make({ name: 'southern', scopes: ['read'] }, 'south')).json
    expect((await server.ask('DELETE', `/api/shops/north/keys/${key.id}`)).status).toBe(404)
    expect((await server.ask('POST', `/api/shops/north/keys/${key.id}/rotate`, { body: {} })).status).toBe(404)
    const { keys } = (await server.ask('GET', '/api/shops/north/keys')).json
    expect(keys.every(({ shop }: { shop: string }) => shop === 'north')).toBe(true)
  })

  test('[keys] tell when they were last used', async () => {
    const { json } = await make({ name: 'used', scopes: ['events:write'] })
    expect(json.lastUsedAt).toBeUndefined()
    await send(json.key, [opened('x')])
    await expect
      .poll(async () => {
        const { keys } = (await server.ask('GET', '/api/shops/north/keys')).json
        return keys.find(({ id }: { id: number }) => id === json.id).lastUsedAt
      })
      .toBeDefined()
  })
})

describe('[limits] 429 with Retry-After', () => {
  test('[limits] a key has its own, and another key is not held by it', async () => {
    const slow = (await make({ name: 'slow', scopes: ['read'], limitPerMinute: 3 })).json.key
    const fast = (await make({ name: 'fast', scopes: ['read'] })).json.key
    const statuses: number[] = []
    for (let i = 0; i < 5; i++) statuses.push((await server.ask('GET', '/api/shops/north/view', { key: slow })).status)
    expect(statuses).toEqual([200, 200, 200, 429, 429])
    const held = await server.ask('GET', '/api/shops/north/view', { key: slow })
    expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(held.headers.get('content-type')).toBe('application/problem+json')
    expect((await server.ask('GET', '/api/shops/north/view', { key: fast })).status).toBe(200)
  })

  test('[limits] guessing keys is held by address; who forwards for us may say whose', async () => {
    const guarded = await startTestServer({ proxies: 1, limits: { unknownPerAddress: 4, perAddress: 20 } })
    try {
      const from = (address: string, key: string) =>
        guarded.ask('GET', '/api/shops', { key, headers: { 'x-forwarded-for': `6.6.6.6, ${address}` } })
      const statuses: number[] = []
      for (let i = 0; i < 6; i++) statuses.push((await from('10.0.0.1', `fw_guess${i}`)).status)
      expect(statuses).toEqual([401, 401, 401, 401, 429, 429])
      expect((await from('10.0.0.2', 'fw_guess')).status).toBe(401)
      expect((await from('10.0.0.1', ADMIN_KEY)).status).toBe(200)
      const many: number[] = []
      for (let i = 0; i < 21; i++) many.push((await from('10.0.0.3', ADMIN_KEY)).status)
      expect(many.at(-1)).toBe(429)
    } finally {
      await guarded.close()
    }
  })
})

describe('[webhooks] signed by Standard Webhooks', () => {
  async function source() {
    const { json } = await make({ name: 'shop floor', scopes: ['events:write'], webhook: true })
    const path = new URL(json.webhook.url).pathname
    const deliver = (body: string, { id = 'd1', at = new Date(), secret = json.secret as string, as = body } = {}) =>
      server.ask('POST', path, {
        key: '',
        type: BATCH,
        body,
        headers: {
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': new Webhook(secret).sign(id, at, as),
        },
      })
    return { deliver, made: json }
  }
  const body = () => JSON.stringify([opened('floor')])
  const other = `whsec_${Buffer.alloc(24).toString('base64')}`

  test('[webhooks] goes in once; the same delivery again is refused, a retry signed anew is a duplicate', async () => {
    const { deliver } = await source()
    const text = body()
    const at = new Date()
    expect(await deliver(text, { at })).toMatchObject({ status: 202, json: { accepted: 1 } })
    expect(await deliver(text, { at })).toMatchObject({
      status: 409,
      json: { detail: expect.stringContaining('webhook-id') },
    })
    const later = new Date(at.getTime() + 2_000)
    expect(await deliver(text, { at: later })).toMatchObject({ status: 202, json: { accepted: 0, duplicates: 1 } })
  })

  test('[webhooks] of two at once one goes in', async () => {
    const { deliver } = await source()
    const text = body()
    const at = new Date()
    const both = await Promise.all([deliver(text, { at }), deliver(text, { at })])
    expect(both.map(({ status }) => status).sort()).toEqual([202, 409])
  })

  test('[webhooks] another secret, another body, an old or early timestamp: 401 and nothing goes in', async () => {
    const { deliver } = await source()
    const { seq } = (await server.ask('GET', '/api/shops/north/view')).json
    const minutes = (n: number) => new Date(Date.now() + n * 60_000)
    for (const wrong of [{ secret: other }, { as: '[]' }, { at: minutes(-6) }, { at: minutes(6) }])
      expect((await deliver(body(), wrong)).status, JSON.stringify(wrong)).toBe(401)
    expect((await server.ask('GET', '/api/shops/north/view')).json.seq).toBe(seq)
    const { json } = await server.ask('POST', '/api/shops/north/webhooks/999', { key: '', type: BATCH, body: '[]' })
    expect(json.errors.map(({ field }: { field: string }) => field)).toContain('webhook-id')
  })

  test('[webhooks] a delivery that cannot be read may be mended and sent again under its id', async () => {
    const { deliver } = await source()
    const at = new Date()
    expect((await deliver('{', { at })).status).toBe(400)
    expect((await deliver(body(), { at })).status).toBe(202)
  })

  test('[webhooks] its secret is nowhere to be read again, and ends with its key', async () => {
    const { deliver, made } = await source()
    const listed = await server.ask('GET', '/api/shops/north/keys')
    expect(listed.text).not.toContain(made.secret)
    expect((await server.ask('DELETE', `/api/shops/north/keys/${made.id}`)).status).toBe(204)
    expect((await deliver(body())).status).toBe(401)
  })
})
