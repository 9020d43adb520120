import { Problem } from './problem.ts'

const MAX_LINE = 1_000_000

/** The lines of a body of any length, one after the other, without ever holding more than one and what came with it. */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > MAX_LINE) throw new Problem(413, `A line: expected at most ${MAX_LINE} characters.`)
    yield* lines
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}
