/** An answer that takes a while: lines that say how far it is, then one with what came of it or why nothing did. */
import type { Context } from 'hono'
import type { Logger } from 'pino'

export const NDJSON = 'application/x-ndjson'
/** Progress is told in hundredths. */
const STEP = 0.01

export type ProgressLine<T> = { progress: number } | { result: T } | { error: string }

/**
 * @param work told how to say how far it is, from 0 to 1, and answered whether anybody still listens; undefined as its
 * outcome: it was given up
 */
export function progressLines<T>(
  c: Context,
  logger: Logger,
  work: (tell: (share: number) => boolean) => Promise<T | undefined>,
): Response {
  let wanted = true
  const encoder = new TextEncoder()
  const body = new ReadableStream({
    async start(out) {
      const say = (line: ProgressLine<T>) => out.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
      let told = 0
      const tell = (progress: number) => {
        if (wanted && progress - told >= STEP) {
          told = progress
          say({ progress })
        }
        return wanted
      }
      try {
        const result = await work(tell)
        if (wanted && result !== undefined) say({ result })
      } catch (error) {
        logger.error({ err: error, path: c.req.path }, 'a long request failed')
        if (wanted) say({ error: 'It could not be done; the server’s log says why.' })
      }
      if (wanted) out.close()
    },
    cancel() {
      wanted = false
    },
  })
  c.header('content-type', NDJSON)
  c.header('cache-control', 'no-store')
  return c.body(body, 200)
}
