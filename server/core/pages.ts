/** Lines of text on pages: a page may be unpacked only when one of its lines is asked for. */
import { filterOf, mayHold } from './idFilter.ts'

export interface Page {
  readonly text: string
}

/** A page ends with the line that brings it to so many characters. */
const PAGE_CHARS = 8_192

/** Pages as they are filled; each line begins with a line break, and has none within. */
export class PageWriter {
  readonly pages: Page[] = []

  /** @returns the pages that the lines take */
  paged(lines: Iterable<string>): Page[] {
    const before = this.pages.length
    let text = ''
    for (const line of lines) {
      text += `\n${line}`
      if (text.length < PAGE_CHARS) continue
      this.pages.push({ text })
      text = ''
    }
    if (text !== '') this.pages.push({ text })
    return this.pages.slice(before)
  }

  /** Lines by id, to be found again. */
  register(lines: Map<string, string>): RegisterIndex {
    const ids = [...lines.keys()].sort()
    const pages = this.paged(ids.map((id) => `${JSON.stringify(id)}\t${lines.get(id)}`))
    return { firsts: pages.map(({ text }) => idOf(text, 1)), filter: filterOf(ids) }
  }
}

/** What a register is found by: the first id of each page, and which ids may be there (idFilter.ts). */
export interface RegisterIndex {
  firsts: readonly string[]
  filter: string
}

/** The lines of some pages, in order. */
export function* linesOn(pages: readonly Page[]): Generator<string> {
  for (const { text } of pages) yield* text.slice(1).split('\n')
}

/** A line where it stands, or a text that stands nowhere else. */
export class Line {
  #page: Page
  #from: number
  #to: number

  constructor(page: Page, from = 0, to = page.text.length) {
    this.#page = page
    this.#from = from
    this.#to = to
  }

  get text(): string {
    return this.#page.text.slice(this.#from, this.#to)
  }
}

/** Lines by id, on pages in order of the ids. */
export class Register {
  #index: RegisterIndex
  #pages: readonly Page[]

  constructor(index: RegisterIndex, pages: readonly Page[]) {
    this.#index = index
    this.#pages = pages
  }

  get(id: string): Line | undefined {
    const { firsts, filter } = this.#index
    if (!mayHold(filter, id)) return undefined
    const page = this.#pages[lastUpTo(firsts, id)]
    if (page === undefined) return undefined
    const { text } = page
    for (let low = 0, high = text.length; low < high; ) {
      const begin = text.lastIndexOf('\n', (low + high) >> 1)
      const tab = text.indexOf('\t', begin)
      const found = idOf(text, begin + 1)
      if (found === id) return lineFrom(page, tab + 1)
      if (found > id) high = begin
      else low = nextLine(text, tab)
    }
    return undefined
  }

  *entries(): Generator<[id: string, line: Line]> {
    for (const page of this.#pages) {
      for (let at = 1; at > 0; at = page.text.indexOf('\n', at) + 1) {
        const from = page.text.indexOf('\t', at) + 1
        yield [idOf(page.text, at), lineFrom(page, from)]
        at = from
      }
    }
  }
}

function lineFrom(page: Page, from: number): Line {
  return new Line(page, from, nextLine(page.text, from))
}

function nextLine(text: string, from: number): number {
  const next = text.indexOf('\n', from)
  return next < 0 ? text.length : next
}

/** Few ids need JSON to read them. */
function idOf(text: string, at: number): string {
  const quoted = text.slice(at, text.indexOf('\t', at))
  return quoted.includes('\\') ? JSON.parse(quoted) : quoted.slice(1, -1)
}

/** The index of the last of some ascending ids that is not after one; −1 when all are. */
function lastUpTo(firsts: readonly string[], id: string): number {
  let low = 0
  let high = firsts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((firsts[middle] as string) <= id) low = middle + 1
    else high = middle
  }
  return low - 1
}
