import { expect, onTestFinished, test } from 'vitest'
import { createDatabase, startPostgres } from '../support/postgres.ts'
import { spawnServer } from '../support/process.ts'
import { ADMIN_KEY } from '../support/server.ts'

const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/cloudevents+json' }

test('[overload] a database that goes away: 503 and try again, the present still shown, a stop in one line', async () => {
  const postgres = await startPostgres()
  const { url, child, ended } = await spawnServer({ DATABASE_URL: await createDatabase(postgres.url) })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const shop = `${url}/api/shops/main`
  const send = (id: string, more: object = {}) => {
    const event = { specversion: '1.0', id, source: 'chat', type: 'message.received', subject: 'c1' }
    const body = JSON.stringify({ ...event, time: '2026-11-20T02:00:00Z', data: {}, ...more })
    return fetch(`${shop}/events`, { method: 'POST', headers, body })
  }
  const view = async () => await (await fetch(`${shop}/view`, { headers })).json()
  const created = { method: 'PUT', headers: { ...headers, 'content-type': 'application/json' } }
  await fetch(shop, { ...created, body: JSON.stringify({ name: 'Main', timezone: 'Asia/Shanghai' }) })
  expect((await send('before')).status).toBe(202)
  // Its auto-reply falls due once the database is gone.
  const time = new Date(Date.now() - 2_000).toISOString()
  expect(
    (await send('waits', { type: 'conversation.opened', subject: 'c2', time, data: { queue: 'presales' } })).status,
  ).toBe(202)

  await postgres.stop()

  const past = `${shop}/view?at=2026-11-01T00:00:00Z`
  for (const refused of [await send('after'), await fetch(past, { headers }), await fetch(`${url}/readyz`)]) {
    expect(refused.status, refused.url).toBe(503)
  }
  const refused = await fetch(past, { headers })
  expect(refused.headers.get('retry-after')).toBe('1')
  expect(refused.headers.get('content-type')).toBe('application/problem+json')
  expect(await view()).toMatchObject({ seq: 2 })

  await expect.poll(async () => (await view()).clocks.auto_reply.overdue, { timeout: 10_000 }).toBe(1)
  expect((await fetch(`${shop}/alerts`, { headers, signal: AbortSignal.timeout(10_000) })).status).toBe(503)

  child.kill('SIGTERM')
  expect(await ended).toEqual({ code: 1, signal: null })
})
