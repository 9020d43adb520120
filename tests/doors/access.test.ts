import { pino } from 'pino'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '#server/app.ts'
import { ACCESS, meets, needOf, SOCKET_ACCESS } from '#server/auth/access.ts'
import type { Deps } from '#server/http/deps.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { type Principal, principals } from './principals.ts'

const SHOP = 'north'
let server: TestServer
let everybody: Principal[]

beforeAll(async () => {
  server = await startTestServer()
  await server.makeShop(SHOP)
  await server.makeShop('south')
  everybody = await principals(server, SHOP, 'south')
})
afterAll(() => server.close())

function routed() {
  const guard = () => (_c: unknown, next: () => Promise<void>) => next()
  return createApp({ logger: pino({ level: 'silent' }), door: { guard }, distDir: 'dist' } as unknown as Deps)
}

/** The routes that there are, as the app has them. */
function registered(): string[] {
  const routes = routed().routes.filter(({ method }) => method !== 'ALL')
  return [...new Set(routes.map(({ method, path }) => `${method} ${path}`))].sort()
}

test('[access] every route stands in the table, and nothing else does', () => {
  expect(registered()).toEqual(Object.keys(ACCESS).sort())
})

test('[routes] are such that one regular expression finds them: a path that is not makes all of them slower', async () => {
  const app = routed()
  await app.request('/healthz')
  expect(app.router.name).toBe('SmartRouter + RegExpRouter')
})

/** A path of the route at the shop, of subjects that are nowhere. */
const pathOf = (route: string) =>
  route
    .replace(':shop', SHOP)
    .replace(/:date|:period/, '2026-01-01')
    .replace(':from', '2026-01-01T00:00:00.000Z')
    .replace(/:(id|key)\b/, '999')
    .replace(/:\w+/g, 'nowhere')

const routes = Object.keys(ACCESS).filter((route) => ACCESS[route] !== 'open')

describe('[access] every route, asked by everybody', () => {
  test.each(routes)('[access] %s', async (route) => {
    const [method = '', path = ''] = route.split(' ')
    const queries =
      path.endsWith('/events') && method === 'POST'
        ? ['', '?mode=backfill', '?%6Dode=backfill', '?mode=live&mode=backfill']
        : ['']
    for (const query of queries) {
      const need = needOf(method, path, (name) => new URLSearchParams(query).get(name) ?? undefined)
      for (const { name, grant, headers } of everybody) {
        const response = await fetch(server.url + pathOf(path) + query, {
          method,
          redirect: 'manual',
          headers: { ...headers, origin: server.url, 'content-type': 'application/json' },
          ...(method !== 'GET' && { body: '{}' }),
        })
        const told = `${name}: ${response.status} ${await response.text()}`
        if (grant === undefined) expect(response.status, told).toBe(401)
        else if (need !== undefined && meets(grant, need, SHOP)) expect([401, 403], told).not.toContain(response.status)
        else expect(response.status, told).toBe(403)
      }
    }
  })
})

describe('[access] every event of a socket, sent by everybody', () => {
  test.each(Object.keys(SOCKET_ACCESS))('[access] %s', async (event) => {
    for (const { name, grant, handshake } of everybody) {
      const socket = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false, ...handshake })
      try {
        const answer = await socket.timeout(5_000).emitWithAck(event, { shop: SHOP, showing: 'x' })
        const isAllowed = grant !== undefined && meets(grant, SOCKET_ACCESS[event] ?? 'install', SHOP)
        expect(answer.error === undefined, `${name}: ${JSON.stringify(answer)}`).toBe(isAllowed)
      } finally {
        socket.disconnect()
      }
    }
  })

  test('[access] whoever may not watch is sent nothing', async () => {
    for (const { name, grant, handshake } of everybody) {
      const socket = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false, ...handshake })
      const heard: string[] = []
      socket.onAny((event: string) => heard.push(event))
      await socket.timeout(5_000).emitWithAck('watch', { shop: SHOP })
      await socket.timeout(5_000).emitWithAck('unwatch', { shop: SHOP })
      socket.disconnect()
      const isAllowed = grant !== undefined && meets(grant, 'watch', SHOP)
      expect(heard.includes('frame'), name).toBe(isAllowed)
    }
  })
})
