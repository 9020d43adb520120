/** The reference of many screens: Socket.IO broadcasting given packets at a given pace. */
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { Server } from 'socket.io'
import { serveReference } from './serve.ts'

/** `afterMs`: since the packet before. */
interface Packet {
  afterMs: number
  packet: object
}

const app = new Hono().post('/play', async (c) => {
  for (const { afterMs, packet } of (await c.req.json()) as Packet[]) {
    await new Promise((resolve) => setTimeout(resolve, afterMs))
    io.emit('patch', packet)
  }
  return c.json({})
})
const server = createAdaptorServer({ fetch: app.fetch })
const io = new Server(server as ConstructorParameters<typeof Server>[0], { perMessageDeflate: false })
await serveReference(app, server)
