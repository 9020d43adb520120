import type { Random } from '#core/random.ts'
import type { StockView, View } from '#core/view.ts'
import { ago, MINUTE } from './instant.ts'
import type { Mood } from './mood.ts'
import { ware } from './names.ts'

/** What is out, every fifth of it hot, and a few more that are low. */
export function stock(random: Random, mood: Mood): View['stock'] {
  const low = Math.ceil(mood.out / 4)
  return Object.fromEntries(
    Array.from({ length: mood.out + low }, (_, i) => {
      const out = i < mood.out
      const hot = i % 5 === 0
      const view: StockView = {
        name: ware(i, mood.tongue, mood.longNames ?? false),
        onHand: out ? 0 : random.integer(1, 4),
        low: 5,
        hot,
        state: out ? 'out' : 'low',
        since: ago(random.integer(2, 300) * MINUTE),
      }
      if (i % 3 === 0) view.supplierDueAt = ago(random.integer(-9, i === 0 && mood.out > 9 ? 90 : 2) * MINUTE - 17_000)
      if (hot && out) view.announceDueAt = ago(random.integer(-4, 1) * MINUTE - 23_000)
      return [`SKU-${i}`, view]
    }),
  )
}
