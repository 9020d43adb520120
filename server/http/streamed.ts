/** An answer of any length, made piece by piece. */
import { ReadableStream } from 'node:stream/web'
import type { Context } from 'hono'
import type { Logger } from 'pino'
import type { Env } from './door.ts'

/**
 * The pieces as the body. Where one cannot be made the connection is broken off: an answer that ends as others do would
 * be taken for the whole.
 */
export function streamed(c: Context<Env>, logger: Logger, pieces: AsyncIterable<string>): Response {
  const encoder = new TextEncoder()
  async function* bytes() {
    try {
      for await (const piece of pieces) yield encoder.encode(piece)
    } catch (err) {
      logger.error({ err, path: c.req.path }, 'an answer was broken off')
      c.env.outgoing.destroy()
    }
  }
  return c.body(ReadableStream.from(bytes()) as globalThis.ReadableStream<Uint8Array<ArrayBuffer>>)
}
