/** The reference of single events: a bare Hono handler, one INSERT a request, a pool of 64. */
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'
import type { CloudEvent } from '#server/demo/feeds.ts'
import { insertStatement, rowOf } from '../bareInsert.ts'
import { serveReference } from './serve.ts'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 64 })
const statement = insertStatement(1)
let seq = 0

const app = new Hono().post('/events/:shop', async (c) => {
  const body = await c.req.text()
  const event = JSON.parse(body) as CloudEvent
  await pool.query(statement, rowOf(Number(c.req.param('shop')), ++seq, event, body))
  return c.json({ accepted: 1 }, 202)
})
await serveReference(app, createAdaptorServer({ fetch: app.fetch }))
