/** §3.3: one SKU, its state and its two clocks. */
import type { EventType, RecordedEvent } from '#core/events.ts'
import type { Book } from './book.ts'
import type { Clock } from './clock.ts'
import { arm } from './clock.ts'
import { earliest, Milestones } from './milestones.ts'

export interface Sku {
  state: 'ok' | 'low' | 'out'
  /** When that state began. */
  since: number
  onHand: number
  low?: number
  hot: boolean
  name?: string
  clocks: Clock[]
}

/** Nothing for a SKU of which no quantity was ever told. */
export function skuOf(book: Book, subject: string, events: RecordedEvent[]): Sku | undefined {
  const milestones = new Milestones(events)
  const levels = levelsOf(milestones)
  const last = levels.at(-1)
  if (last === undefined) return undefined

  const clocks: Clock[] = []
  for (const [index, now] of levels.entries()) {
    const before = levels[index - 1]
    if (before === undefined) continue
    const start = now.time
    const end = levels.slice(index + 1).find(({ state }) => state === 'ok')?.time
    const clock = (rule: string, stop: number | undefined) => {
      const isRunning = (of: Clock) => of.rule === rule && (earliest(of.stop, of.end) ?? Infinity) > start
      if (clocks.some(isRunning)) return
      for (const armed of arm(book, { rule, subject, start, stop, end }))
        clocks.push({ ...armed, which: `from ${start}` })
    }
    const lacks = (level: Level) => level.state === 'out' && level.hot
    const later = milestones.events.slice(milestones.events.indexOf(now.by) + 1)
    const answer = (type: EventType) => later.find((event) => event.type === type)?.time
    if (before.state === 'ok' && now.state !== 'ok') clock('supplier_contact', answer('stock.supplier_contacted'))
    if (lacks(now) && !lacks(before)) clock('shortage_announce', answer('stock.shortage_announced'))
  }
  return { ...last, clocks }
}

interface Level extends Omit<Sku, 'clocks'> {
  by: RecordedEvent
  time: number
}

/** What each change left, with the last known values where it said nothing. */
function levelsOf(milestones: Milestones): Level[] {
  const levels: Level[] = []
  for (const by of milestones.all('stock.changed')) {
    const { time, data } = by
    const before = levels.at(-1)
    const low = data.low ?? before?.low
    const name = data.name ?? before?.name
    const state = data.onHand <= 0 ? 'out' : low !== undefined && data.onHand <= low ? 'low' : 'ok'
    levels.push({
      by,
      time,
      onHand: data.onHand,
      ...(low === undefined ? {} : { low }),
      hot: data.hot ?? before?.hot ?? false,
      ...(name === undefined ? {} : { name }),
      state,
      since: before?.state === state ? before.since : time,
    })
  }
  return levels
}
