/** The screens that watch one shop: told together, each packet encoded once; a slow one is set aside until it is free. */
import type { Server, Socket } from 'socket.io'
import type { Beat, Frame, Patch, Position } from '#core/wire.ts'
import type { Audience, Greeting } from './publisher.ts'
import type { Room } from './room.ts'

/** Packets that may wait on one connection before its screen counts as slow: about a second at full pace. */
const MAX_QUEUED = 10

export class Subscribers implements Audience {
  #io: Server
  #name: string
  #room: Room
  #sockets = new Set<Socket>()
  /** Too slow: nothing is sent to them until their connection is free, and then a new frame. */
  #aside = new Set<Socket>()

  constructor(io: Server, room: Room) {
    this.#io = io
    this.#room = room
    this.#name = `shop:${room.shop.slug}`
  }

  get size(): number {
    return this.#sockets.size
  }

  has(socket: Socket): boolean {
    return this.#sockets.has(socket)
  }

  enter(socket: Socket, position: Position): void {
    const first = this.#sockets.size === 0
    this.#sockets.add(socket)
    if (first) this.#room.attend(this)
    this.#greet(socket, position)
  }

  leave(socket: Socket): void {
    this.#sockets.delete(socket)
    this.#aside.delete(socket)
    socket.leave(this.#name)
    if (this.#sockets.size === 0) this.#room.attend(undefined)
  }

  frame(frame: Frame): void {
    this.#tellAll('frame', frame)
  }

  patch(patch: Patch): void {
    this.#tellAll('patch', patch)
  }

  beat(beat: Beat): void {
    this.#tellAll('beat', beat)
  }

  #tellAll(event: string, packet: object): void {
    for (const socket of this.#sockets) if (queued(socket) > MAX_QUEUED) this.#setAside(socket)
    this.#io.to(this.#name).emit(event, packet)
    for (const socket of this.#aside) if (queued(socket) === 0) queueMicrotask(() => this.#greet(socket, {}))
  }

  #setAside(socket: Socket): void {
    this.#aside.add(socket)
    socket.leave(this.#name)
  }

  #greet(socket: Socket, position: Position): void {
    this.#room.greet(position, (greeting: Greeting) => {
      if (!this.#sockets.has(socket)) return
      if ('frame' in greeting) socket.emit('frame', greeting.frame)
      else for (const patch of greeting.patches) socket.emit('patch', patch)
      this.#aside.delete(socket)
      socket.join(this.#name)
    })
  }
}

/** What the connection has not taken yet. */
function queued(socket: Socket): number {
  const { writeBuffer, transport } = socket.conn as unknown as Connection
  return writeBuffer.length + (transport.writable ? 0 : 1)
}

interface Connection {
  writeBuffer: unknown[]
  transport: { writable: boolean }
}
