/** Run in a process of its own: many screens that take what comes and do nothing with it. Stops when told so. */
import { io } from 'socket.io-client'
import { KEY } from './childServer.ts'

const [url, shop, screens] = process.argv.slice(2)
const ARRIVING = 50

async function arrive(): Promise<void> {
  const socket = io(url ?? '', { auth: { token: KEY }, transports: ['websocket'], forceNew: true, reconnection: false })
  socket.on('disconnect', (reason) => process.stderr.write(`a screen lost its connection: ${reason}\n`))
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  if (shop) await socket.emitWithAck('watch', { shop })
}

for (let there = 0; there < Number(screens); there += ARRIVING) {
  await Promise.all(Array.from({ length: ARRIVING }, arrive))
}
process.send?.('all there')
