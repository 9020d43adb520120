/** A screen that writes down when it was shown what. */
import { io, type Socket } from 'socket.io-client'
import { KEY } from './childServer.ts'
import { preciseNow } from './measure.ts'

export interface Shown {
  /** Epoch ms, with a fraction. */
  at: number
  packet: unknown
}

export interface Screen {
  socket: Socket
  /** Every `patch` so far. */
  shown: Shown[]
}

/** Connects; watches a shop if one is given, and has its first frame then. */
export async function openScreen(url: string, shop?: string): Promise<Screen> {
  const socket = io(url, { auth: { token: KEY }, transports: ['websocket'], forceNew: true, reconnection: false })
  const shown: Shown[] = []
  socket.on('patch', (packet: unknown) => shown.push({ at: preciseNow(), packet }))
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  if (shop !== undefined) {
    const framed = new Promise((resolve) => socket.once('frame', resolve))
    const { error } = await socket.emitWithAck('watch', { shop })
    if (error !== undefined) throw new Error(error)
    await framed
  }
  return { socket, shown }
}
