/** A server that shows whatever views it is given, at once: the built pages and the wire of live shops, without a log behind them. */
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { Server as SocketServer } from 'socket.io'
import { diff } from '#core/mergePatch.ts'
import type { View } from '#core/view.ts'
import type { Beat, Frame, Patch } from '#core/wire.ts'
import { staticRoutes } from '#server/http/static.ts'
import type { HistoryAnswer } from '../../web/live/history.ts'

const BEAT_MS = 500

interface Played {
  view: View
  rev: number
  shownAt: number
  hushed?: boolean
}

export class Player {
  #distDir: string
  #clock: () => number
  #histories = new Map<string, HistoryAnswer>()
  /** What a desk asks for beside the view. */
  #told: { list: object; next: object } = { list: {}, next: {} }
  #shops = new Map<string, Played>()
  #stream = 0
  #http: HttpServer | undefined
  #io: SocketServer | undefined
  #port = 0
  #beating: ReturnType<typeof setInterval> | undefined

  /** By a `clock` (ms) that stands still, time does too. */
  constructor(distDir: string, clock = () => performance.now()) {
    this.#distDir = distDir
    this.#clock = clock
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Serves, on the port it had before if it served before; its streams are new then. */
  async open(): Promise<void> {
    const list = () => [...this.#shops.values()].map(({ view: { shop, name, timezone } }) => ({ shop, name, timezone }))
    const everything = { kind: 'person', id: 'p1', name: '王组长', install: true, shops: [] }
    const app = new Hono()
      .get('/api/me', (c) => c.json(everything))
      .get('/api/shops', (c) => c.json({ shops: list() }))
      .get('/api/shops/:shop/history', (c) => c.json(this.#histories.get(c.req.param('shop')) ?? { points: [] }))
      .get('/api/shops/:shop/list', (c) => c.json(this.#told.list))
      .get('/api/shops/:shop/next', (c) => c.json(this.#told.next))
    app.route('/', staticRoutes(this.#distDir) as unknown as Hono)
    this.#http = createAdaptorServer({ fetch: app.fetch }) as HttpServer
    this.#io = new SocketServer(this.#http, { serveClient: false, perMessageDeflate: false })
    this.#stream++
    this.#io.on('connection', (socket) => {
      socket.on('watch', ({ shop }: { shop: string }, acknowledge: (answer: object) => void) => {
        const played = this.#shops.get(shop)
        acknowledge(played === undefined ? { error: `There is no shop ${shop}.` } : {})
        if (played === undefined) return
        socket.join(shop)
        socket.emit('frame', { stream: this.#streamOf(shop), rev: played.rev, view: played.view } satisfies Frame)
      })
    })
    await new Promise<void>((resolve) => this.#http?.listen(this.#port, '127.0.0.1', resolve))
    this.#port = (this.#http.address() as AddressInfo).port
    this.#beating = setInterval(() => this.#beat(), BEAT_MS)
  }

  /** Every screen of the shop shows this view next. */
  show(view: View): void {
    const before = this.#shops.get(view.shop)
    const rev = (before?.rev ?? 0) + 1
    this.#shops.set(view.shop, { view, rev, shownAt: this.#clock() })
    const patch = before && diff(before.view, view)
    if (patch === undefined) return
    const { seq, at, shop } = view
    this.#io?.to(shop).emit('patch', { stream: this.#streamOf(shop), rev, seq, at, patch } satisfies Patch)
  }

  /** What the last hours of the shop were. */
  recall(shop: string, history: HistoryAnswer): void {
    this.#histories.set(shop, history)
  }

  /** Whoever looks inside is told this, of whatever shop and figure. */
  answer(told: { list: object; next: object }): void {
    this.#told = told
  }

  /** Nothing more is said of the shop until it shows something. */
  hush(shop: string): void {
    const played = this.#shops.get(shop)
    if (played !== undefined) played.hushed = true
  }

  /** So much time goes by at once, here as on the page whose clock is put forward. */
  pass(ms: number): void {
    for (const played of this.#shops.values()) played.shownAt -= ms
  }

  close(): void {
    clearInterval(this.#beating)
    this.#io?.close()
    this.#http?.closeAllConnections()
  }

  #streamOf = (shop: string) => `${this.#stream}-${shop}`

  /** Time goes on from the instant of the view. */
  #beat(): void {
    for (const [shop, { view, rev, shownAt, hushed }] of this.#shops) {
      if (hushed) continue
      const at = new Date(Date.parse(view.at) + this.#clock() - shownAt).toISOString()
      this.#io?.to(shop).emit('beat', { stream: this.#streamOf(shop), rev, at } satisfies Beat)
    }
  }
}
