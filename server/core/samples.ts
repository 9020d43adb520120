/**
 * What the platform and the audits measured (handbook 5.3, 5.4, 5.6, 5.8), as sums by local day: a day's figure is the
 * same in whatever order the news came.
 */
import type { RecordedEvent } from './events.ts'
import { bookAt, type Floor } from './state.ts'

/** Longer than a week and the one before it. */
const KEEP_DAYS = 40

/** A sum is left out as long as nothing was told of it: nothing measured is not 0. */
export interface SampleDay {
  visits?: number
  logins?: number
  loginFailures?: number
  paymentDrops?: number
  /** ms, over so many samples. */
  responseMs?: number
  responses?: number
  audits: Partial<Record<AuditKind, { checked: number; passed: number }>>
}

export type AuditKind = 'packaging' | 'waybill_stub' | 'report'

/** By local day number. */
export type Samples = Map<number, SampleDay>

export function addSample(floor: Floor, { type, time, data }: RecordedEvent<'platform.sampled' | 'audit.recorded'>) {
  const { zone } = bookAt(floor, time)
  const day = zone.dayOf(time)
  const sums = floor.samples.get(day) ?? { audits: {} }
  floor.samples.set(day, sums)
  if (type === 'audit.recorded') {
    const audit = sums.audits[data.kind] ?? { checked: 0, passed: 0 }
    audit.checked += data.checked
    audit.passed += data.passed
    sums.audits[data.kind] = audit
    return
  }
  for (const name of ['visits', 'logins', 'loginFailures', 'paymentDrops', 'responseMs'] as const) {
    const told = data[name]
    if (told === undefined) continue
    // Whole numbers add up to the same in any order.
    sums[name] = (sums[name] ?? 0) + Math.round(told)
    if (name === 'responseMs') sums.responses = (sums.responses ?? 0) + 1
  }
}

/** Lets go of the days that are long over on a local day. */
export function forgetSamples(samples: Samples, today: number): void {
  for (const day of samples.keys()) if (day < today - KEEP_DAYS) samples.delete(day)
}
