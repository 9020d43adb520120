/** The way in for screens, over Socket.IO: every event is held against the table of server/auth/access.ts. */
import type { Server, Socket } from 'socket.io'
import { z } from 'zod'
import { meets, type Need, SOCKET_ACCESS } from '#server/auth/access.ts'
import type { Grant } from '#server/auth/grant.ts'
import type { KeyRing } from '#server/auth/keyRing.ts'
import type { Screens } from '#server/auth/screens.ts'
import type { Sessions, Why } from '#server/auth/sessions.ts'
import { addressOf } from '#server/http/address.ts'
import { sameOrigin } from '#server/http/sameOrigin.ts'
import { shownScreen } from '#server/http/screens.ts'
import { parseInstant } from '#server/instant.ts'
import type { Shops } from '#server/shops.ts'
import type { Clock } from './clock.ts'
import { ConnectionLimits } from './connectionLimits.ts'
import type { Rooms } from './rooms.ts'
import { Subscribers } from './subscribers.ts'

const watchRequest = z.object({
  shop: z.string(),
  stream: z.string().optional(),
  rev: z.number().int().min(0).optional(),
})
/** Without a shop: all of them. */
const unwatchRequest = z.object({ shop: z.string().optional() }).optional()
const report = z.object({
  showing: z.string().max(200),
  viewAt: z
    .string()
    .transform((text) => parseInstant(text))
    .optional(),
  release: z.string().max(100).optional(),
})

/** A connection of nobody known is closed after so long. */
const UNKNOWN_MS = 10_000

interface Answer {
  error?: string
  /** Of an error that people meet. */
  code?: 'no_shop'
}
interface SocketData {
  /** Once it is known. */
  grant?: Grant
  /** Calls off that it is disconnected when that ends. */
  callOff?: () => void
}
type Serve = (request: unknown, grant: Grant) => Promise<Answer>
const TRY_AGAIN: Answer = { error: 'The server could not open this shop: try again.' }
const NO_SUCH_EVENT: Answer = { error: 'Expected one of the events watch, unwatch and report.' }
const NOT_ALLOWED: Answer = { error: 'This is not allowed here.' }

export class Edge {
  #keys: KeyRing
  #sessions: Sessions
  #screens: Screens
  #shops: Shops
  #rooms: Rooms
  #io: Server
  #proxies: number
  #clock: Clock
  #limits: ConnectionLimits
  #subscribers = new Map<string, Subscribers>()

