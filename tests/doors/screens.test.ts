import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newDataDir } from '../support/database.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { BrowserClient } from './browserClient.ts'
import { type Principal, panel } from './principals.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await server.makeShop('north')
  await server.makeShop('south')
})
afterAll(() => server.close())

type Panel = Principal & { id: string }

/** Connects as a panel would; what it hears is kept by event. */
function connect({ handshake }: Pick<Principal, 'handshake'>) {
  const socket: Socket = io(server.url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...handshake,
  })
  const heard: [event: string, packet: unknown][] = []
  socket.onAny((event: string, packet: unknown) => heard.push([event, packet]))
  const of = (event: string) => heard.filter(([name]) => name === event).map(([, packet]) => packet)
  return { socket, of }
}

const listed = async ({ id }: Panel) => {
  const { screens } = (await server.ask('GET', '/api/shops/north/screens')).json
  return screens.find((screen: { id: string }) => screen.id === id)
}
const change = (id: string, body: object, shop = 'north') =>
  server.ask('PATCH', `/api/shops/${shop}/screens/${id}`, { body })

describe('[screens] pairing (RFC 8628)', () => {
  test('[screens] a panel waits until its code is confirmed, and is then the screen it was named', async () => {
    const browser = new BrowserClient(server.url)
    const asked = (await browser.post('/api/auth/device/code', { client_id: 'floorwatch-screen' })).json
    expect(asked.verification_uri_complete).toContain(`/screens?user_code=${asked.user_code}`)
    const poll = () =>
      browser.post('/api/auth/device/token', {
        device_code: asked.device_code,
        client_id: 'floorwatch-screen',
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      })
    expect(await poll()).toMatchObject({ status: 400, json: { error: 'authorization_pending' } })
    expect(await poll()).toMatchObject({ status: 400, json: { error: 'slow_down' } })
    const typed = `${asked.user_code.slice(0, 4).toLowerCase()}-${asked.user_code.slice(4)}`
    const body = { code: typed, name: '大厅', place: '东墙', settings: { layout: 'queues,alerts' } }
    const confirmed = await server.ask('POST', '/api/shops/north/screens', { body })
    expect(confirmed).toMatchObject({
      status: 201,
      json: { name: '大厅', place: '东墙', shop: 'north', online: false },
    })
    expect((await server.ask('POST', '/api/shops/north/screens', { body })).status).toBe(409)
    await expect.poll(async () => (await poll()).status, { timeout: 10_000, interval: 500 }).toBe(200)
    expect((await browser.get('/api/me')).json).toMatchObject({
      kind: 'screen',
      screen: { name: '大厅', shop: 'north' },
    })
    expect((await browser.get('/api/shops/north/view')).status).toBe(200)
    expect((await browser.get('/api/shops/north/events')).status).toBe(403)
    expect((await browser.get('/api/shops/south/view')).status).toBe(403)
  })

  test('[screens] a code nobody shows, and a client that is no screen, are refused', async () => {
    const unknown = await server.ask('POST', '/api/shops/north/screens', { body: { code: 'ABCD-EFGH', name: 'x' } })
    expect(unknown).toMatchObject({ status: 404, json: { detail: expect.stringContaining('code') } })
    const { status, json } = await new BrowserClient(server.url).post('/api/auth/device/code', { client_id: 'other' })
    expect([status, json.error]).toEqual([400, 'invalid_client'])
  })
})

