/** The HTTP server with the live edge on it: begins to listen, and stops without cutting anybody short. */
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Server as SocketServer } from 'socket.io'
import { StartError } from './settings.ts'

/** Requests still under way are given so long. */
const GRACE_MS = 10_000
const LOOK_EVERY_MS = 50

/** Whoever opens a connection and says nothing, or says it without end, is not waited for. */
const LIMITS = { maxHeaderSize: 16_384, headersTimeout: 20_000, requestTimeout: 600_000 }
const MAX_CONNECTIONS = 20_000

export interface Listening {
  url: string
  /** Takes no more connections, lets what is under way be answered, then closes. */
  close(): Promise<void>
}

/** The two faces of the server, made but not yet listening. */
export function createServers(
  fetch: (request: Request) => Response | Promise<Response>,
  headers: readonly (readonly [name: string, value: string])[],
) {
  const http = createAdaptorServer({ fetch, serverOptions: LIMITS }) as HttpServer
  http.maxConnections = MAX_CONNECTIONS
  // Set here and not on each Response, which would then have to be made twice.
  http.prependListener('request', (_request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value)
  })
  // Patches are small and many: compressing each costs more than it saves.
  const io = new SocketServer(http, { serveClient: false, perMessageDeflate: false, maxHttpBufferSize: 16_384 })
  return { http, io }
}

/** @throws StartError when the address cannot be had */
export async function listen(http: HttpServer, io: SocketServer, host: string, port: number): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)))
    http.listen(port, host, resolve)
  })
  const { port: listened } = http.address() as AddressInfo
  const name = host.includes(':') ? `[${host}]` : host
  return { url: `http://${name}:${listened}`, close: () => stop(http, io) }
}

async function stop(http: HttpServer, io: SocketServer): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()))
  // A connection kept alive by a busy client would never be idle.
  http.prependListener('request', (_request, response) => response.setHeader('connection', 'close'))
  io.disconnectSockets(true)
  io.engine.close()
  const look = setInterval(() => http.closeIdleConnections(), LOOK_EVERY_MS)
  const giveUp = setTimeout(() => http.closeAllConnections(), GRACE_MS)
  await closed
  clearInterval(look)
  clearTimeout(giveUp)
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): StartError {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(`Port ${port} on ${host} is in use: stop what uses it, or set PORT to another.`)
    case 'EACCES':
      return new StartError(`Port ${port} needs more rights than this user has: set PORT to one above 1023.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(`${host} is no address of this machine: set HOST to one, such as 127.0.0.1 or 0.0.0.0.`)
    default:
      return new StartError(`Cannot listen on ${host}:${port} (${error.code ?? error.message}).`)
  }
}
