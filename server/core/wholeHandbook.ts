/** The handbook of a shop with every figure in it, the shipped one where the shop changed none; and what differs of two. */
import { CONDITIONS, type ConditionId, type ConditionSettings } from './conditionTable.ts'
import { RULES, type Rule } from './handbook.ts'
import { BACKOFFICE, PICKUP, type Pickup, SERVICE, WEEK, type Weekday } from './handbookDefaults.ts'
import { remindTable } from './reminders.ts'
import type { HandbookChanges, OpeningHours, Tier } from './shop.ts'

type Windows = [from: string, to: string][]

export interface WholeHours {
  week: Record<Weekday, Windows>
  /** Single dates that differ from their weekday. */
  days: Record<string, Windows>
}

/** `targetMs` is left out where a rule has no single target, `warnAfterMs` where it warns at 2/3 of the working time. */
export interface RuleFigures {
  on: boolean
  warns: boolean
  targetMs?: number
  warnAfterMs?: number
  remindMs: number
}
export type ConditionFigures = ConditionSettings & { remindMs: number }

export interface WholeHandbook {
  calendars: { service: WholeHours; backoffice: WholeHours; holidays: string[]; makeup: string[] }
  pickup: Pickup
  /** By tier; one left out: unlimited. */
  capacities: Partial<Record<Tier, number>>
  rules: Record<string, RuleFigures>
  conditions: Record<ConditionId, ConditionFigures>
}

export function wholeHandbook(changes: HandbookChanges = {}): WholeHandbook {
  const { calendars = {}, pickup = {}, capacities = {}, rules = {}, conditions = {} } = changes
  const remindMs = remindTable(changes)
  return {
    calendars: {
      service: wholeHours(calendars.service ?? SERVICE),
      backoffice: wholeHours(calendars.backoffice ?? BACKOFFICE),
      holidays: calendars.holidays ?? [],
      makeup: calendars.makeup ?? [],
    },
    pickup: { ...PICKUP, ...pickup } as Pickup,
    capacities: { ...capacities },
    rules: Object.fromEntries(
      RULES.map((rule) => {
        const figures = { ...shippedFigures(rule), ...rules[rule.id], remindMs: remindMs.get(rule.id) ?? 0 }
        return [rule.id, figures as RuleFigures]
      }),
    ),
    conditions: Object.fromEntries(
      Object.entries(CONDITIONS).map(([id, settings]) => {
        return [id, { ...settings, ...conditions[id], remindMs: remindMs.get(id) ?? 0 }]
      }),
    ) as WholeHandbook['conditions'],
  }
}

/** The target that a rule's one figure sets; undefined where its due instant follows from waves, days or regions. */
export function targetOf({ due }: Rule): number | undefined {
  return due.kind === 'within' || due.kind === 'within_or_next_morning' ? due.ms : undefined
}

/** What a shop changed: only what differs from the shipped handbook. */
export function changesOf(whole: WholeHandbook): HandbookChanges {
  const shipped = wholeHandbook()
  const { service, backoffice, ...dates } = whole.calendars
  const calendars = {
    ...(!same(service, shipped.calendars.service) && { service: plainHours(service) }),
    ...(!same(backoffice, shipped.calendars.backoffice) && { backoffice: plainHours(backoffice) }),
    ...changed(dates, shipped.calendars),
  }
  const parts = {
    calendars,
    pickup: changed(whole.pickup, shipped.pickup),
    capacities: changed(whole.capacities, shipped.capacities),
    rules: changedEach(whole.rules, shipped.rules),
    conditions: changedEach(whole.conditions, shipped.conditions),
  }
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => Object.keys(part).length > 0))
}

/** One figure that differs: its path, such as `rules.pack.targetMs`. A figure that is not there is left out. */
export interface Difference {
  path: string
  from?: unknown
  to?: unknown
}

export function differencesOf(from: HandbookChanges | undefined, to: HandbookChanges | undefined): Difference[] {
  const [before, after] = [figuresOf(wholeHandbook(from)), figuresOf(wholeHandbook(to))]
  const paths = [...new Set([...before.keys(), ...after.keys()])]
  return paths.flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)]
    if (same(was, is)) return []
    return { path, ...(was !== undefined && { from: was }), ...(is !== undefined && { to: is }) }
  })
}

/** Lists count as one figure, of opening hours those of a day. */
function figuresOf(whole: WholeHandbook): Map<string, unknown> {
  const figures = new Map<string, unknown>()
  const walk = (path: string, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) figures.set(path, value)
    else for (const [name, part] of Object.entries(value)) walk(path === '' ? name : `${path}.${name}`, part)
  }
  walk('', whole)
  return figures
}

function shippedFigures(rule: Rule): Omit<RuleFigures, 'remindMs'> {
  const targetMs = targetOf(rule)
  const { warns, warnAfterMs } = rule
  return {
    on: true,
    warns,
    ...(targetMs !== undefined && { targetMs }),
    ...(warnAfterMs !== undefined && { warnAfterMs }),
  }
}

function wholeHours({ week, days = {} }: OpeningHours): WholeHours {
  return { week: Object.fromEntries(WEEK.map((day) => [day, week[day] ?? []])) as WholeHours['week'], days }
}

function plainHours({ week, days }: WholeHours): OpeningHours {
  return Object.keys(days).length > 0 ? { week, days } : { week }
}

function changed<T extends object>(now: T, shipped: object): Partial<T> {
  const before = shipped as Record<string, unknown>
  // What was emptied is as shipped.
  const all = Object.entries(now).filter(([name, value]) => value !== undefined && !same(value, before[name]))
  return Object.fromEntries(all) as Partial<T>
}

function changedEach<T extends object>(now: Record<string, T>, shipped: Record<string, T>): Record<string, Partial<T>> {
  const all = Object.entries(now).map(([id, figures]) => [id, changed(figures, shipped[id] ?? {})] as const)
  return Object.fromEntries(all.filter(([, figures]) => Object.keys(figures).length > 0))
}

/** The same JSON, whatever the order of its fields. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const names = Object.keys(a)
  if (names.length !== Object.keys(b).length || Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [a, b] as [Record<string, unknown>, Record<string, unknown>]
  return names.every((name) => name in right && same(left[name], right[name]))
}
