import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ACCESS } from '#server/auth/access.ts'
import { ADMIN_KEY, cloudEvent, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
const keys: Record<string, string> = {}
beforeAll(async () => {
  server = await startTestServer()
  await server.makeShop('north')
  await server.makeShop('south')
  keys.admin = ADMIN_KEY
  keys.none = ''
  keys.wrong = 'fw_nobody-knows-this'
  keys.reader = await server.makeKey(['read'], 'north')
  keys.readerOfAll = await server.makeKey(['read'])
  keys.writer = await server.makeKey(['events:write'], 'north')
  keys.loader = await server.makeKey(['events:write', 'backfill'], 'north')
  keys.lead = await server.makeKey(['read', 'command'], 'north')
})
afterAll(() => server.close())

const EVENTS = 'application/cloudevents-batch+json'
const ROUTES: [method: string, path: string, allowed: string[]][] = [
  ['GET', '/api/shops/north/view', ['reader', 'readerOfAll', 'lead']],
  ['GET', '/api/shops/north/view?at=2026-01-01T00:00:00Z', ['reader', 'readerOfAll', 'lead']],
  ['GET', '/api/shops/north/history', ['reader', 'readerOfAll', 'lead']],
  ['GET', '/api/shops/north/list?figure=alerts/all', ['reader', 'readerOfAll', 'lead']],
  ['GET', '/api/shops/north/story?kind=shop&subject=north', ['reader', 'readerOfAll', 'lead']],
  ['GET', '/api/shops/north/next', ['reader', 'readerOfAll', 'lead']],
  ['GET', '/api/shops/north/suggestions?conversation=c1', ['lead']],
  ['POST', '/api/shops/north/forecast', ['lead']],
  ['POST', '/api/shops/north/plans', ['lead']],
  ['GET', '/api/shops/north/agents/a1/day', ['reader', 'readerOfAll', 'lead']],
  ['GET', '/api/shops/north/reports/2026-01-01', ['reader', 'readerOfAll', 'lead']],
  ['GET', '/api/shops/north/events', ['reader', 'readerOfAll', 'lead']],
  ['GET', '/api/shops/north/alerts', ['reader', 'readerOfAll', 'lead']],
  ['GET', '/api/shops/north/rejected', ['reader', 'readerOfAll', 'lead']],
  ['POST', '/api/shops/north/rejected/1/resend', ['writer', 'loader']],
  ['POST', '/api/shops/north/events', ['writer', 'loader']],
  ['POST', '/api/shops/north/events?mode=backfill', ['loader']],
  ['POST', '/api/shops/north/commands', ['lead']],
  ['GET', '/api/shops/south/view', ['readerOfAll']],
  ['POST', '/api/shops/south/events', []],
  ['PUT', '/api/shops/north', []],
  ['GET', '/api/keys', []],
  ['POST', '/api/keys', []],
  ['DELETE', '/api/keys/999', []],
  ['GET', '/metrics', ['reader', 'readerOfAll', 'writer', 'loader', 'lead']],
  ['GET', '/api/shops', ['reader', 'readerOfAll', 'writer', 'loader', 'lead']],
]

describe('[access] who may do what', () => {
  test.each(ROUTES)('[access] %s %s', async (method, path, allowed) => {
    const body = method === 'GET' || path.includes('resend') ? {} : { body: path.includes('/events') ? '[]' : '{}' }
    const type = path.includes('/events') ? { type: EVENTS } : {}
    for (const [holder, key] of Object.entries(keys)) {
      const { status, headers } = await server.ask(method, path, { key, ...body, ...type })
      const told = `${holder} got ${status}`
      if (holder === 'none' || holder === 'wrong') {
        expect(status, told).toBe(401)
        expect(headers.get('www-authenticate')).toBe('Bearer')
      } else if (holder === 'admin' || allowed.includes(holder)) {
        expect([401, 403], told).not.toContain(status)
      } else {
        expect(status, told).toBe(403)
      }
      if (status >= 400) expect(headers.get('content-type')).toBe('application/problem+json')
    }
  })

  test.each(['/readyz', '/healthz', '/api/openapi.json', '/', '/wall/north'])(
    '[access] %s needs no key',
    async (path) => {
      expect((await server.ask('GET', path, { key: '' })).status).toBe(200)
    },
  )

  test('[access] a shop that is not there: 404 for who may read all, 403 for the others', async () => {
    expect((await server.ask('GET', '/api/shops/west/view', { key: keys.readerOfAll ?? '' })).status).toBe(404)
    expect((await server.ask('GET', '/api/shops/west/view', { key: keys.reader ?? '' })).status).toBe(403)
  })

  test('[access] shops are listed for those who may read them', async () => {
    const { json } = await server.ask('GET', '/api/shops', { key: keys.reader ?? '' })
    expect(json).toEqual({ shops: [{ shop: 'north', name: 'Shop north', timezone: 'Asia/Shanghai' }] })
    expect((await server.ask('GET', '/api/shops', { key: keys.writer ?? '' })).json).toEqual({ shops: [] })
    expect((await server.ask('GET', '/api/shops')).json.shops).toHaveLength(2)
  })
})

describe('[access] keys', () => {
  test('[access] a key is shown once, listed without itself, and gone when revoked', async () => {
    const made = await server.ask('POST', '/api/keys', {
      body: { name: 'wall in the subscribers', scopes: ['read'], shop: 'north' },
    })
    expect(made.status).toBe(201)
    const { key, id } = made.json
    expect((await server.ask('GET', '/api/shops/north/view', { key })).status).toBe(200)
    const listed = await server.ask('GET', '/api/keys')
    expect(listed.json.keys.at(-1)).toMatchObject({
      id,
      name: 'wall in the subscribers',
      scopes: ['read'],
      shop: 'north',
    })
    expect(listed.text).not.toContain(key)
    expect((await server.ask('DELETE', `/api/keys/${id}`)).status).toBe(204)
    expect((await server.ask('DELETE', `/api/keys/${id}`)).status).toBe(404)
    expect((await server.ask('GET', '/api/shops/north/view', { key })).status).toBe(401)
  })

  test('[access] a key for an unknown shop or with an unknown scope is not made', async () => {
    expect(
      (await server.ask('POST', '/api/keys', { body: { name: 'x', scopes: ['read'], shop: 'west' } })).status,
    ).toBe(422)
    const { status, json } = await server.ask('POST', '/api/keys', { body: { name: 'x', scopes: ['rule'] } })
    expect(status).toBe(400)
    expect(json.errors[0]).toMatchObject({ field: 'scopes.0' })
  })
})

describe('[http] paths and methods', () => {
  test('[http] what is not there is a problem of its own kind', async () => {
    expect(await server.ask('GET', '/api/nothing')).toMatchObject({
      status: 404,
      json: { status: 404, title: 'Not Found' },
    })
    const answer = await server.ask('DELETE', '/api/shops/north/view')
    expect(answer).toMatchObject({ status: 405, json: { status: 405 } })
    expect(answer.headers.get('allow')).toBe('GET')
  })

  test('[http] a reader at an address that leads nowhere gets the page, a program the problem', async () => {
    const seen = await fetch(`${server.url}/nothing`, { headers: { accept: 'text/html,*/*;q=0.8' } })
    expect([seen.status, seen.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8'])
    const told = await fetch(`${server.url}/api/nothing`, { headers: { accept: 'text/html' } })
    expect([told.status, told.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
  })

  test('[http] the description names every route', async () => {
    const { json } = await server.ask('GET', '/api/openapi.json')
    const described = Object.entries(json.paths).flatMap(([path, item]) =>
      Object.keys(item as object).map((method) => `${method.toUpperCase()} ${path}`),
    )
    for (const [method, path] of ROUTES) {
      const plain = path
        .replace(/\?.*/, '')
        .replace(/shops\/(north|south)/, 'shops/{shop}')
        .replace(/\/(1|999)\b/, '/{id}')
        .replace('/a1/', '/{agent}/')
        .replace('/reports/2026-01-01', '/reports/{period}')
      expect(described).toContain(`${method} ${plain}`)
    }
    // Pages and their files apart, whatever the door knows.
    const known = Object.keys(ACCESS).filter((route) => /^\w+ \/(api\/|readyz|healthz|metrics)/.test(route))
    for (const route of known) expect(described).toContain(route.replaceAll(/:(\w+)/g, '{$1}'))
    expect(described.length).toBe(known.length)
  })

  test('[http] pages come with a policy that lets in nothing foreign', async () => {
    const page = await server.ask('GET', '/wall/north', { key: '' })
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
    const script = /src="(\/assets\/[^"]+)"/.exec(page.text)?.[1] ?? ''
    const asset = await server.ask('GET', script, { key: '' })
    expect(asset.headers.get('cache-control')).toContain('immutable')
    expect((await server.ask('GET', '/assets/nothing.js', { key: '' })).headers.get('cache-control')).toBeNull()
  })

  test('[http] metrics name no shop, key or subject', async () => {
    await server.send('north', [cloudEvent('agent.registered', 'agent-of-the-test', { name: 'Li', queues: [] })])
    const { text } = await server.ask('GET', '/metrics')
    expect(text).toContain('floorwatch_events_total{outcome="accepted"}')
    expect(text).toContain('nodejs_eventloop_lag')
    expect(text).not.toMatch(/north|agent-of-the-test|fw_/)
  })
})
