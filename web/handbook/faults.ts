/** What is wrong with a handbook as somebody is changing it, by field. */
import { type Fault, handbookFaults } from '#core/handbookFaults.ts'
import { type HandbookChanges, handbookChanges } from '#core/shop.ts'

/** Of a field by itself: `shape` says that there is no value, or none of its kind. */
type Senseless = 'shape' | 'negative' | 'not_above_zero' | 'too_large'
export type FaultCode = Fault['code'] | Senseless

/** Fields that have no sense by themselves come before those that contradict each other. */
export function faultsOf(changes: HandbookChanges): { field: string; code: FaultCode }[] {
  const parsed = handbookChanges.safeParse(changes)
  if (parsed.success) return handbookFaults(parsed.data)
  return parsed.error.issues.map((issue) => ({ field: issue.path.map(String).join('.'), code: senseless(issue) }))
}

function senseless(issue: { code: string; origin?: string; minimum?: number | bigint }): Senseless {
  if (issue.origin === 'array') return 'shape'
  if (issue.code === 'too_big') return 'too_large'
  if (issue.code !== 'too_small') return 'shape'
  return Number(issue.minimum) > 0 ? 'not_above_zero' : 'negative'
}
