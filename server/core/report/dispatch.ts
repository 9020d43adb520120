/** The dispatch checkers' figures (5.4), and how the pickup waves of 3.4 were kept. */
import type { Order } from '../milestones.ts'
import type { WaveCount } from '../pickups.ts'
import { audited } from './audits.ts'
import { rateOf } from './byRule.ts'
import type { FigureId } from './figures.ts'
import type { Gathered } from './gather.ts'
import { type Case, caseOf, count, type Measure, mean, share } from './measure.ts'
import { faulted } from './operations.ts'

export function dispatchFigures(all: Gathered) {
  const { orders, isIn } = all
  const known = [...orders]
  const none = 'no_orders_reported'
  const of = (step: 'placed' | 'tracked') => known.filter(([, order]) => isIn(order[step])).length
  const withdrawn = known
    .flatMap(([id, { cancelled }]) => (isIn(cancelled) ? [{ id, at: cancelled as number }] : []))
    .map(({ id, at }) => caseOf('order', id, at))
  const mixedUp = faulted(all, 'waybill')
  return {
    delivery_same_city: delivery(all, 'same_city'),
    delivery_other_city: delivery(all, 'other_city'),
    withdrawn_orders: count(withdrawn.length, orders.size > 0, none, withdrawn),
    withdrawn_rate: share(withdrawn.length, of('placed'), orders.size > 0 ? 'no_orders' : none),
    waybill_mismatch_rate: share(mixedUp.length, of('tracked'), orders.size > 0 ? 'none_tracked' : none, mixedUp),
    tracking_timeliness: rateOf(all, 'tracking_entry'),
    waybill_stubs: audited(all, 'waybill_stub'),
    pickup_adherence: adherence(all),
  } satisfies Partial<Record<FigureId, Measure>>
}

/** From placed to delivered, of what was delivered in the window; the slowest as cases. */
function delivery({ orders, isIn }: Gathered, to: NonNullable<Order['destination']>): Measure {
  const trips: { id: string; at: number; ms: number }[] = []
  for (const [id, { placed, delivered, destination }] of orders) {
    if (destination !== to || placed === undefined || delivered === undefined) continue
    if (isIn(delivered) && delivered >= placed) trips.push({ id, at: delivered, ms: delivered - placed })
  }
  trips.sort((a, b) => b.ms - a.ms || a.at - b.at)
  const slowest: Case[] = trips.slice(0, 10).map(({ id, at, ms }) => caseOf('order', id, at, { tookMs: ms }))
  return mean(
    trips.map(({ ms }) => ms),
    'none_delivered',
    slowest,
  )
}

/** The waves of the window that have come, in order of time; those without orders left out. */
export function wavesIn({ floor, isIn, until }: Gathered): [id: string, wave: WaveCount][] {
  return [...floor.pickups.waves]
    .filter(([, { at, orders }]) => isIn(at) && at < until && orders > 0)
    .sort((a, b) => a[1].at - b[1].at)
}

/** Of the orders that go with a wave, those collected with it; as cases the waves that left most behind. */
function adherence(all: Gathered): Measure {
  const waves = wavesIn(all)
  const sum = (part: 'orders' | 'onTime') => waves.reduce((total, [, wave]) => total + wave[part], 0)
  const behind = waves
    .filter(([, { orders, onTime }]) => onTime < orders)
    .sort(([, a], [, b]) => b.orders - b.onTime - (a.orders - a.onTime) || a.at - b.at)
    .map(([id, { at, orders, onTime }]) => caseOf('wave', id, at, { left: orders - onTime }))
  return share(sum('onTime'), sum('orders'), 'no_waves', behind)
}
