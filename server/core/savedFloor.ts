/**
 * A floor as it is saved: pages of text. The front holds what is few or changes all the time, the first page says what
 * else there is and where, the others hold a line for each subject that rests: a page is read when one of its lines is.
 */
import { type Alert, type LevelCounts, worseFirst } from './alerts.ts'
import { type PackedAlert, unpackAlert } from './packAlert.ts'
import type { Layer } from './standing.ts'

/** May be unpacked only when its text is asked for. */
export interface Page {
  readonly text: string
}

export interface EncodedFloor {
  front: Page
  pages: Page[]
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

/** What is on the first page. Whole, or what changed since the floor was saved at the seq `since`. */
interface Index {
  version: number
  seq: number
  since: number | null
  now: number
  alerts: { gone: string[]; packed: PackedAlert[]; counts: [rule: string, counts: LevelCounts][] }
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

/** A page ends with the line that brings it to so many characters. */
const PAGE_CHARS = 32_768

type Written = Omit<Index, 'parts'> & { parts: Record<Part, WrittenLines> }

export function pagesOf({ parts, ...index }: Written): Page[] {
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
  return [{ text: JSON.stringify({ ...index, parts: described } satisfies Index) }, ...pages]
}

/** The lines of one kind; those that wake by themselves also in the order in which they do. */
export interface Lines extends Layer<Line> {
  waking: readonly Line[]
}

/** The alerts, and those of each level also worst first; `counts` are of all that were open, changed or not. */
export interface SavedAlerts extends Layer<Alert> {
  breach: readonly Alert[]
  warn: readonly Alert[]
  counts: Index['alerts']['counts']
}

/** A saved floor, or saved changes, to be read any number of times: nobody may change what it holds. */
export class SavedFloor {
  readonly seq: number
  /** Of the saved floor that these changes follow; none when it is whole. */
  readonly since: number | undefined
  readonly alerts: SavedAlerts
  /** By customer a day. */
  readonly customers: Layer<number>
  readonly lines: Record<Part, Lines>

  /** @throws Error when the pages are of another version, or none */
  constructor(version: number, pages: readonly Page[]) {
    const [first, ...others] = pages
    if (first === undefined) throw new Error('no saved floor')
    const index = JSON.parse(first.text) as Index
    if (index.version !== version) throw new Error(`a floor saved by version ${index.version}, not ${version}`)
    this.seq = index.seq
    this.since = index.since ?? undefined
    this.alerts = alertsOf(index.alerts)
    this.customers = { gone: new Set(index.customers.gone), all: new Map(index.customers.heard) }
    this.lines = linesOf(index, others)
  }
}

function alertsOf({ gone, packed, counts }: Index['alerts']): SavedAlerts {
  const alerts = packed.map(unpackAlert)
  const ofLevel = (level: Alert['level']) => alerts.filter((alert) => alert.level === level).sort(worseFirst)
  const all = new Map(alerts.map((alert) => [alert.id, alert]))
  return { gone: new Set(gone), all, breach: ofLevel('breach'), warn: ofLevel('warn'), counts }
}

function linesOf({ parts, now }: Index, pages: readonly Page[]): SavedFloor['lines'] {
  const lines = {} as SavedFloor['lines']
  let place = 0
  let from = 0
  for (const part of PARTS) {
    const { gone, ids, wakes, heard, lengths } = parts[part]
    const all = new Map<string, Line>()
    const waking: Line[] = []
    for (const [i, id] of ids.entries()) {
      const to = from + (lengths[i] as number)
      const wakesAt = now + (wakes[i] ?? Number.NaN)
      const line = new Line(id, now - (heard[i] as number), wakesAt, pages[place] as Page, from, to)
      all.set(id, line)
      if (!Number.isNaN(wakesAt)) waking.push(line)
      const isFull = to >= PAGE_CHARS
      from = isFull ? 0 : to
      if (isFull) place++
    }
    waking.sort((a, b) => a.wakesAt - b.wakesAt)
    lines[part] = { gone: new Set(gone), all, waking }
  }
  return lines
}
