/** Counting what was decided and how long the answers took. */
import type { Decided, ResponseStats } from '#core/view.ts'
import type { Clock, Credit } from './clock.ts'
import { decidedAt, stateAt } from './clock.ts'

/** Whether an instant counts. */
export type Span = (instant: number) => boolean

export const within15Minutes =
  (at: number): Span =>
  (instant) =>
    at - 15 * 60_000 < instant && instant <= at

/** Met and breached clocks decided in a span, of those credited to whom it may concern. */
export function decided(clocks: Clock[], at: number, span: Span, isCredited: (to: Credit) => boolean): Decided {
  const counted = clocks.filter((clock) => {
    const instant = decidedAt(clock, at)
    const credit = (stateAt(clock, at) === 'met' ? clock.metBy : clock.breachedBy) ?? {}
    return instant !== undefined && span(instant) && isCredited(credit)
  })
  const count = counted.length
  const met = counted.filter((clock) => stateAt(clock, at) === 'met').length
  return count === 0 ? { count, met } : { count, met, rate: met / count }
}

/** The same with nearest-rank percentiles of the answers given in the span, late ones included. */
export function responseStats(clocks: Clock[], at: number, span: Span): ResponseStats {
  const took = clocks.filter(({ stop }) => stop !== undefined && span(stop)).map(({ tookMs }) => tookMs!)
  took.sort((a, b) => a - b)
  const rank = (share: number) => took[Math.ceil(share * took.length) - 1]!
  const figures = decided(clocks, at, span, () => true)
  return took.length === 0 ? figures : { ...figures, p50Ms: rank(0.5), p90Ms: rank(0.9) }
}
