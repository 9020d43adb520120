import type { View } from '#core/view.ts'
import { ago, HOUR, NOON } from './instant.ts'
import type { Mood } from './mood.ts'

const DAY = 24 * HOUR
const NONE = { orders: 0, packed: 0, tracked: 0, collected: 0, onTime: 0 }
/** 10:00 in Shanghai. */
const FIRST = Date.parse('2026-11-24T02:00:00.000Z')

/** The waves of the day and the one after them. The first has gone, one order of it late when the floor is in trouble. */
export function pickups({ orders, untracked }: Mood): View['pickups'] {
  const gone = Math.round(orders * 1.5)
  const tracked = Math.max(0, orders - untracked)
  const late = untracked > 99 ? 11 : 0
  const first = { orders: gone, packed: gone, tracked: gone, collected: gone - late, onTime: gone - late }
  const wave = (at: number) => ({ at: new Date(at).toISOString(), state: 'upcoming' as const })
  return {
    '2026-11-24T10:00': { ...first, at: new Date(FIRST).toISOString(), state: late > 0 ? 'due' : 'done' },
    '2026-11-24T13:00': {
      ...NONE,
      ...wave(FIRST + 3 * HOUR),
      orders,
      packed: Math.min(orders, tracked + Math.floor(untracked / 2)),
      tracked,
    },
    '2026-11-24T17:00': { ...NONE, ...wave(FIRST + 7 * HOUR) },
    '2026-11-25T10:00': { ...NONE, ...wave(FIRST + DAY) },
  }
}

/** What the sources last said: `silent` has not been heard for a quarter of an hour. */
export function sources(silent: string | undefined): View['sources'] {
  return Object.fromEntries(
    ['chat', 'erp', 'warehouse', 'platform'].map((name, i) => {
      const quiet = name === silent
      return [name, { lastAt: ago(quiet ? 15 * 60_000 + 24_000 : 2_000 + i * 9_000 + (NOON % 5)), silent: quiet }]
    }),
  )
}
