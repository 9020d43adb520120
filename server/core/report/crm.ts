/** The CRM clerks' figure (5.5): from asking for the money back to having it. */
import type { FigureId } from './figures.ts'
import type { Gathered } from './gather.ts'
import { type Case, caseOf, type Measure, ranked } from './measure.ts'

export function crmFigures(all: Gathered) {
  const refunds = refundsOf(all).sort((a, b) => b.ms - a.ms)
  const took = refunds.map(({ ms }) => ms)
  const longest: Case[] = refunds.slice(0, 10).map(({ kind, id, at, ms }) => caseOf(kind, id, at, { tookMs: ms }))
  return {
    refund_duration_p50: ranked(took, 0.5, 'no_refunds'),
    refund_duration_p90: ranked(took, 0.9, 'no_refunds', longest),
  } satisfies Partial<Record<FigureId, Measure>>
}

/** Refunded in the window. Who did not ask, asked when they were told. */
function refundsOf({ orders, returns, isIn }: Gathered) {
  const refunds: { kind: 'order' | 'return'; id: string; at: number; ms: number }[] = []
  const take = (kind: 'order' | 'return', id: string, asked: number | undefined, refunded: number | undefined) => {
    if (asked === undefined || refunded === undefined || refunded < asked || !isIn(refunded)) return
    refunds.push({ kind, id, at: refunded, ms: refunded - asked })
  }
  for (const [id, order] of orders) take('order', id, order.cancel_requested ?? order.refund_notified, order.refunded)
  for (const [id, request] of returns)
    take('return', id, request.requested ?? request.refund_notified, request.refunded)
  return refunds
}
