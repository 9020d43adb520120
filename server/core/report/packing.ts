/** The packers' figures (5.3). A month is the 30 days up to the end of the window: so long the floor remembers. */
import { effectiveAt, type Order } from '../milestones.ts'
import { DAY } from '../zone.ts'
import { audited } from './audits.ts'
import type { FigureId } from './figures.ts'
import type { Gathered } from './gather.ts'
import { caseOf, type Measure, share } from './measure.ts'
import { isValid } from './operations.ts'

const MONTH_MS = 30 * DAY

export function packingFigures(all: Gathered) {
  const { orders, to, isIn } = all
  const inMonth = (instant: number | undefined) => instant !== undefined && instant >= to - MONTH_MS && instant < to
  let sold = 0
  let defects = 0
  const cases = []
  for (const [id, order] of orders) {
    if (isValid(order) && inMonth(effectiveAt(order))) sold += piecesOf(order)
    for (const [time, kind] of order.faults ?? []) {
      if (kind !== 'defect' || !inMonth(time)) continue
      defects++
      if (isIn(time)) cases.push(caseOf('order', id, time))
    }
  }
  return {
    defect_rate: share(defects, sold, orders.size > 0 ? 'none_sold' : 'no_orders_reported', cases),
    packaging_pass_rate: audited(all, 'packaging'),
  } satisfies Partial<Record<FigureId, Measure>>
}

/** An order of which no lines were told is one piece. */
export function piecesOf({ lines }: Order): number {
  return lines === undefined ? 1 : lines.reduce((sum, [, qty]) => sum + qty, 0)
}
