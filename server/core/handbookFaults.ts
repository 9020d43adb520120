/** What is wrong with a handbook that somebody wants to publish, beyond the shape of its fields: each field and why. */
import { CONDITIONS } from './conditionTable.ts'
import { RULES } from './handbook.ts'
import { PICKUP } from './handbookDefaults.ts'
import type { HandbookChanges, OpeningHours } from './shop.ts'
import { targetOf } from './wholeHandbook.ts'
import { DAY, minutesOf } from './zone.ts'

export type FaultCode =
  | 'unknown_field'
  | 'unknown_rule'
  | 'unknown_condition'
  | 'no_target'
  | 'warn_not_before_target'
  | 'not_of_condition'
  | 'not_a_share'
  | 'clear_above_raise'
  | 'clear_below_raise'
  | 'window_ends_before'
  | 'windows_overlap'
  | 'never_open'
  | 'no_date'
  | 'twice'
  | 'makeup_is_holiday'
  | 'waves_not_ascending'
  | 'before_after_wave'
  | 'not_under_a_day'
  | 'too_long'

/** `field` is a path such as `rules.pack.targetMs`. */
export interface Fault {
  field: string
  code: FaultCode
}

/** No duration of a handbook is longer: what is due beyond cannot be reckoned with, let alone shown. */
const MOST_DAYS = 366

export function handbookFaults(changes: HandbookChanges): Fault[] {
  return [
    ...ruleFaults(changes),
    ...conditionFaults(changes),
    ...calendarFaults(changes),
    ...pickupFaults(changes),
    ...durationFaults('rules', changes.rules),
    ...durationFaults('conditions', changes.conditions),
  ]
}

function* durationFaults(path: string, all: Record<string, Record<string, unknown>> = {}): Generator<Fault> {
  for (const [id, figures] of Object.entries(all))
    for (const [name, value] of Object.entries(figures))
      if (name.endsWith('Ms') && Number(value) > MOST_DAYS * DAY)
        yield { field: `${path}.${id}.${name}`, code: 'too_long' }
}

/** What was sent and is no field of a handbook: it would be lost without a word. */
export function strayFields(sent: unknown, understood: unknown, path = ''): Fault[] {
  if (typeof sent !== 'object' || sent === null) return []
  return Object.entries(sent).flatMap(([name, value]): Fault[] => {
    const field = path === '' ? name : `${path}.${name}`
    const known = (understood as Record<string, unknown> | undefined)?.[name]
    if (known === undefined) return [{ field, code: 'unknown_field' }]
    return strayFields(value, known, field)
  })
}

function* ruleFaults({ rules = {} }: HandbookChanges): Generator<Fault> {
  for (const [id, { targetMs, warnAfterMs }] of Object.entries(rules)) {
    const rule = RULES.find((known) => known.id === id)
    const at = `rules.${id}`
    if (rule === undefined) {
      yield { field: at, code: 'unknown_rule' }
      continue
    }
    const target = targetMs ?? targetOf(rule)
    if (targetMs !== undefined && targetOf(rule) === undefined) yield { field: `${at}.targetMs`, code: 'no_target' }
    else if (warnAfterMs !== undefined && target !== undefined && warnAfterMs >= target)
      yield { field: `${at}.warnAfterMs`, code: 'warn_not_before_target' }
  }
}

function* conditionFaults({ conditions = {} }: HandbookChanges): Generator<Fault> {
  for (const [id, figures] of Object.entries(conditions)) {
    const shipped = (CONDITIONS as Record<string, object>)[id]
    const at = `conditions.${id}`
    if (shipped === undefined) {
      yield { field: at, code: 'unknown_condition' }
      continue
    }
    for (const name of Object.keys(figures))
      if (!(name in shipped) && name !== 'remindMs') yield { field: `${at}.${name}`, code: 'not_of_condition' }
    const { raise, clear } = { ...shipped, ...figures } as { raise?: number; clear?: number }
    if (raise === undefined || clear === undefined) continue
    if (id === 'response_rate') {
      if (raise < 0 || raise > 1) yield { field: `${at}.raise`, code: 'not_a_share' }
      if (clear < 0 || clear > 1) yield { field: `${at}.clear`, code: 'not_a_share' }
      else if (clear < raise) yield { field: `${at}.clear`, code: 'clear_below_raise' }
    } else if (clear > raise) yield { field: `${at}.clear`, code: 'clear_above_raise' }
  }
}

function* calendarFaults({ calendars = {} }: HandbookChanges): Generator<Fault> {
  const { service, backoffice, holidays = [], makeup = [] } = calendars
  if (service !== undefined) yield* hoursFaults('calendars.service', service)
  if (backoffice !== undefined) yield* hoursFaults('calendars.backoffice', backoffice)
  yield* dateFaults('calendars.holidays', holidays)
  yield* dateFaults('calendars.makeup', makeup)
  for (const [i, date] of makeup.entries())
    if (holidays.includes(date)) yield { field: `calendars.makeup.${i}`, code: 'makeup_is_holiday' }
}

function* hoursFaults(at: string, { week, days = {} }: OpeningHours): Generator<Fault> {
  const all = [...Object.values(week), ...Object.values(days)]
  if (all.every((windows) => (windows ?? []).length === 0)) yield { field: `${at}.week`, code: 'never_open' }
  for (const [day, windows = []] of Object.entries(week)) yield* windowFaults(`${at}.week.${day}`, windows)
  for (const [date, windows] of Object.entries(days)) {
    if (!isDate(date)) yield { field: `${at}.days.${date}`, code: 'no_date' }
    yield* windowFaults(`${at}.days.${date}`, windows)
  }
}

function* windowFaults(at: string, windows: readonly [string, string][]): Generator<Fault> {
  for (const [i, [from, to]] of windows.entries())
    if (minutesOf(from) >= minutesOf(to)) yield { field: `${at}.${i}`, code: 'window_ends_before' }
  const sorted = windows.map(([from, to]) => [minutesOf(from), minutesOf(to)] as const).sort((a, b) => a[0] - b[0])
  if (sorted.some(([, to], i) => to > (sorted[i + 1]?.[0] ?? Infinity))) yield { field: at, code: 'windows_overlap' }
}

function* pickupFaults({ pickup = {} }: HandbookChanges): Generator<Fault> {
  const { waves = PICKUP.waves, cutoffMs = 0, graceMs = 0, closed = [], weekdays = [] } = pickup
  for (const [i, { at, before }] of waves.entries()) {
    const last = waves[i - 1]
    if (last !== undefined && (minutesOf(last.at) >= minutesOf(at) || minutesOf(last.before) >= minutesOf(before)))
      yield { field: `pickup.waves.${i}`, code: 'waves_not_ascending' }
    if (minutesOf(before) > minutesOf(at)) yield { field: `pickup.waves.${i}.before`, code: 'before_after_wave' }
  }
  if (cutoffMs >= DAY) yield { field: 'pickup.cutoffMs', code: 'not_under_a_day' }
  if (graceMs >= DAY) yield { field: 'pickup.graceMs', code: 'not_under_a_day' }
  if (new Set(weekdays).size < weekdays.length) yield { field: 'pickup.weekdays', code: 'twice' }
  yield* dateFaults('pickup.closed', closed)
}

function* dateFaults(at: string, dates: readonly string[]): Generator<Fault> {
  for (const [i, date] of dates.entries()) {
    if (!isDate(date)) yield { field: `${at}.${i}`, code: 'no_date' }
    else if (dates.indexOf(date) < i) yield { field: `${at}.${i}`, code: 'twice' }
  }
}

/** There is no 30th of February. */
function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
