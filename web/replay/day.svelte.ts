/** What is known of a recorded day besides its segments: its bounds, its chart, its alerts. Comes in bit by bit. */
import { read } from '../api.ts'
import { type HistoryAnswer, type HistoryPoint, historyPoint } from '../live/history.ts'
import { reasonOf } from '../page/reason.ts'

const STEP_MS = 60_000
/** The chart comes an hour at a time. */
const PART_MS = 3_600_000
const PAGE = 1_000
/** More marks than this nobody tells apart. */
const MAX_ALERTS = 20_000

/** What the server says of the day; instants in epoch ms. */
export interface DayFacts {
  name: string
  timezone: string
  date: string
  from: number
  to: number
  /** As far as there is anything to see. */
  upTo: number
  /** When service begins that day. */
  opens: number
  today: string
  firstDate?: string
  marks: { at: number; kind: 'note' | 'handbook' | 'settings'; text?: string; by?: string }[]
}

type Instants = 'from' | 'to' | 'upTo' | 'opens'

export interface PastAlert {
  id: string
  rule: string
  subject: string
  level: 'warn' | 'breach'
  /** Epoch ms. */
  at: number
  agent?: string
  queue?: string
  withdrawn?: boolean
}

export class RecordedDay {
  #base: string
  #date: string
  #facts = $state.raw<DayFacts | undefined>()
  #points = $state.raw<readonly HistoryPoint[]>([])
  #alerts = $state.raw<readonly PastAlert[]>([])
  #failed = $state<string | undefined>()
  #complete = $state(false)

  constructor(shop: string, date: string) {
    this.#base = `/api/shops/${encodeURIComponent(shop)}`
    this.#date = date
  }

  get facts(): DayFacts | undefined {
    return this.#facts
  }

  /** One a minute, as far as they are here. */
  get points(): readonly HistoryPoint[] {
    return this.#points
  }

  /** In order of opening. */
  get alerts(): readonly PastAlert[] {
    return this.#alerts
  }

  get failed(): string | undefined {
    return this.#failed
  }

  /** All of the chart and of the alerts is here. */
  get complete(): boolean {
    return this.#complete
  }

  async load(): Promise<void> {
    this.#failed = undefined
    try {
      this.#facts ??= await this.#loadFacts()
      const { from, to, upTo } = this.#facts
      // One of this very instant is of today; one of the next midnight is of the next day.
      await this.#loadAlerts(from, Math.min(upTo + 1, to))
      await this.#loadPoints(from, upTo)
      this.#complete = true
    } catch (error) {
      this.#failed = reasonOf(error)
    }
  }

  async #loadFacts(): Promise<DayFacts> {
    type Answer = Omit<DayFacts, Instants | 'marks'> &
      Record<Instants, string> & { marks: (Omit<DayFacts['marks'][number], 'at'> & { at: string })[] }
    const day = await read<Answer>(`${this.#base}/days/${this.#date}`)
    return {
      ...day,
      from: Date.parse(day.from),
      to: Date.parse(day.to),
      upTo: Date.parse(day.upTo),
      opens: Date.parse(day.opens),
      marks: day.marks.map((mark) => ({ ...mark, at: Date.parse(mark.at) })),
    }
  }

  /** Those that opened from one instant to before another. */
  async #loadAlerts(from: number, to: number): Promise<void> {
    type Answer = { alerts: (Omit<PastAlert, 'at'> & { openedAt: string })[]; next?: string }
    const span = `from=${iso(from)}&to=${iso(to)}&limit=${PAGE}`
    let after = ''
    const found: PastAlert[] = []
    do {
      const page = await read<Answer>(`${this.#base}/alerts?${span}${after}`)
      for (const { openedAt, ...alert } of page.alerts) found.push({ ...alert, at: Date.parse(openedAt) })
      this.#alerts = [...found]
      after = page.next === undefined ? '' : `&after=${encodeURIComponent(page.next)}`
    } while (after !== '' && found.length < MAX_ALERTS)
  }

  async #loadPoints(from: number, upTo: number): Promise<void> {
    for (let at = from; at < upTo; at += PART_MS) {
      const span = `from=${iso(at)}&to=${iso(Math.min(at + PART_MS, upTo))}&stepMs=${STEP_MS}`
      const { points } = await read<HistoryAnswer>(`${this.#base}/history?${span}`)
      this.#points = [...this.#points.filter((point) => point.at <= at), ...points.map(historyPoint)]
    }
  }
}

const iso = (ms: number) => encodeURIComponent(new Date(ms).toISOString())
