/** How what happened reaches the log: in time, late, in batches, out of order. */
import type { RecordedEvent } from '#core/events.ts'
import { OWN_SOURCE } from '#core/events.ts'
import type { Chance } from './chance.ts'
import type { Happening } from './dayStories.ts'

const DELAYS_MS = [0, 1, 5_000, 60_000, 15 * 60_000, 3 * 3_600_000]

export interface Delivery {
  /** The share of what arrives later than it happened. */
  late: number
  /** Everything that arrives within so long is recorded at one instant. */
  batchMs: number
}

export const randomDelivery = (chance: Chance): Delivery => ({
  late: chance.pick([0, 0.1, 0.5]),
  batchMs: chance.pick([1, 1, 1000, 60_000]),
})

/** The log: in the order of recording, with every `time` at or before it. */
export function deliver(chance: Chance, happenings: Happening[], { late, batchMs }: Delivery): RecordedEvent[] {
  return happenings
    .map((happening) => {
      const source = sourceOf(happening)
      const isLate = source !== OWN_SOURCE && chance.happens(late)
      const arrival = happening.time + (isLate ? chance.whole(0, chance.pick(DELAYS_MS)) : 0)
      const recordedAt = source === OWN_SOURCE ? arrival : Math.ceil(arrival / batchMs) * batchMs
      return { ...happening, source, recordedAt, draw: chance.share() }
    })
    .sort((a, b) => a.recordedAt - b.recordedAt || a.draw - b.draw)
    .map(({ draw: _, ...event }, index) => ({ ...event, seq: index + 1, id: `e${index + 1}` }) as RecordedEvent)
}

/** What somebody did `by` a command, and what settings do, the product writes itself. */
function sourceOf({ type, data }: Happening): string {
  if ('by' in data || type === 'shop.configured' || type === 'handbook.changed' || type === 'note.added')
    return OWN_SOURCE
  if (type.startsWith('conversation') || type.startsWith('message') || type.startsWith('agent')) return 'chat'
  return type.startsWith('stock') ? 'stock' : 'shop'
}
