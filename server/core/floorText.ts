/**
 * The text of a snapshot: a first line of JSON, then a line for each subject, alert and customer. One of changes has
 * lines only for what changed since the snapshot before it, and names what is gone.
 */

/** In the order in which they are read: alerts come first, as clocks look for theirs. */
export const PARTS = ['alert', 'customer', 'conversation', 'order', 'return', 'complaint', 'inquiry'] as const
export type Part = (typeof PARTS)[number]

/** What is written a line each; no line breaks in them. */
export interface Written {
  lines(): Iterable<[id: string, line: string]>
  /** Of what changed since last written down; no line for what is gone. */
  changes(): Iterable<[id: string, line: string | undefined]>
  restore(lines: Iterable<[id: string, line: string]>): void
}

interface First<Head> {
  version: number
  whole: boolean
  head: Head
  parts: Record<Part, { count: number; gone: string[] }>
}

/** All that is written, or only what changed. */
export function joinText(version: number, whole: boolean, head: unknown, written: Record<Part, Written>): string {
  const parts = {} as First<unknown>['parts']
  const all: string[] = ['']
  for (const part of PARTS) {
    const gone: string[] = []
    const before = all.length
    for (const [id, line] of whole ? written[part].lines() : written[part].changes()) {
      if (line === undefined) gone.push(id)
      else all.push(`${JSON.stringify(id)}\t${line}`)
    }
    parts[part] = { count: all.length - before, gone }
  }
  all[0] = JSON.stringify({ version, whole, head, parts } satisfies First<unknown>)
  return all.join('\n')
}

/**
 * The newest head, and the lines as they stand after a whole text and the changes that followed it, in order.
 * @throws Error when a text is of another version, or they do not begin with a whole one
 */
export function splitTexts<Head>(
  version: number,
  texts: readonly string[],
): { head: Head; lines: Record<Part, Map<string, string>> } {
  const lines = Object.fromEntries(PARTS.map((part) => [part, new Map<string, string>()])) as Record<
    Part,
    Map<string, string>
  >
  let head: Head | undefined
  texts.forEach((text, i) => {
    const end = text.indexOf('\n')
    const first = JSON.parse(end < 0 ? text : text.slice(0, end)) as First<Head>
    if (first.version !== version) throw new Error(`snapshot of version ${first.version}, not ${version}`)
    if (first.whole !== (i === 0)) throw new Error('snapshots that do not follow one another')
    head = first.head
    let from = end + 1
    for (const part of PARTS) {
      const { count, gone } = first.parts[part]
      for (const id of gone) lines[part].delete(id)
      for (let left = count; left > 0; left--) from = takeLine(text, from, lines[part])
    }
  })
  if (head === undefined) throw new Error('no snapshot')
  return { head, lines }
}

/** @returns where the next line begins */
function takeLine(text: string, from: number, lines: Map<string, string>): number {
  const tab = text.indexOf('\t', from)
  const found = text.indexOf('\n', tab)
  const end = found < 0 ? text.length : found
  // Between quotes; few ids need JSON to read them.
  const id = text.slice(from + 1, tab - 1)
  lines.set(id.includes('\\') ? JSON.parse(text.slice(from, tab)) : id, text.slice(tab + 1, end))
  return end + 1
}
