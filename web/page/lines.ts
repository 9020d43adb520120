/** What pages ask that takes a while: a wall need not load it. */
import { request } from '../api.ts'

/** POST of JSON, answered in lines of JSON: each is handed on as it comes. Throws in the same way. */
export async function sendForLines<T>(path: string, body: unknown, hear: (line: T) => void, signal: AbortSignal) {
  const headers = { 'content-type': 'application/json' }
  const answer = await request(path, { method: 'POST', body: JSON.stringify(body), headers, signal })
  let rest = ''
  for await (const text of (answer.body as ReadableStream<BufferSource>).pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) hear(JSON.parse(line) as T)
  }
}