  constructor(
    io: Server,
    parts: {
      keys: KeyRing
      sessions: Sessions
      screens: Screens
      shops: Shops
      rooms: Rooms
      clock: Clock
      proxies: number
    },
  ) {
    this.#io = io
    this.#keys = parts.keys
    this.#sessions = parts.sessions
    this.#screens = parts.screens
    this.#shops = parts.shops
    this.#rooms = parts.rooms
    this.#proxies = parts.proxies
    this.#limits = new ConnectionLimits(parts.clock)
    this.#clock = parts.clock
    io.on('connection', (socket) => void this.#welcome(socket))
    parts.keys.onEnding((keyId, at) => {
      for (const socket of this.#of(({ kind, id }) => kind === 'key' && id === keyId))
        this.#endAt(socket, at, 'revoked')
    })
    parts.sessions.onOut(({ userId, session }, why) => {
      const is = (grant: Grant) => grant.session !== undefined && (grant.id === userId || grant.session === session)
      for (const socket of this.#of(is)) out(socket, why)
    })
    parts.screens.onChanged((screen) => {
      for (const socket of this.#of(({ kind, id }) => kind === 'screen' && id === screen.id))
        socket.emit('screen', shownScreen(screen))
    })
  }

  get screens(): number {
    let screens = 0
    for (const subscribers of this.#subscribers.values()) screens += subscribers.size
    return screens
  }

  #welcome(socket: Socket): void {
    const address = addressOf(socket.request, this.#proxies)
    socket.on('disconnect', () => this.#limits.leave(address))
    if (!this.#limits.enter(address)) {
      socket.disconnect(true)
      return
    }
    const grant = this.#grantOf(socket).catch(() => undefined)
    // One request after the other, so that an unwatch never overtakes its watch.
    let turn: Promise<unknown> = grant
    const served = new Map<string, Serve>([
      ['watch', (request) => this.#watch(socket, request)],
      ['unwatch', async (request) => this.#unwatch(socket, request)],
      ['report', async (request, grant) => this.#report(request, grant)],
    ])
    socket.onAny((event: string, ...said: unknown[]) => {
      const acknowledge = said.pop()
      const [request] = typeof acknowledge === 'function' ? said : [...said, acknowledge]
      turn = turn.then(async () => {
        const answer = await this.#served(socket, event, request, await grant, served.get(event)).catch(() => TRY_AGAIN)
        if (typeof acknowledge === 'function') acknowledge(answer)
      })
    })
    socket.on('disconnect', () => {
      for (const shop of [...this.#subscribers.keys()]) this.#leave(socket, shop)
      const { grant, callOff } = socket.data as SocketData
      callOff?.()
      if (grant?.kind === 'screen') this.#screens.left(grant.id ?? '')
    })
    setTimeout(async () => (await grant) ?? socket.disconnect(true), UNKNOWN_MS).unref()
  }

  /** The one place that a socket's requests pass. */
  async #served(
    socket: Socket,
    event: string,
    request: unknown,
    grant: Grant | undefined,
    serve: Serve | undefined,
  ): Promise<Answer> {
    if (grant === undefined) return { error: 'Sign in, or show a known key.' }
    if (!this.#limits.asks(socket.id)) return { error: 'Too many requests: wait a moment.' }
    const need: Need | undefined = SOCKET_ACCESS[event]
    if (need === undefined || serve === undefined) return NO_SUCH_EVENT
    const shop = (request as { shop?: unknown } | null)?.shop
    if (!meets(grant, need, typeof shop === 'string' ? shop : undefined)) return NOT_ALLOWED
    return await serve(request, grant)
  }

  async #grantOf(socket: Socket): Promise<Grant | undefined> {
    const { token } = socket.handshake.auth
    const { cookie } = socket.handshake.headers
    const headers = new Headers(socket.handshake.headers as Record<string, string>)
    const grant =
      typeof token === 'string'
        ? await this.#keys.grantOf(token)
        : cookie !== undefined && sameOrigin(headers)
          ? await this.#sessions.grantOf(cookie)
          : undefined
    if (grant === undefined || !socket.connected) return grant
    socket.data.grant = grant
    if (grant.expiresAt !== undefined) this.#endAt(socket, grant.expiresAt, 'signed_out')
    if (grant.kind === 'screen') await this.#welcomeScreen(socket, grant.id ?? '')
    return grant
  }

  async #welcomeScreen(socket: Socket, id: string): Promise<void> {
    this.#screens.arrived(id)
    const screen = await this.#screens.find(id)
    if (screen === undefined) out(socket, 'revoked')
    else socket.emit('screen', shownScreen(screen))
  }

  async #watch(socket: Socket, request: unknown): Promise<Answer> {
    const asked = watchRequest.safeParse(request)
    if (!asked.success) return { error: 'watch: expected {shop, stream?, rev?}.' }
    const { shop: slug, stream, rev } = asked.data
    const shop = await this.#shops.find(slug)
    if (shop === undefined) return { error: `There is no shop ${slug}.`, code: 'no_shop' }
    const room = await this.#rooms.of(shop)
    if (!socket.connected) return {}
    const subscribers = this.#subscribers.get(slug) ?? new Subscribers(this.#io, room)
    this.#subscribers.set(slug, subscribers)
    subscribers.enter(socket, { stream, rev })
    return {}
  }

  async #unwatch(socket: Socket, request: unknown): Promise<Answer> {
    const asked = unwatchRequest.safeParse(request)
    if (!asked.success) return { error: 'unwatch: expected {shop}, or nothing.' }
    const { shop } = asked.data ?? {}
    for (const slug of shop === undefined ? [...this.#subscribers.keys()] : [shop]) this.#leave(socket, slug)
    return {}
  }

  #report(request: unknown, grant: Grant): Answer {
    const told = report.safeParse(request)
    if (!told.success) return { error: 'report: expected {showing, viewAt?, release?}.' }
    this.#screens.reported(grant.id ?? '', told.data)
    return {}
  }

  #leave(socket: Socket, slug: string): void {
    const subscribers = this.#subscribers.get(slug)
    if (subscribers === undefined || !subscribers.has(socket)) return
    subscribers.leave(socket)
    if (subscribers.size === 0) this.#subscribers.delete(slug)
  }

  /** Disconnects a socket at the instant at which what it came in by ends; the last one told counts. */
  #endAt(socket: Socket, at: number, why: Why): void {
    const data: SocketData = socket.data
    data.callOff?.()
    if (at <= this.#clock.now()) out(socket, why)
    else data.callOff = this.#clock.wakeAt(at, () => out(socket, why))
  }

  *#of(is: (grant: Grant) => boolean): Generator<Socket> {
    for (const socket of this.#io.sockets.sockets.values()) {
      const { grant } = socket.data as SocketData
      if (grant !== undefined && is(grant)) yield socket
    }
  }
}

/** Told why, then turned out. */
function out(socket: Socket, why: Why): void {
  socket.emit('out', { why })
  socket.disconnect(true)
}
