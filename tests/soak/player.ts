/** A server that plays one shop to one screen at whatever pace is asked: the built pages, and the wire of a live shop. */
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { Server as SocketServer } from 'socket.io'
import { diff } from '#core/mergePatch.ts'
import type { View } from '#core/view.ts'
import { staticRoutes } from '#server/http/static.ts'

export class Player {
  #views: () => View
  #view: View
  #rev = 1
  #http: HttpServer
  #io: SocketServer

  constructor(distDir: string, views: () => View) {
    this.#views = views
    this.#view = views()
    const app = new Hono()
      .get('/api/shops', (c) => c.json({ shops: [] }))
      .get('/api/shops/:shop/history', (c) => c.json({ points: [] }))
    app.route('/', staticRoutes(distDir) as unknown as Hono)
    this.#http = createAdaptorServer({ fetch: app.fetch }) as HttpServer
    this.#io = new SocketServer(this.#http, { serveClient: false, perMessageDeflate: false })
    this.#io.on('connection', (socket) => {
      socket.on('watch', (_request, acknowledge: (answer: object) => void) => {
        acknowledge({})
        socket.emit('frame', { stream: 'soak', rev: this.#rev, view: this.#view })
      })
    })
  }

  /** The address it serves at. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`
  }

  /** Sends the next patches, so many a second. */
  async play(patches: number, perSecond: number): Promise<void> {
    const start = performance.now()
    for (let sent = 0; sent < patches; sent++) {
      const dueMs = start + (1_000 * sent) / perSecond - performance.now()
      if (dueMs > 1) await sleep(dueMs)
      this.#send()
    }
  }

  close(): void {
    this.#io.close()
    this.#http.closeAllConnections()
  }

  #send(): void {
    const next = this.#views()
    const patch = diff(this.#view, next)
    this.#view = next
    this.#rev++
    this.#io.emit('patch', { stream: 'soak', rev: this.#rev, seq: next.seq, at: next.at, patch })
  }
}
