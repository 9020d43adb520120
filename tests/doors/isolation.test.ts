import fc from 'fast-check'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RIGHTS } from '#core/rights.ts'
import { ACCESS } from '#server/auth/access.ts'
import { allows } from '#server/auth/grant.ts'
import { cloudEvent, startTestServer, type TestServer } from '../support/server.ts'
import { type Principal, principals } from './principals.ts'

const SHOPS = ['alpha', 'beta', 'gamma']
/** What stands in everything a shop has, and nowhere else. */
const markOf = (shop: string) => `mark${shop}mark`

let server: TestServer
let everybody: Principal[]

beforeAll(async () => {
  server = await startTestServer()
  for (const shop of SHOPS) await server.makeShop(shop)
  for (const shop of SHOPS) await fill(shop)
  const pairs = SHOPS.map((shop, i) => principals(server, shop, SHOPS[(i + 1) % SHOPS.length] as string, `${shop}.`))
  everybody = (await Promise.all(pairs)).flat()
})
afterAll(() => server.close())

async function fill(shop: string): Promise<void> {
  const mark = markOf(shop)
  await server.send(shop, [
    cloudEvent('agent.registered', `a-${mark}`, { name: mark, queues: [mark] }),
    cloudEvent('conversation.opened', `c-${mark}`, { queue: mark, customer: mark }),
    cloudEvent('message.received', `c-${mark}`, {}),
    cloudEvent('order.placed', `o-${mark}`, { customer: mark, region: 'city' }),
    cloudEvent('stock.changed', `s-${mark}`, { onHand: 0, hot: true, name: mark }),
    cloudEvent('complaint.opened', `k-${mark}`, { kind: 'service', customer: mark }),
  ])
  await server.ask('POST', `/api/shops/${shop}/commands`, { body: { command: 'note', text: mark } })
  await server.ask('POST', `/api/shops/${shop}/keys`, { body: { name: mark, scopes: ['read'] } })
  const unsound = [{ ...cloudEvent('order.placed', 'o', {}), type: `no.${mark}` }]
  await server.ask('POST', `/api/shops/${shop}/events`, { type: 'application/cloudevents-batch+json', body: unsound })
  const person = { name: mark, username: `${mark}.p`, role: 'lead' }
  await server.ask('POST', `/api/shops/${shop}/people`, { body: person })
}

const all = Object.keys(ACCESS).filter((route) => route.includes('/api/'))
const reading = all.filter((route) => route.startsWith('GET'))
/** What would end what the others come in by is left to tests of its own. */
const writing = all.filter(
  (route) => !route.startsWith('GET') && !route.startsWith('DELETE') && !route.includes('/auth/'),
)

const queries = fc.constantFrom(
  ...['', '?at=2026-01-01T00:00:00Z', '?figure=alerts/all', '?kind=shop', '?limit=1000&after=0', '?format=csv'],
)

/** Asks and holds the answer against what whoever asked may see. `subject` is a shop whose things are asked for. */
async function ask({ name, grant, headers }: Principal, route: string, target: string, subject: string, query: string) {
  const [method = '', path = ''] = route.split(' ')
  const mark = markOf(subject)
  const concrete = path
    .replace(':shop', target)
    .replace(/:date|:period/, '2026-01-01')
    .replace(':from', '2026-01-01T00:00:00.000Z')
    .replace(':agent', `a-${mark}`)
    .replace(/:(id|key)\b/, '1')
    .replace(/:\w+/g, 'x')
  const response = await fetch(server.url + concrete + query, {
    method,
    redirect: 'manual',
    headers: { ...headers, origin: server.url, 'content-type': 'application/json' },
    ...(method !== 'GET' && { body: JSON.stringify({ conversation: `c-${mark}`, command: 'return' }) }),
  })
  const text = await response.text()
  // What was asked by name may be named again in a refusal.
  const told = text.replaceAll(`a-${mark}`, '').replaceAll(`c-${mark}`, '')
  // Whoever may act in a shop is told what is so there when it cannot be done.
  const rights = method === 'GET' ? (['watch'] as const) : RIGHTS
  for (const shop of SHOPS)
    if (grant === undefined || !rights.some((right) => allows(grant, shop, right)))
      expect(told, `${name}: ${method} ${concrete}${query}`).not.toContain(markOf(shop))
}

test('[shops] whoever reads whatever, nothing of a shop they may not see is in the answer', async () => {
  const limited = everybody.filter(({ grant }) => grant !== undefined && grant.everywhere.size === 0)
  for (const principal of limited)
    for (const target of SHOPS)
      await Promise.all(reading.map((route) => ask(principal, route, target, target, '?limit=500')))
})

test('[shops] nor however and with whatever it is asked', async () => {
  const anything = [fc.constantFrom(...SHOPS), fc.constantFrom(...SHOPS), queries] as const
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...everybody), fc.constantFrom(...reading, ...writing), ...anything, ask),
    {
      numRuns: 400,
    },
  )
})

test('[shops] whoever watches whatever, frames are only of shops they may see', async () => {
  for (const { name, grant, handshake } of everybody) {
    const socket = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false, ...handshake })
    const heard: string[] = []
    socket.onAny((_event: string, packet: unknown) => heard.push(JSON.stringify(packet)))
    for (const shop of SHOPS) await socket.timeout(5_000).emitWithAck('watch', { shop })
    for (const shop of SHOPS) await socket.timeout(5_000).emitWithAck('unwatch', { shop })
    socket.disconnect()
    for (const shop of SHOPS) {
      const isSeen = heard.some((packet) => packet.includes(markOf(shop)))
      expect(isSeen, `${name} of ${shop}`).toBe(grant !== undefined && allows(grant, shop, 'watch'))
    }
  }
})
