import { serve } from '@hono/node-server'
import { Hono } from 'hono'

export interface SentBatch {
  mode: string
  key: string | undefined
  events: { id: string; type: string; time: string }[]
  at: number
}

/** A server that speaks just enough of the contract to see what a client makes of its answers. */
export class StandIn {
  readonly batches: SentBatch[] = []
  shop: { name: string; timezone: string } | undefined
  /** Answers given instead of the next ones; 'cut' takes the events and drops the connection. */
  readonly instead: (number | 'cut')[] = []
  #server: ReturnType<typeof serve>
  #seen = new Set<string>()

  constructor(port = 0) {
    this.#server = serve({ fetch: this.#app().fetch, port, hostname: '127.0.0.1' })
  }

  async url(): Promise<string> {
    if (!this.#server.listening) await new Promise((resolve) => this.#server.once('listening', resolve))
    return `http://127.0.0.1:${(this.#server.address() as { port: number }).port}`
  }

  close(): Promise<unknown> {
    return new Promise((resolve) => this.#server.close(resolve))
  }

  #app() {
    const app = new Hono()
    app.get('/api/shops/:shop/view', (c) =>
      this.shop ? c.json({ ...this.shop, seq: this.#seen.size }) : c.json({ detail: 'no such shop' }, 404),
    )
    app.put('/api/shops/:shop', async (c) => {
      this.shop = await c.req.json()
      return c.json(this.shop, 201)
    })
    app.post('/api/shops/:shop/events', async (c) => {
      const instead = this.instead.shift()
      if (typeof instead === 'number') return c.json({ detail: 'not now' }, instead as 503, { 'retry-after': '0' })
      const events = (await c.req.text()).split('\n').map((text) => JSON.parse(text))
      const fresh = events.filter(({ source, id }) => !this.#seen.has(`${source} ${id}`))
      for (const { source, id } of events) this.#seen.add(`${source} ${id}`)
      const key = c.req.header('authorization')
      this.batches.push({ mode: c.req.query('mode') ?? 'live', key, events: fresh, at: Date.now() })
      if (instead === 'cut') {
        const { outgoing } = c.env as { outgoing: { destroy(): void } }
        outgoing.destroy()
        return c.body(null)
      }
      const rejected = events.flatMap(({ id, type }, index) =>
        type === 'no.such' ? [{ index, id, error: 'type: expected another' }] : [],
      )
      const accepted = fresh.length - rejected.length
      const receipt = { accepted, duplicates: events.length - fresh.length, rejected, head: this.#seen.size }
      return c.json(receipt, rejected.length === events.length ? 422 : 202)
    })
    return app
  }
}
