/** The reference of what is shown live: a bare handler that inserts the event and emits it to every socket. */
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { CompiledQuery } from 'kysely'
import { Server } from 'socket.io'
import { openDatabase } from '#db/open.ts'
import type { CloudEvent } from '#server/demo/feeds.ts'
import { insertStatement, rowOf } from '../bareInsert.ts'
import { serveReference } from './serve.ts'

const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir = '' } = process.env
const { db } = await openDatabase({ databaseUrl, dataDir })
const statement = insertStatement(1)
let seq = 0

const app = new Hono().post('/events', async (c) => {
  const body = await c.req.text()
  const event = JSON.parse(body) as CloudEvent
  seq++
  const patch = { seq, id: event.id }
  await db.executeQuery(CompiledQuery.raw(statement, rowOf(1, seq, event, body)))
  io.emit('patch', patch)
  return c.json({ head: patch.seq }, 202)
})
const server = createAdaptorServer({ fetch: app.fetch })
const io = new Server(server as ConstructorParameters<typeof Server>[0], { perMessageDeflate: false })
await serveReference(app, server)
