/** The stock keepers' figures (5.6), by SKU and category. */
import { iso } from '../iso.ts'
import { effectiveAt } from '../milestones.ts'
import { levelsOf, type Sku } from '../stock.ts'
import { DAY } from '../zone.ts'
import { audited } from './audits.ts'
import type { FigureId } from './figures.ts'
import type { Gathered } from './gather.ts'
import { caseOf, type Measure, share } from './measure.ts'
import { isValid } from './operations.ts'

/** What stands on the shelf unsold for so long is slow-moving (ours: the handbook gives no time). */
const SLOW_MS = 7 * DAY

export interface SkuLine {
  sku: string
  name?: string
  category?: string
  /** Pieces of valid orders that became effective in the window. */
  sold: number
  onHand: number
  /** Of the part of the window in which it was known. */
  outMs: number
  knownMs: number
  outShare?: number
  slow?: true
  /** When it first ran out in the window, RFC 3339. */
  outAt?: string
}

export interface CategoryLine {
  category: string
  skus: number
  sold: number
  onHand: number
  /** Of all that is on hand, at the end and at the beginning of the window. */
  share?: number
  shareBefore?: number
  outShare?: number
}

export function stockFigures(all: Gathered, lines: readonly SkuLine[], categories: readonly CategoryLine[]) {
  const knownMs = lines.reduce((sum, line) => sum + line.knownMs, 0)
  const outMs = lines.reduce((sum, line) => sum + line.outMs, 0)
  const worst = lines
    .filter(({ outAt }) => outAt !== undefined)
    .sort((a, b) => b.outMs - a.outMs)
    .map(({ sku, name, outAt, outMs: tookMs }) => caseOf('sku', sku, Date.parse(outAt as string), { name, tookMs }))
  const out = share(outMs, knownMs, 'no_stock', worst)
  return {
    out_of_stock_rate: 'why' in out ? out : { value: out.value, cases: worst },
    slow_moving_rate: slowMoving(all, lines),
    stock_structure: structure(categories),
    reports_in_time: audited(all, 'report'),
  } satisfies Partial<Record<FigureId, Measure>>
}

/** Every SKU known by the end of the window, the one that was out longest first. */
export function skuLines(all: Gathered): SkuLine[] {
  const sold = soldBy(all, all.from)
  const soldLately = soldBy(all, all.to - SLOW_MS)
  return [...all.floor.skus.values()]
    .filter(({ known }) => known)
    .map((sku) => skuLine(all, sku, sold.get(sku.id) ?? 0, isOld(all, sku) && !soldLately.has(sku.id)))
    .sort((a, b) => b.outMs - a.outMs || b.sold - a.sold || (a.sku < b.sku ? -1 : 1))
}

export function categoryLines(all: Gathered, lines: readonly SkuLine[]): CategoryLine[] {
  const named = lines.filter(({ category }) => category !== undefined)
  const before = new Map(named.map(({ sku }) => [sku, onHandAt(all.floor.skus.get(sku) as Sku, all.from)]))
  const sum = (of: readonly SkuLine[], value: (line: SkuLine) => number) => of.reduce((s, line) => s + value(line), 0)
  const stood = (line: SkuLine) => before.get(line.sku) ?? 0
  const [total, totalBefore] = [sum(named, ({ onHand }) => Math.max(0, onHand)), sum(named, stood)]
  return [...Map.groupBy(named, ({ category }) => category as string)]
    .map(([category, own]): CategoryLine => {
      const onHand = sum(own, (line) => Math.max(0, line.onHand))
      const knownMs = sum(own, (line) => line.knownMs)
      return {
        category,
        skus: own.length,
        sold: sum(own, (line) => line.sold),
        onHand,
        ...(total > 0 && { share: onHand / total }),
        ...(totalBefore > 0 && { shareBefore: sum(own, stood) / totalBefore }),
        ...(knownMs > 0 && { outShare: sum(own, (line) => line.outMs) / knownMs }),
      }
    })
    .sort((a, b) => b.onHand - a.onHand || (a.category < b.category ? -1 : 1))
}

function skuLine({ from, until }: Gathered, sku: Sku, sold: number, slow: boolean): SkuLine {
  const { id, name, category, onHand } = sku
  let [knownMs, outMs] = [0, 0]
  let outAt: number | undefined
  const levels = levelsOf(sku)
  levels.forEach(({ time, state }, i) => {
    const [begin, end] = [Math.max(time, from), Math.min(levels[i + 1]?.time ?? until, until)]
    if (end <= begin) return
    knownMs += end - begin
    if (state !== 'out') return
    outMs += end - begin
    outAt ??= begin
  })
  return {
    sku: id,
    ...(name !== undefined && { name }),
    ...(category !== undefined && { category }),
    sold,
    onHand,
    outMs,
    knownMs,
    ...(knownMs > 0 && { outShare: outMs / knownMs }),
    ...(slow && onHand > 0 && { slow: true as const }),
    ...(outAt !== undefined && { outAt: iso(outAt) }),
  }
}

/** Pieces by SKU of valid orders that became effective from an instant on. */
function soldBy({ orders, to }: Gathered, since: number): Map<string, number> {
  const sold = new Map<string, number>()
  for (const order of orders.values()) {
    const at = isValid(order) ? effectiveAt(order) : undefined
    if (at === undefined || at < since || at >= to) continue
    for (const [sku, qty] of order.lines ?? []) sold.set(sku, (sold.get(sku) ?? 0) + qty)
  }
  return sold
}

/** Known long enough to tell whether it sells. */
const isOld = ({ to }: Gathered, sku: Sku) => (levelsOf(sku)[0]?.time ?? to) <= to - SLOW_MS

function slowMoving(all: Gathered, lines: readonly SkuLine[]): Measure {
  if (lines.length === 0) return { why: 'no_stock' }
  if (![...all.orders.values()].some(({ lines: sold }) => sold !== undefined)) return { why: 'no_order_lines' }
  const old = lines.filter(({ sku, onHand }) => onHand > 0 && isOld(all, all.floor.skus.get(sku) as Sku))
  const slow = old.filter((line) => line.slow)
  const cases = slow.map(({ sku, name }) => caseOf('sku', sku, all.until, { name }))
  return share(slow.length, old.length, 'history_too_short', cases)
}

/** How far the shares of the categories moved in the window: 0 is not at all, 1 is wholly. */
function structure(categories: readonly CategoryLine[]): Measure {
  if (categories.length === 0) return { why: 'no_categories' }
  if (categories.some(({ shareBefore, share }) => shareBefore === undefined || share === undefined))
    return { why: 'history_too_short' }
  const moved = categories.map(({ share = 0, shareBefore = 0 }) => Math.abs(share - shareBefore))
  return { value: moved.reduce((a, b) => a + b, 0) / 2 }
}

/** What was on hand when the window began; 0 where it was not known yet. */
function onHandAt(sku: Sku, instant: number): number {
  return Math.max(0, levelsOf(sku).findLast(({ time }) => time <= instant)?.onHand ?? 0)
}
