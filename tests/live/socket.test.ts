import { createConnection } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { View } from '#core/view.ts'
import { Track } from '../../web/live/track.ts'
import { ADMIN_KEY, cloudEvent, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
const sockets: Socket[] = []
beforeAll(async () => {
  server = await startTestServer()
})
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect()
})
afterAll(() => server.close())

function connect(token: string | null = ADMIN_KEY): Socket {
  const socket = io(server.url, { transports: ['websocket'], forceNew: true, auth: token === null ? {} : { token } })
  sockets.push(socket)
  return socket
}

/** What a socket has been told, and a way to wait for it. */
function listen(socket: Socket) {
  const heard: [string, { rev: number; view?: View; at?: string; stream: string }][] = []
  let told = () => {}
  socket.onAny((name, packet) => {
    heard.push([name, packet])
    told()
  })
  return {
    heard,
    async until(condition: () => boolean) {
      while (!condition()) await new Promise<void>((resolve) => (told = resolve))
    },
  }
}

const watch = (socket: Socket, request: object): Promise<{ error?: string }> => socket.emitWithAck('watch', request)
const opened = (id: string) => cloudEvent('conversation.opened', id, { queue: 'presales' })

describe('[live] the edge', () => {
  test('[live] a frame at once, a patch for what is posted, and beats; each is the view at its instant', async () => {
    const shop = await server.makeShop('edge')
    const socket = connect()
    const { heard, until } = listen(socket)
    expect(await watch(socket, { shop })).toEqual({})
    await until(() => heard.length > 0)
    expect(heard[0]).toMatchObject(['frame', { rev: 0, view: { shop, seq: 0 } }])
    await server.send(shop, [opened('c1')])
    await until(() => heard.some(([name]) => name === 'patch'))
    await until(() => heard.at(-1)?.[0] === 'beat')
    const track = new Track()
    for (const [name, packet] of heard) {
      if (name === 'frame') expect(track.frame(packet as never)).toBe('shown')
      if (name === 'patch') expect(track.patch(packet as never)).toBe('shown')
      if (name === 'beat') expect(track.beat(packet as never)).toBe('holds')
      const at = packet.at ?? track.view?.at ?? ''
      expect({ ...track.view, at }).toEqual(await server.view(shop, at))
    }
  })

  test('[live] a screen that comes back with what it has gets the missing patches', async () => {
    const shop = await server.makeShop('back')
    const first = connect()
    const { heard, until } = listen(first)
    await watch(first, { shop })
    await until(() => heard.length > 0)
    const { stream } = heard[0]?.[1] ?? {}
    await server.send(shop, [opened('c1')])
    await until(() => heard.some(([name]) => name === 'patch'))
    const second = connect()
    const back = listen(second)
    await watch(second, { shop, stream, rev: 0 })
    await back.until(() => back.heard.length > 0)
    expect(back.heard[0]).toMatchObject(['patch', { stream, rev: 1 }])
  })

  test.each(['follow', 'constructor'])('[live] an event that is none of ours is answered too: %s', async (event) => {
    const socket = connect()
    expect(await socket.timeout(5_000).emitWithAck(event, { shop: 'edge' })).toEqual({
      error: 'Expected one of the events watch, unwatch and report.',
    })
  })

  test('[live] one socket watches several shops; unwatch leaves one of them', async () => {
    const [east, west] = [await server.makeShop('east'), await server.makeShop('west')]
    const socket = connect()
    const { heard, until } = listen(socket)
    await watch(socket, { shop: east })
    await watch(socket, { shop: west })
    await until(() => heard.filter(([name]) => name === 'frame').length === 2)
    expect(heard.map(([, packet]) => packet.view?.shop).filter(Boolean)).toEqual([east, west])
    expect(await socket.emitWithAck('unwatch', { shop: east })).toEqual({})
    const streams = heard.map(([, packet]) => packet.stream)
    heard.length = 0
    await server.send(east, [opened('c1')])
    await server.send(west, [opened('c1')])
    await until(() => heard.some(([name]) => name === 'patch'))
    for (const [, packet] of heard) expect(packet.stream).toBe(streams[1])
    expect(await socket.emitWithAck('unwatch')).toEqual({})
    heard.length = 0
    const other = connect()
    const others = listen(other)
    await watch(other, { shop: west })
    await server.send(west, [opened('c2')])
    await others.until(() => others.heard.some(([name]) => name === 'patch'))
    expect(heard).toEqual([])
  })

  test('[live] whoever may not, or asks for what is not there, is told so and hears nothing', async () => {
    const shop = await server.makeShop('closed')
    await server.makeShop('other')
    const cases: [string | null, unknown][] = [
      [null, { shop }],
      ['fw_wrong', { shop }],
      [await server.makeKey(['read'], 'other'), { shop }],
      [await server.makeKey(['events:write']), { shop }],
      [ADMIN_KEY, { shop: 'nowhere' }],
      [ADMIN_KEY, { shop: 7 }],
      [ADMIN_KEY, null],
      [ADMIN_KEY, { shop, rev: -1 }],
    ]
    for (const [token, request] of cases) {
      const socket = connect(token)
      const { heard } = listen(socket)
      const answer = await watch(socket, request as object)
      expect(answer.error, JSON.stringify(request)).toEqual(expect.any(String))
      await server.send(shop, [opened(`c${sockets.length}`)])
      await watch(socket, { shop: 'nowhere' })
      expect(heard).toEqual([])
    }
  })

  test('[live] when its key is revoked a screen is turned out', async () => {
    const shop = await server.makeShop('revoked')
    const made = await server.ask('POST', '/api/keys', { body: { name: 'short-lived', scopes: ['read'], shop } })
    const socket = connect(made.json.key)
    await watch(socket, { shop })
    const gone = new Promise((resolve) => socket.once('disconnect', resolve))
    await server.ask('DELETE', `/api/keys/${made.json.id}`)
    expect(await gone).toBe('io server disconnect')
  })

  test('[live] when its key has been rotated a screen is turned out as the old key ends', async () => {
    const shop = await server.makeShop('rotated')
    const made = await server.ask('POST', '/api/keys', { body: { name: 'leaked', scopes: ['read'], shop } })
    const socket = connect(made.json.key)
    expect(await watch(socket, { shop })).toEqual({})
    const told = new Promise((resolve) => socket.once('out', resolve))
    const gone = new Promise((resolve) => socket.once('disconnect', () => resolve(Date.now())))
    const before = Date.now()
    await server.ask('POST', `/api/keys/${made.json.id}/rotate`, { body: { overlapMs: 300 } })
    expect(await told).toEqual({ why: 'revoked' })
    expect(await gone).toBeGreaterThanOrEqual(before + 300)
  })

  test('[live] a screen that takes nothing is not sent more and more, and gets a new frame when it does', async () => {
    const shop = await server.makeShop('slow')
    const quick = connect()
    const { heard, until } = listen(quick)
    await watch(quick, { shop })
    const slow = await rawScreen(server.url, shop)
    await until(() => heard.length > 0)
    slow.pause()
    // Half a megabyte a patch, until what the two kernels hold between them is full many times over.
    for (let i = 0; i < 50; i++) {
      const name = String(i % 10).repeat(500)
      const agents = Array.from({ length: 1_000 }, (_, j) =>
        cloudEvent('agent.registered', `a${j}`, { name, queues: [] }),
      )
      const before = heard.length
      await server.send(shop, agents)
      await until(() => heard.slice(before).some(([name]) => name === 'patch'))
    }
    const last = heard.filter(([name]) => name === 'patch').at(-1)?.[1].rev ?? 0
    slow.resume()
    await slow.until(() => slow.revs('frame').length === 2)
    expect(slow.revs('frame')[1]).toBeGreaterThanOrEqual(last)
    expect(slow.revs('patch').length).toBeLessThan(last)
  })
})

