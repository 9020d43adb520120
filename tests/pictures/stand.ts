/** Stands in for the server: hands out the built pages and says what one picture shows, in the words of the contract. */
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { Server } from 'socket.io'
import type { Beat, Frame } from '#core/wire.ts'
import { staticRoutes } from '#server/http/static.ts'
import type { Picture } from './cases/pictures.ts'

const BEAT_MS = 500

export class Stand {
  #shown: Picture
  #http: HttpServer
  #io: Server

  private constructor(distDir: string, first: Picture, listening: () => void) {
    this.#shown = first
    const app = new Hono()
      .get('/api/shops/:shop/history', (c) => c.json(this.#shown.history))
      .route('/', staticRoutes(distDir))
    this.#http = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, listening) as HttpServer
    this.#io = new Server(this.#http, { serveClient: false })
    this.#io.on('connection', (socket) => {
      const { view, silentMs } = this.#shown
      socket.on('watch', () => {
        socket.emit('frame', { stream: 'picture', rev: 0, view } satisfies Frame)
        if (silentMs > 0) return
        const beat: Beat = { stream: 'picture', rev: 0, at: view.at }
        const beating = setInterval(() => socket.emit('beat', beat), BEAT_MS)
        socket.on('disconnect', () => clearInterval(beating))
      })
    })
  }

  static open(distDir: string, first: Picture): Promise<Stand> {
    return new Promise((resolve) => {
      const stand: Stand = new Stand(distDir, first, () => resolve(stand))
    })
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`
  }

  show(picture: Picture): void {
    this.#shown = picture
  }

  async close(): Promise<void> {
    await this.#io.close()
  }
}
