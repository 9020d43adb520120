/** What every reference server does besides its work: figures, a line that says where it listens, a way to stop. */
import type { AddressInfo } from 'node:net'
import type { ServerType } from '@hono/node-server'
import type { Hono } from 'hono'
import { collectDefaultMetrics, register } from 'prom-client'

export async function serveReference(app: Hono, server: ServerType): Promise<void> {
  collectDefaultMetrics()
  app.get('/metrics', async (c) => c.text(await register.metrics()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`)
  process.once('SIGTERM', () => process.exit(0))
}
