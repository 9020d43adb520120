/** Lines of UTF-8 text of any length, one after the other, without ever holding more than one and what came with it. */

const MAX_LINE = 8_000_000

/** Only `\n` ends a line: JSON may hold what else some programs take for an end. A mark of the byte order is passed over. */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  /** What is thrown where there is no such text. */
  fault: (what: 'too_long' | 'not_utf8', expected: string) => Error,
): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (bytes?: Uint8Array) => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
    } catch {
      throw fault('not_utf8', 'expected UTF-8 text')
    }
  }
  let rest = ''
  for await (const bytes of chunks) {
    const lines = (rest + decode(bytes)).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > MAX_LINE) throw fault('too_long', `expected lines of at most ${MAX_LINE} characters`)
    yield* lines
  }
  rest += decode()
  if (rest !== '') yield rest
}
