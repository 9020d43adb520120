/** §5.6 over a window: what was out of stock, what does not sell, how the shares of the categories moved. */
import type { FigureId } from '#core/report/figures.ts'
import { Milestones } from './milestones.ts'
import { effectiveAt } from './orders.ts'
import type { World } from './world.ts'

const WEEK = 7 * 86_400_000

export function modelStock(world: World, { from, to, until }: { from: number; to: number; until: number }) {
  const skus = [
    ...Map.groupBy(
      world.events.filter(({ type }) => type === 'stock.changed'),
      ({ subject }) => subject,
    ),
  ].map(([id, events]) => ({ id, changes: new Milestones(events).all('stock.changed') }))
  let out = 0
  let known = 0
  for (const { changes } of skus) {
    changes.forEach(({ time, data }, i) => {
      const length = Math.max(0, Math.min(changes[i + 1]?.time ?? until, until) - Math.max(time, from))
      known += length
      if (data.onHand <= 0) out += length
    })
  }

  const orders = [...world.orders.values()].map(({ steps }) => steps)
  const anyLines = orders.some((steps) => steps.attribute('order.placed', 'lines') !== undefined)
  const sold = new Set(
    orders
      .filter((steps) => {
        const at = effectiveAt(steps)
        return steps.first('order.cancelled') === undefined && at !== undefined && at >= to - WEEK && at < to
      })
      .flatMap((steps) => steps.attribute('order.placed', 'lines')?.map(({ sku }) => sku) ?? []),
  )
  const old = skus.filter(({ changes }) => changes.at(-1)!.data.onHand > 0 && changes[0]!.time <= to - WEEK)
  const slow = old.filter(({ id }) => !sold.has(id))

  const named = skus.flatMap(({ changes }) => {
    const category = changes.findLast(({ data }) => data.category !== undefined)?.data.category
    const now = Math.max(0, changes.at(-1)!.data.onHand)
    const before = Math.max(0, changes.findLast(({ time }) => time <= from)?.data.onHand ?? 0)
    return category === undefined ? [] : [{ category, now, before }]
  })
  const sum = (of: typeof named, key: 'now' | 'before') => of.reduce((total, sku) => total + sku[key], 0)
  const moved = [...Map.groupBy(named, ({ category }) => category).values()].map((own) =>
    Math.abs(sum(own, 'now') / sum(named, 'now') - sum(own, 'before') / sum(named, 'before')),
  )
  const comparable = sum(named, 'now') > 0 && sum(named, 'before') > 0
  return {
    out_of_stock_rate: known === 0 ? undefined : out / known,
    slow_moving_rate: anyLines && old.length > 0 ? slow.length / old.length : undefined,
    stock_structure: comparable ? moved.reduce((a, b) => a + b, 0) / 2 : undefined,
  } satisfies Partial<Record<FigureId, number | undefined>>
}
