/**
 * A floor as it is saved. The front holds what is few or changes all the time, the first page says what else there is
 * and on which of the others; a page is read when one of its lines is.
 */
import { type Alert, type Level, type LevelCounts, worseFirst } from './alerts.ts'
import type { Layer } from './layeredMap.ts'
import { type PackedAlert, packAlert, unpackAlert } from './packAlert.ts'
import { type Line, linesOn, type Page, PageWriter, Register, type RegisterIndex } from './pages.ts'

export interface EncodedFloor {
  front: Page
  pages: Page[]
}

export const PARTS = ['conversation', 'order', 'return', 'complaint', 'inquiry'] as const
export type Part = (typeof PARTS)[number]

/** What there is of something, or what changed of it. */
export interface Written<T> {
  gone: string[]
  all: Map<string, T>
}

/** Everything, or what changed since the floor was saved at the seq `since`. */
export interface WrittenFloor {
  version: number
  seq: number
  since: number | null
  /** The counts are of all that are open, changed or not. */
  alerts: Written<Alert> & { counts: [rule: string, counts: LevelCounts][] }
  /** By customer a day. */
  customers: Written<number>
  parts: Record<Part, Written<{ line: string; wakesAt: number }>>
}

/** Where lines by id are. */
interface Registered extends RegisterIndex {
  gone: string[]
}

/**
 * What is on the first page. The others follow in this order. Of the worst alerts is told how many pages they take; of
 * what wakes, the first instant on each page.
 */
interface Index extends Pick<WrittenFloor, 'version' | 'seq' | 'since'> {
  alerts: Registered & { breach: number; warn: number; counts: WrittenFloor['alerts']['counts'] }
  customers: Registered
  parts: Record<Part, Registered & { waking: number[] }>
}

export function pagesOf({ version, seq, since, alerts, customers, parts }: WrittenFloor): Page[] {
  const writer = new PageWriter()
  const register = <T>({ gone, all }: Written<T>, lineOf: (one: T) => string): Registered => ({
    gone,
    ...writer.register(new Map([...all].map(([id, one]) => [id, lineOf(one)]))),
  })
  const lineOf = (alert: Alert) => JSON.stringify(packAlert(alert))
  const worst = (level: Level) =>
    writer.paged(
      [...alerts.all.values()]
        .filter((alert) => alert.level === level)
        .sort(worseFirst)
        .map(lineOf),
    ).length
  const index: Index = {
    version,
    seq,
    since,
    alerts: { ...register(alerts, lineOf), breach: worst('breach'), warn: worst('warn'), counts: alerts.counts },
    customers: register(customers, String),
    parts: eachPart((part) => {
      const waking = [...parts[part].all].filter(([, { wakesAt }]) => !Number.isNaN(wakesAt))
      waking.sort(([a, { wakesAt: aAt }], [b, { wakesAt: bAt }]) => aAt - bAt || (a < b ? -1 : 1))
      return {
        ...register(parts[part], ({ line }) => line),
        waking: writer
          .paged(waking.map(([id, { wakesAt }]) => `${wakesAt}\t${JSON.stringify(id)}`))
          .map(({ text }) => Number.parseInt(text.slice(1), 10)),
      }
    }),
  }
  return [{ text: JSON.stringify(index) }, ...writer.pages]
}

/** The alerts; and those of each level worst first. */
export interface SavedAlerts extends Layer<Line> {
  breach: readonly Page[]
  warn: readonly Page[]
  counts: Index['alerts']['counts']
}

/** The lines of one kind; and when which of them wake, in order, each page with its first instant. */
export interface SavedLines extends Layer<Line> {
  waking: readonly { from: number; page: Page }[]
}

/** A saved floor, or saved changes, to be read any number of times: nothing of it ever changes. */
export class SavedFloor {
  readonly seq: number
  /** Of the saved floor that these changes follow; none when it is whole. */
  readonly since: number | undefined
  readonly alerts: SavedAlerts
  readonly customers: Layer<Line>
  readonly lines: Record<Part, SavedLines>

  /** @throws Error when the pages are of another version, or none */
  constructor(version: number, [first, ...pages]: readonly Page[]) {
    if (first === undefined) throw new Error('no saved floor')
    const index = JSON.parse(first.text) as Index
    if (index.version !== version) throw new Error(`a floor saved by version ${index.version}, not ${version}`)
    this.seq = index.seq
    this.since = index.since ?? undefined
    let at = 0
    const take = (count: number) => {
      at += count
      return pages.slice(at - count, at)
    }
    const layer = ({ gone, firsts, filter }: Registered) => ({
      gone: new Set(gone),
      all: new Register({ firsts, filter }, take(firsts.length)),
    })
    const { breach, warn, counts } = index.alerts
    this.alerts = { ...layer(index.alerts), breach: take(breach), warn: take(warn), counts }
    this.customers = layer(index.customers)
    this.lines = eachPart((part) => {
      const lines = layer(index.parts[part])
      const froms = index.parts[part].waking
      const waking = take(froms.length).map((page, i) => ({ page, from: froms[i] as number }))
      return { ...lines, waking }
    })
  }
}

export const eachPart = <T>(of: (part: Part) => T): Record<Part, T> =>
  Object.fromEntries(PARTS.map((part) => [part, of(part)])) as Record<Part, T>

export const alertOn = (line: string): Alert => unpackAlert(JSON.parse(line) as PackedAlert)

/** The alerts on pages, in order. */
export function* alertsOn(pages: readonly Page[]): Generator<Alert> {
  for (const line of linesOn(pages)) yield alertOn(line)
}
