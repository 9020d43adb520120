/** The bodies of requests, read only as far as their limits go: those with events, and all others. */
import { Buffer, isUtf8 } from 'node:buffer'
import type { Context, Next } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { every } from 'hono/combine'
import { badText, EXPECTED_TEXT, mayBeBad } from './badText.ts'
import { Problem } from './problem.ts'

const MAX_EVENT_BYTES = 5 * 1024 * 1024
/** Of what is too large so much is read to its end, as whoever is still sending hears no answer. */
const MAX_IGNORED_BYTES = 64 * 1024 * 1024
const BYTE_ORDER_MARK = '\uFEFF'
const MAX_JSON_BYTES = 64 * 1024

/** For routes that take one small JSON object, all of it text that can be kept. */
export const smallBody = every(
  bodyLimit({
    maxSize: MAX_JSON_BYTES,
    onError: () => {
      throw tooLarge(MAX_JSON_BYTES)
    },
  }),
  async (c: Context, next: Next) => {
    const text = await c.req.text()
    if (mayBeBad(text)) demandGoodText(text)
    await next()
  },
)

/** What is no JSON is told of where it is read. @throws Problem 400 */
function demandGoodText(text: string): void {
  let field: string | undefined
  try {
    field = badText(JSON.parse(text))
  } catch {}
  if (field === undefined) return
  throw new Problem(400, `${field}: ${EXPECTED_TEXT}.`, { errors: [{ field, detail: EXPECTED_TEXT }] })
}

/**
 * The body as text.
 * @throws Problem 413 when it is over the limit: at once where its length is told beforehand; 415 when it is compressed, 400 when it is not UTF-8
 */
export async function readText(c: Context): Promise<string> {
  const encoding = c.req.header('content-encoding') ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') throw new Problem(415, `Content-Encoding: expected none, not ${encoding}.`)
  const bytes = await readBytes(c)
  if (!isUtf8(bytes)) throw new Problem(400, 'The body is not UTF-8 text.')
  const text = bytes.toString('utf8')
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

async function readBytes(c: Context): Promise<Buffer> {
  const declared = c.req.header('content-length')
  if (declared !== undefined && c.req.header('transfer-encoding') === undefined) {
    if (Number(declared) > MAX_EVENT_BYTES) throw tooLarge(MAX_EVENT_BYTES)
    return Buffer.from(await c.req.arrayBuffer())
  }
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of c.req.raw.body ?? []) {
    length += chunk.byteLength
    if (length <= MAX_EVENT_BYTES) chunks.push(chunk)
    else if (length > MAX_IGNORED_BYTES) break
  }
  if (length > MAX_EVENT_BYTES) throw tooLarge(MAX_EVENT_BYTES)
  return Buffer.concat(chunks)
}

function tooLarge(limit: number): Problem {
  return new Problem(413, `The body is over ${limit} bytes.`)
}