/** A screen on a bare connection, which can stop reading. */
async function rawScreen(url: string, shop: string) {
  const { hostname, port } = new URL(url)
  const socket = createConnection({ host: hostname, port: Number(port) })
  let text = ''
  let told = () => {}
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise<void>((resolve) => (told = resolve))
  }
  socket.on('data', (data) => {
    text += data.toString('latin1')
    told()
  })
  const send = (message: string) => {
    const bytes = Buffer.from(message)
    const mask = Buffer.from([1, 2, 3, 4])
    const masked = bytes.map((byte, i) => byte ^ (mask[i % 4] as number))
    socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | bytes.length]), mask, masked]))
  }
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  )
  await until(() => text.includes('"sid"'))
  send(`40${JSON.stringify({ token: ADMIN_KEY })}`)
  await until(() => text.includes('40{"sid"'))
  send(`42${JSON.stringify(['watch', { shop }])}`)
  const revs = (name: string) =>
    [...text.matchAll(new RegExp(`42\\["${name}",\\{"stream":"[^"]+","rev":(\\d+)`, 'g'))].map((match) =>
      Number(match[1]),
    )
  await until(() => revs('frame').length === 1)
  sockets.push({ disconnect: () => socket.destroy() } as unknown as Socket)
  return { pause: () => socket.pause(), resume: () => socket.resume(), until, revs }
}
