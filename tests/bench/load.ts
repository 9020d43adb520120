/** Requests sent as fast as they are answered, with as little work as can be: the machine is there for the server. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { KEY } from './childServer.ts'

/** A whole HTTP request as it goes over the wire. */
export function prepare(url: string, path: string, contentType: string, body: string): Buffer {
  const content = Buffer.from(body)
  const head = [
    `POST ${path} HTTP/1.1`,
    `host: ${new URL(url).host}`,
    `authorization: Bearer ${KEY}`,
    `content-type: ${contentType}`,
    `content-length: ${content.length}`,
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), content])
}

/**
 * Sends prepared requests over kept-alive connections, one in flight on each, taking the next in order.
 * @throws Error when one is answered otherwise than with 202
 */
export async function sendAll(url: string, requests: readonly Buffer[], connections: number): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const { hostname, port } = new URL(url)
      const socket = connect(Number(port), hostname)
      socket.setNoDelay(true)
      await once(socket, 'connect')
      const answers = answersOn(socket)
      for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
        socket.write(request)
        const { value } = await answers.next()
        if (!value?.startsWith('HTTP/1.1 202')) throw new Error(`answered: ${value}`)
      }
      socket.destroy()
    }),
  )
}

/** Whole responses, one after the other. */
async function* answersOn(socket: Socket): AsyncGenerator<string> {
  let text = ''
  for await (const chunk of socket) {
    text += (chunk as Buffer).toString('latin1')
    const end = endOf(text)
    if (end > text.length) continue
    yield text.slice(0, end)
    text = text.slice(end)
  }
}

function endOf(text: string): number {
  const head = text.indexOf('\r\n\r\n')
  if (head === -1) return Number.POSITIVE_INFINITY
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))
  if (length !== null) return head + 4 + Number(length[1])
  const last = text.indexOf('0\r\n\r\n', head)
  return last === -1 ? Number.POSITIVE_INFINITY : last + 5
}
