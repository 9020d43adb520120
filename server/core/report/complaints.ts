/** The complaints desk's figures (5.7). Orders do not tell online from reservation sales: those of 5.2 count as online. */
import type { Complaint } from '../milestones.ts'
import { DAY } from '../zone.ts'
import type { FigureId } from './figures.ts'
import type { Gathered } from './gather.ts'
import { type Case, caseOf, count, type Measure, share } from './measure.ts'
import { validOrders } from './operations.ts'

/** Whoever complains again within so long is a repeat complainer (ours: the handbook gives no time). */
const REPEAT_MS = 30 * DAY

export function complaintFigures(all: Gathered) {
  const { complaints, to, isIn } = all
  const reported = complaints.size > 0
  const opened = [...complaints].filter(([, { opened }]) => isIn(opened))
  const valid = validOrders(all)
  const bySale = (sale: Complaint['sale']) => opened.filter(([, complaint]) => complaint.sale === sale)
  const saleKnown = opened.length === 0 || opened.some(([, { sale }]) => sale !== undefined)
  const ofSale = (sale: Complaint['sale']): Measure =>
    saleKnown ? count(bySale(sale).length, reported, 'no_complaints_reported') : { why: 'no_sale_kind' }
  const named = opened.flatMap(([id, complaint]) => {
    const customer = customerOf(all, complaint)
    return customer === undefined ? [] : [{ id, customer, at: complaint.opened as number }]
  })
  const namesKnown = opened.length === 0 || named.length > 0
  const before = [...complaints.values()].filter(
    ({ opened: at }) => at !== undefined && at >= to - REPEAT_MS && at < to,
  )
  const times = Map.groupBy(before, (complaint) => customerOf(all, complaint))
  const again = named.filter(({ customer }) => (times.get(customer)?.length ?? 0) > 1)
  const ofNamed = (customers: typeof named, cases?: Case[]): Measure =>
    namesKnown
      ? count(new Set(customers.map(({ customer }) => customer)).size, reported, 'no_complaints_reported', cases)
      : { why: 'no_customers_named' }
  const online = ofSale('online')
  const cases = opened.map(([id, { opened: at }]) => caseOf('complaint', id, at as number))
  return {
    complaints: count(opened.length, reported, 'no_complaints_reported', cases),
    complaint_rate: reported
      ? share(opened.length, valid, 'no_valid_orders', cases)
      : { why: 'no_complaints_reported' },
    complaining_customers: ofNamed(named),
    repeat_complainers: ofNamed(
      again,
      again.map(({ id, at }) => caseOf('complaint', id, at)),
    ),
    complaints_online: online,
    complaints_reservation: ofSale('reservation'),
    complaint_rate_online: 'why' in online ? online : share(online.value, valid, 'no_valid_orders'),
    complaint_rate_reservation: { why: 'orders_tell_no_sale_kind' },
  } satisfies Partial<Record<FigureId, Measure>>
}

/** Named by the complaint, else by the order it is about. */
function customerOf({ orders }: Gathered, { customer, order }: Complaint): string | undefined {
  return customer ?? (order === undefined ? undefined : orders.get(order)?.customer)
}
