/**
 * The handbook a second time, written down from its text alone and not from the product's table, so that a slip in
 * one of the two shows as a difference. Times are local, durations milliseconds.
 */
import type { HandbookChanges, OpeningHours } from '#core/shop.ts'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const everyDay = (from: string, to: string): OpeningHours => ({
  week: Object.fromEntries(WEEKDAYS.map((day) => [day, [[from, to]]])),
})

export type CalendarName = 'service' | 'backoffice' | 'pickup' | 'dispatch_hours' | 'workday' | 'always'

export interface Rule {
  on: boolean
  calendar: CalendarName
  /** Working time from start to due, where the due instant is not said another way. */
  targetMs: number
  warns: boolean
  warnAfterMs?: number
}

const rule = (calendar: CalendarName, targetMs = 0, more: Partial<Rule> = {}): Rule => ({
  on: true,
  calendar,
  targetMs,
  warns: true,
  ...more,
})

const RULES: Record<string, Rule> = {
  first_response: rule('service', 30 * SECOND, { warns: false }),
  reply_wait: rule('service', 60 * SECOND, { warns: false }),
  auto_reply: rule('always', 5 * SECOND, { warns: false }),
  order_check: rule('service', 30 * MINUTE),
  callback: rule('service', 60 * MINUTE),
  pack: rule('backoffice', 60 * MINUTE),
  crm_bind: rule('backoffice', 10 * MINUTE),
  tracking_entry: rule('backoffice', 5 * MINUTE),
  pickup: rule('pickup'),
  ship_promise: rule('dispatch_hours', 6 * HOUR),
  dispatch: rule('workday', 0, { warnAfterMs: 24 * HOUR }),
  cancel: rule('service', 30 * MINUTE),
  supplier_contact: rule('backoffice', 10 * MINUTE),
  shortage_announce: rule('backoffice', 5 * MINUTE),
  return_check: rule('service', 30 * MINUTE),
  refund_notify: rule('service', 10 * MINUTE),
  unbind_notify: rule('service', 10 * MINUTE),
  reissue_notify: rule('service', 10 * MINUTE),
  crm_unbind: rule('backoffice', 10 * MINUTE),
  crm_rebind: rule('backoffice', 10 * MINUTE),
  return_inspect: rule('backoffice', 30 * MINUTE),
  refund_done: rule('service', 60 * MINUTE),
  complaint_call: rule('backoffice'),
  complaint_escalate: rule('backoffice', 10 * MINUTE),
  inquiry_answer: rule('backoffice'),
  delivery_promise: rule('workday'),
  delivery_span: rule('always'),
  payment_followup_1: rule('service'),
  payment_followup_2: rule('service'),
  payment_followup_3: rule('service'),
  hold_followup: rule('service', 60 * MINUTE),
}

export interface Condition {
  on: boolean
  raise: number
  clear: number
  raiseMs: number
  clearMs: number
  mealMs: number
  atLeast: number
}

const condition = (figures: Partial<Condition>): Condition => ({
  on: true,
  raise: 0,
  clear: 0,
  raiseMs: 0,
  clearMs: 0,
  mealMs: 0,
  atLeast: 0,
  ...figures,
})

const CONDITIONS = {
  queue_depth: condition({ raise: 10, raiseMs: 15 * SECOND, clear: 8, clearMs: 30 * SECOND }),
  no_agent: condition({ raiseMs: 15 * SECOND }),
  over_capacity: condition({ raiseMs: 60 * SECOND }),
  away_too_long: condition({ raiseMs: 30 * MINUTE, mealMs: 60 * MINUTE }),
  response_rate: condition({ raise: 0.9, clear: 0.92, atLeast: 10 }),
  wave_at_risk: condition({ raiseMs: 30 * MINUTE }),
  stock_out: condition({}),
  source_silent: condition({ raiseMs: 5 * MINUTE }),
}
export type ConditionName = keyof typeof CONDITIONS

export interface Handbook {
  service: OpeningHours
  backoffice: OpeningHours
  holidays: string[]
  makeup: string[]
  waves: { at: string; before: string }[]
  pickupWeekdays: string[]
  pickupClosed: string[]
  graceMs: number
  cutoffMs: number
  /** By tier. */
  capacities: Partial<Record<string, number>>
  rules: Record<string, Rule>
  conditions: Record<ConditionName, Condition>
}

/** The handbook with what a shop changed of it. */
export function handbookWith(changes: HandbookChanges | undefined): Handbook {
  const { calendars, pickup, rules, conditions } = changes ?? {}
  const merged = <T extends object>(base: Record<string, T>, over: Record<string, object> | undefined) =>
    Object.fromEntries(Object.entries(base).map(([name, figures]) => [name, { ...figures, ...over?.[name] }]))
  return {
    service: calendars?.service ?? everyDay('08:00', '20:00'),
    backoffice: calendars?.backoffice ?? everyDay('09:00', '17:00'),
    holidays: calendars?.holidays ?? [],
    makeup: calendars?.makeup ?? [],
    waves: pickup?.waves ?? [
      { at: '10:00', before: '09:00' },
      { at: '13:00', before: '13:00' },
      { at: '17:00', before: '17:00' },
    ],
    pickupWeekdays: pickup?.weekdays ?? WEEKDAYS.filter((day) => day !== 'sun'),
    pickupClosed: pickup?.closed ?? [],
    graceMs: pickup?.graceMs ?? 0,
    cutoffMs: pickup?.cutoffMs ?? 0,
    capacities: changes?.capacities ?? {},
    rules: merged(RULES, rules) as Record<string, Rule>,
    conditions: merged(CONDITIONS, conditions) as Record<ConditionName, Condition>,
  }
}
