/** The platform's figures (5.8), from what it measured of itself. */
import type { SampleDay } from '../samples.ts'
import type { FigureId } from './figures.ts'
import type { Gathered } from './gather.ts'
import { type Measure, share } from './measure.ts'
import { validOrders } from './operations.ts'

export function platformFigures(all: Gathered) {
  const drops = sumOf(all, 'paymentDrops')
  const responses = sumOf(all, 'responses') ?? 0
  const logins = sumOf(all, 'logins') ?? 0
  return {
    payment_drops: drops === undefined ? { why: 'no_samples' } : { value: drops },
    drop_rate: drops === undefined ? { why: 'no_samples' } : share(drops, validOrders(all), 'no_valid_orders'),
    page_response:
      responses === 0
        ? { why: 'no_samples' }
        : { value: (sumOf(all, 'responseMs') ?? 0) / responses, denominator: responses },
    login_success: share(Math.max(0, logins - (sumOf(all, 'loginFailures') ?? 0)), logins, 'no_samples'),
  } satisfies Partial<Record<FigureId, Measure>>
}

/** Undefined where nothing was told of it on any day of the window. */
export function sumOf({ samples }: Gathered, name: Exclude<keyof SampleDay, 'audits'>): number | undefined {
  const told = samples.flatMap((day) => day[name] ?? [])
  return told.length === 0 ? undefined : told.reduce((a, b) => a + b, 0)
}
