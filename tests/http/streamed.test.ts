import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { Env } from '#server/http/door.ts'
import { streamed } from '#server/http/streamed.ts'

test('[http] an answer whose rest cannot be made is broken off, not ended as a whole one is', async () => {
  const logged: string[] = []
  const logger = pino({ base: null }, { write: (line) => logged.push(line) })
  async function* pieces(fails: boolean) {
    yield 'one\n'
    if (fails) throw new Error('the database has gone')
    yield 'two\n'
  }
  const app = new Hono<Env>()
    .get('/whole', (c) => streamed(c, logger, pieces(false)))
    .get('/torn', (c) => streamed(c, logger, pieces(true)))
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  try {
    const { port } = await new Promise<{ port: number }>((resolve) =>
      server.once('listening', () => resolve(server.address() as { port: number })),
    )
    const whole = await fetch(`http://127.0.0.1:${port}/whole`)
    expect(await whole.text()).toBe('one\ntwo\n')
    await expect(fetch(`http://127.0.0.1:${port}/torn`).then((torn) => torn.text())).rejects.toThrow()
    expect(JSON.parse(logged[0] ?? '{}')).toMatchObject({ level: 50, path: '/torn', msg: 'an answer was broken off' })
  } finally {
    server.close()
  }
})
