/**
 * A floor as it is saved: pages of text. The first holds what is few or changes all the time, the second says what else
 * there is and where, the others hold a line for each subject that rests: a page is read when one of its lines is.
 */
import type { Alert } from './alerts.ts'
import { type PackedAlert, unpackAlert } from './packAlert.ts'

/** May be unpacked only when its text is asked for. */
export interface Page {
  readonly text: string
}

export const PARTS = ['conversation', 'order', 'return', 'complaint', 'inquiry'] as const
export type Part = (typeof PARTS)[number]

/** What there is of one kind, or what changed of it: place by place an id, when it wakes and was heard, and its line. */
export interface WrittenLines {
  gone: string[]
  ids: string[]
  /** ms after the floor's now; none for one that does not wake by itself. */
  wakes: (number | null)[]
  heard: number[]
  texts: string[]
}

/** What is on the second page. Whole, or what changed since the floor was saved at the seq `since`. */
interface Index {
  version: number
  seq: number
  since: number | null
  now: number
  alerts: { gone: string[]; packed: PackedAlert[] }
  customers: { gone: string[]; heard: [id: string, day: number][] }
  parts: Record<Part, Omit<WrittenLines, 'texts'> & { lengths: number[] }>
}

/** A line that rests on its page. */
export class Line {
  readonly id: string
  readonly heardAt: number
  /** NaN for one that does not wake by itself. */
  readonly wakesAt: number
  #page: Page
  #from: number
  #to: number

  constructor(id: string, heardAt: number, wakesAt: number, page: Page, from: number, to: number) {
    this.id = id
    this.heardAt = heardAt
    this.wakesAt = wakesAt
    this.#page = page
    this.#from = from
    this.#to = to
  }

  get text(): string {
    return this.#page.text.slice(this.#from, this.#to)
  }
}

const FIRST_PAGES = 2
/** A page ends with the line that brings it to so many characters. */
const PAGE_CHARS = 32_768

type Written = Omit<Index, 'parts'> & { parts: Record<Part, WrittenLines> }

export function pagesOf(front: string, { parts, ...index }: Written): Page[] {
  const pages: Page[] = []
  let page = ''
  const described = {} as Index['parts']
  for (const part of PARTS) {
    const { texts, ...lines } = parts[part]
    described[part] = { ...lines, lengths: texts.map(({ length }) => length) }
    for (const text of texts) {
      page += text
      if (page.length < PAGE_CHARS) continue
      pages.push({ text: page })
      page = ''
    }
  }
  pages.push({ text: page })
  return [{ text: front }, { text: JSON.stringify({ ...index, parts: described } satisfies Index) }, ...pages]
}

/** A saved floor, or saved changes, to be read any number of times: nobody may change what it holds. */
export class SavedFloor {
  readonly seq: number
  /** Of the saved floor that these changes follow; none when it is whole. */
  readonly since: number | undefined
  readonly alerts: { gone: readonly string[]; all: readonly Alert[] }
  readonly customers: Index['customers']
  readonly lines: Record<Part, { gone: readonly string[]; all: readonly Line[] }>
  #front: Page

  /** @throws Error when the pages are of another version, or none */
  constructor(version: number, pages: readonly Page[]) {
    const [front, second] = pages
    if (front === undefined || second === undefined) throw new Error('no saved floor')
    const index = JSON.parse(second.text) as Index
    if (index.version !== version) throw new Error(`a floor saved by version ${index.version}, not ${version}`)
    this.#front = front
    this.seq = index.seq
    this.since = index.since ?? undefined
    this.alerts = { gone: index.alerts.gone, all: index.alerts.packed.map(unpackAlert) }
    this.customers = index.customers
    this.lines = linesOf(index, pages.slice(FIRST_PAGES))
  }

  get front(): string {
    return this.#front.text
  }
}

function linesOf({ parts, now }: Index, pages: readonly Page[]): SavedFloor['lines'] {
  const lines = {} as SavedFloor['lines']
  let place = 0
  let from = 0
  for (const part of PARTS) {
    const { gone, ids, wakes, heard, lengths } = parts[part]
    const all = ids.map((id, i) => {
      const to = from + (lengths[i] as number)
      const line = new Line(
        id,
        now - (heard[i] as number),
        now + (wakes[i] ?? Number.NaN),
        pages[place] as Page,
        from,
        to,
      )
      const isFull = to >= PAGE_CHARS
      from = isFull ? 0 : to
      if (isFull) place++
      return line
    })
    lines[part] = { gone, all }
  }
  return lines
}

/** What stands after a whole one and the changes that followed: the later word on an id counts. */
export function merged<T extends { id: string }>(
  saved: readonly { gone: readonly string[]; all: readonly T[] }[],
): Map<string, T> {
  const standing = new Map<string, T>()
  for (const { gone, all } of saved) {
    for (const id of gone) standing.delete(id)
    for (const one of all) standing.set(one.id, one)
  }
  return standing
}
