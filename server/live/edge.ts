/** The way in for screens, over Socket.IO: who may watch what. */
import type { Server, Socket } from 'socket.io'
import { z } from 'zod'
import { allows, type Grant } from '#server/auth/grant.ts'
import type { KeyRing } from '#server/auth/keyRing.ts'
import type { Shops } from '#server/shops.ts'
import { Hall } from './hall.ts'
import type { Rooms } from './rooms.ts'

const watchRequest = z.object({
  shop: z.string(),
  stream: z.string().optional(),
  rev: z.number().int().min(0).optional(),
})
const unwatchRequest = z.object({ shop: z.string() })

/** A connection that shows no key is closed after so long. */
const KEYLESS_MS = 10_000

interface Answer {
  error?: string
}
const TRY_AGAIN: Answer = { error: 'The server could not open this shop: try again.' }

export class Edge {
  #keys: KeyRing
  #shops: Shops
  #rooms: Rooms
  #io: Server
  #halls = new Map<string, Hall>()

  constructor(io: Server, parts: { keys: KeyRing; shops: Shops; rooms: Rooms }) {
    this.#io = io
    this.#keys = parts.keys
    this.#shops = parts.shops
    this.#rooms = parts.rooms
    io.on('connection', (socket) => void this.#welcome(socket))
    parts.keys.onRevoked((keyId) => this.#turnOut(keyId))
  }

  get screens(): number {
    let screens = 0
    for (const hall of this.#halls.values()) screens += hall.size
    return screens
  }

  #welcome(socket: Socket): void {
    const grant = this.#grantOf(socket).catch(() => undefined)
    // One request after the other, so that an unwatch never overtakes its watch.
    let turn: Promise<unknown> = grant
    const on = (event: string, serve: (request: unknown, grant: Grant | undefined) => Promise<Answer>) =>
      socket.on(event, (request: unknown, acknowledge: unknown) => {
        turn = turn.then(async () => {
          const answer = await serve(request, await grant).catch(() => TRY_AGAIN)
          if (typeof acknowledge === 'function') acknowledge(answer)
        })
      })
    on('watch', (request, grant) => this.#watch(socket, grant, request))
    on('unwatch', async (request) => this.#unwatch(socket, request))
    socket.on('disconnect', () => {
      for (const shop of [...this.#halls.keys()]) this.#leave(socket, shop)
    })
    setTimeout(async () => (await grant) ?? socket.disconnect(true), KEYLESS_MS).unref()
  }

  async #grantOf(socket: Socket): Promise<Grant | undefined> {
    const { token } = socket.handshake.auth
    const grant = typeof token === 'string' ? await this.#keys.grantOf(token) : undefined
    socket.data.keyId = grant?.keyId
    return grant
  }

  async #watch(socket: Socket, grant: Grant | undefined, request: unknown): Promise<Answer> {
    if (grant === undefined) return { error: 'A known key is needed.' }
    const asked = watchRequest.safeParse(request)
    if (!asked.success) return { error: 'watch: expected {shop, stream?, rev?}.' }
    const { shop: slug, stream, rev } = asked.data
    if (!allows(grant, slug, 'read')) return { error: 'This key does not allow reading this shop.' }
    const shop = await this.#shops.find(slug)
    if (shop === undefined) return { error: `There is no shop ${slug}.` }
    const room = await this.#rooms.of(shop)
    if (!socket.connected) return {}
    const hall = this.#halls.get(slug) ?? new Hall(this.#io, room)
    this.#halls.set(slug, hall)
    hall.enter(socket, { stream, rev })
    return {}
  }

  async #unwatch(socket: Socket, request: unknown): Promise<Answer> {
    const asked = unwatchRequest.safeParse(request)
    if (!asked.success) return { error: 'unwatch: expected {shop}.' }
    this.#leave(socket, asked.data.shop)
    return {}
  }

  #leave(socket: Socket, slug: string): void {
    const hall = this.#halls.get(slug)
    if (hall === undefined || !hall.has(socket)) return
    hall.leave(socket)
    if (hall.size === 0) this.#halls.delete(slug)
  }

  /** A key was revoked: whoever came in with it has to go. */
  #turnOut(keyId: number): void {
    for (const socket of this.#io.sockets.sockets.values()) if (socket.data.keyId === keyId) socket.disconnect(true)
  }
}