describe('[screens] from the desk', () => {
  test('[screens] another layout is told to the panel at once', async () => {
    const one = await panel(server, 'north', { layout: 'full' })
    const { socket, of } = connect(one)
    await expect.poll(() => of('screen')).toMatchObject([{ settings: { layout: 'full' } }])
    expect(
      (await change(one.id, { settings: { layout: 'alerts', theme: 'light' }, place: 'by the stairs' })).status,
    ).toBe(200)
    await expect
      .poll(() => of('screen').at(-1))
      .toMatchObject({ place: 'by the stairs', settings: { layout: 'alerts' } })
    expect((await change(one.id, { place: null })).json.place).toBeUndefined()
    expect((await change(one.id, { settings: { colour: 'red' } })).status).toBe(400)
    expect((await change(one.id, { name: 'x' }, 'south')).status).toBe(404)
    socket.disconnect()
  })

  test('[screens] what it shows and how fresh is told to the desk', async () => {
    const one = await panel(server, 'north')
    expect(await listed(one)).toMatchObject({ online: false })
    const { socket } = connect(one)
    const viewAt = '2026-11-21T08:00:00.000Z'
    expect(await socket.emitWithAck('report', { showing: 'full 1/2', viewAt, release: 'r1' })).toEqual({})
    expect(await listed(one)).toMatchObject({ online: true, showing: 'full 1/2', viewAt, release: 'r1' })
    expect(await socket.emitWithAck('report', { showing: 7 })).toHaveProperty('error')
    socket.disconnect()
    await expect.poll(async () => (await listed(one)).online).toBe(false)
    expect((await listed(one)).lastSeenAt).toBeDefined()
  })

  test('[screens] removed, it is told why and turned out, and its cookie opens nothing any more', async () => {
    const one = await panel(server, 'north')
    const { socket, of } = connect(one)
    await socket.emitWithAck('watch', { shop: 'north' })
    expect((await server.ask('DELETE', `/api/shops/south/screens/${one.id}`)).status).toBe(404)
    expect((await server.ask('DELETE', `/api/shops/north/screens/${one.id}`)).status).toBe(204)
    await expect.poll(() => socket.connected).toBe(false)
    expect(of('out')).toEqual([{ why: 'revoked' }])
    const { status } = await server.ask('GET', '/api/shops/north/view', { key: '', headers: one.headers })
    expect(status).toBe(401)
    expect(await listed(one)).toBeUndefined()
  })

  test('[screens] a panel stays paired when the server starts again', async () => {
    const own = await startTestServer({ dataDir: await newDataDir() })
    await own.makeShop('north')
    const one = await panel(own, 'north')
    await own.close()
    const again = await startTestServer({ dataDir: own.dataDir })
    const { status } = await again.ask('GET', '/api/shops/north/view', { key: '', headers: one.headers })
    await again.close()
    expect(status).toBe(200)
  })
})

describe('[sockets] by cookie', () => {
  test('[sockets] a page of another site gets nothing with it', async () => {
    const one = await panel(server, 'north')
    const foreign = { ...one, handshake: { extraHeaders: { ...one.headers, origin: 'https://elsewhere.example' } } }
    const { socket, of } = connect(foreign)
    expect(await socket.emitWithAck('watch', { shop: 'north' })).toHaveProperty('error')
    expect(of('frame')).toEqual([])
    socket.disconnect()
  })

  test('[sockets] who is signed out, or loses the role, is out at once', async () => {
    const { json } = await server.ask('POST', '/api/people', {
      body: { name: 'Lead', username: 'lead.out', roles: [{ shop: 'north', role: 'lead' }] },
    })
    const browser = new BrowserClient(server.url)
    const token = new URL(json.link.url).hash.replace('#token=', '')
    await browser.post('/api/auth/link/password', { token, password: 'a long enough password' })
    const principal = { handshake: { extraHeaders: { cookie: browser.cookie } } }
    const first = connect(principal)
    expect(await first.socket.emitWithAck('watch', { shop: 'north' })).toEqual({})
    await server.ask('PATCH', `/api/people/${json.person.id}`, { body: { roles: [{ shop: 'north', role: 'screen' }] } })
    await expect.poll(() => first.of('out')).toEqual([{ why: 'role' }])
    const second = connect(principal)
    expect(await second.socket.emitWithAck('watch', { shop: 'north' })).toEqual({})
    await browser.post('/api/auth/sign-out')
    await expect.poll(() => second.of('out')).toEqual([{ why: 'signed_out' }])
    expect(second.socket.connected).toBe(false)
  })
})
