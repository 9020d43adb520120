/** The reference of what falls due: one `setTimeout` for each clock and one patch each. */
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { Server } from 'socket.io'
import { preciseNow } from '../measure.ts'
import { serveReference } from './serve.ts'

const lateMs: number[] = []
let fired = 0

const app = new Hono()
  .post('/clocks', async (c) => {
    const dues = (await c.req.json()) as number[]
    for (const due of dues) setTimeout(() => fire(due), due - preciseNow())
    return c.json({}, 202)
  })
  .get('/late', (c) => c.json(lateMs))
const server = createAdaptorServer({ fetch: app.fetch })
const io = new Server(server as ConstructorParameters<typeof Server>[0], { perMessageDeflate: false })

function fire(due: number): void {
  lateMs.push(preciseNow() - due)
  fired++
  io.emit('patch', { breached: fired })
}
await serveReference(app, server)
