/** Says no to a handbook that cannot hold, naming each field and what was expected of it. */
import { type FaultCode, handbookFaults, strayFields } from '#core/handbookFaults.ts'
import type { HandbookChanges } from '#core/shop.ts'
import { type FieldError, Problem } from './problem.ts'

const EXPECTED: Record<FaultCode, string> = {
  unknown_field: 'expected no such field',
  unknown_rule: 'expected the id of a rule of the handbook',
  unknown_condition: 'expected the id of a condition',
  no_target: 'this rule has no target: its due instant follows from waves, days or regions',
  warn_not_before_target: 'expected less than the target',
  not_of_condition: 'this condition has no such figure',
  not_a_share: 'expected a share between 0 and 1',
  clear_above_raise: 'expected at most what raises it',
  clear_below_raise: 'expected at least what raises it',
  window_ends_before: 'expected an end later than the beginning',
  windows_overlap: 'expected windows that do not overlap',
  never_open: 'expected some opening hours',
  no_date: 'expected a date that exists',
  twice: 'expected each only once',
  makeup_is_holiday: 'expected no day that is a holiday too',
  waves_not_ascending: 'expected waves in ascending order',
  before_after_wave: 'expected at most the time of the wave',
  not_under_a_day: 'expected less than a day',
  too_long: 'expected at most 366 days',
}

/**
 * @param sent as it came in, before what is unknown was left out
 * @throws Problem 422
 */
export function demandFit(handbook: HandbookChanges, sent: unknown): void {
  const faults = [...strayFields(sent, handbook), ...handbookFaults(handbook)]
  if (faults.length === 0) return
  const errors = faults.map(({ field, code }): FieldError => ({ field: `handbook.${field}`, detail: EXPECTED[code] }))
  const detail = errors.map((error) => `${error.field}: ${error.detail}`).join('; ')
  throw new Problem(422, `The handbook: ${detail}`, { errors })
}
