/** The operations desk's figures (5.2): what was ordered, paid, handled well and handled in time. */
import { effectiveAt, type FaultKind, type Order } from '../milestones.ts'
import { rateOf } from './byRule.ts'
import type { FigureId } from './figures.ts'
import type { Gathered } from './gather.ts'
import { type Case, caseOf, count, type Measure, share } from './measure.ts'
import { sumOf } from './platform.ts'

export function operationsFigures(all: Gathered) {
  const { orders, isIn } = all
  const reported = orders.size > 0
  const placed = [...orders.values()].filter((order) => isIn(order.placed)).length
  const valid = validOrders(all)
  const wrong = faulted(all, 'handling')
  const visits = sumOf(all, 'visits')
  return {
    orders_placed: count(placed, reported, 'no_orders_reported'),
    valid_orders: count(valid, reported, 'no_orders_reported'),
    handling_accuracy: share(
      Math.max(0, valid - wrong.length),
      valid,
      reported ? 'no_valid_orders' : 'no_orders_reported',
      wrong,
    ),
    handling_timeliness: rateOf(all, 'delivery_promise'),
    order_conversion: share(valid, visits ?? 0, 'no_visits'),
    payment_conversion: share(valid, placed, reported ? 'no_orders' : 'no_orders_reported'),
  } satisfies Partial<Record<FigureId, Measure>>
}

/** Effective in the window, and not cancelled: what 5.2 calls online sales. */
export function validOrders({ orders, isIn }: Gathered): number {
  return [...orders.values()].filter((order) => isValid(order) && isIn(effectiveAt(order))).length
}

export const isValid = (order: Order): boolean => order.cancelled === undefined

/** The orders of which a fault was told in the window. */
export function faulted({ orders, isIn }: Gathered, wanted: FaultKind): Case[] {
  return [...orders].flatMap(([id, { faults }]) => {
    const fault = faults?.find(([time, kind]) => kind === wanted && isIn(time))
    return fault === undefined ? [] : [caseOf('order', id, fault[0])]
  })
}
