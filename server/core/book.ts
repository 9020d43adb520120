/** One version of a shop's handbook, ready to compute with: calendars on its zone, rules with their figures, waves. */
import { Calendar, type Hours, type Window, windowsOf } from './calendar.ts'
import { CONDITIONS, type ConditionId, type ConditionSettings } from './conditionTable.ts'
import { type CalendarId, type Local, RULES, type Rule } from './handbook.ts'
import { BACKOFFICE, SERVICE, WEEK } from './handbookDefaults.ts'
import type { Order } from './milestones.ts'
import { PickupSchedule } from './pickupSchedule.ts'
import { remindTable } from './reminders.ts'
import type { OpeningHours, ShopConfig } from './shop.ts'
import type { RateBounds } from './view.ts'
import { dayOfDate, minutesOf, Zone } from './zone.ts'

const WHOLE_DAY: readonly Window[] = [[0, 1440]]

export interface RuleSettings {
  on: boolean
  warns: boolean
  targetMs?: number
  warnAfterMs?: number
}

export class Book implements Local {
  readonly zone: Zone
  readonly calendars: Record<CalendarId, Calendar>
  readonly pickups: PickupSchedule
  readonly rules: readonly RuleSettings[]
  readonly conditions: Record<ConditionId, ConditionSettings>
  /** Of the shares in time that screens and reports show. */
  readonly rate: RateBounds
  /** What agents of a tier carry who were registered without a capacity. */
  readonly capacities: Partial<Record<string, number>>
  /** See reminders.ts. */
  readonly remindMs: ReadonlyMap<string, number>

  constructor(config: ShopConfig) {
    const changes = config.handbook ?? {}
    this.zone = new Zone(config.timezone)
    this.pickups = new PickupSchedule(this.zone, changes.pickup ?? {})
    const service = hoursOf(changes.calendars?.service ?? SERVICE)
    const office = windowsOf(hoursOf(changes.calendars?.backoffice ?? BACKOFFICE))
    const listed = new Map<number, readonly Window[]>()
    for (const date of changes.calendars?.holidays ?? []) listed.set(dayOfDate(date), [])
    for (const date of changes.calendars?.makeup ?? []) listed.set(dayOfDate(date), WHOLE_DAY)
    const calendar = (hours: Hours) => new Calendar(this.zone, windowsOf(hours))
    this.calendars = {
      service: calendar(service),
      backoffice: new Calendar(this.zone, office),
      pickup: calendar({
        week: WEEK.map((_, i) => (this.pickups.weekdays.has(i) ? WHOLE_DAY : [])),
        days: this.pickups.closed,
      }),
      // Back-office hours on days that have pickup.
      dispatch_hours: new Calendar(this.zone, (day) => (this.pickups.isOpen(day) ? office(day) : [])),
      workday: calendar({ week: WEEK.map((_, i) => (i < 5 ? WHOLE_DAY : [])), days: listed }),
      always: calendar({ week: WEEK.map(() => WHOLE_DAY) }),
    }
    this.rules = RULES.map((rule) => ({ on: true, warns: rule.warns, ...changes.rules?.[rule.id] })) as RuleSettings[]
    this.conditions = Object.fromEntries(
      Object.entries(CONDITIONS).map(([id, settings]) => [id, { ...settings, ...changes.conditions?.[id] }]),
    ) as Record<ConditionId, ConditionSettings>
    const { raise = 0, clear = 0 } = this.conditions.response_rate
    this.rate = { low: raise, well: clear }
    this.capacities = changes.capacities ?? {}
    this.remindMs = remindTable(changes)
  }

  /** The due instant of a clock that starts at `start`; Infinity when it never falls due. */
  due(index: number, start: number, subject?: Order): number {
    const rule = RULES[index] as Rule
    const calendar = this.calendars[rule.calendar]
    const targetMs = this.rules[index]?.targetMs
    const { due } = rule
    switch (due.kind) {
      case 'within':
        return calendar.add(start, targetMs ?? due.ms)
      case 'within_or_next_morning':
        return calendar.isOpen(start)
          ? calendar.add(start, targetMs ?? due.ms)
          : calendar.nextAt(start, minutesOf(due.at))
      case 'wave':
        return this.pickups.waveOf(start).at + this.pickups.graceMs
      case 'close_of_day':
        return calendar.nextClose(start)
      case 'end_of_nth_day':
        return calendar.endOfNthDayAfter(start, due.days)
      case 'end_of_nth_day_by_region':
        return calendar.endOfNthDayAfter(start, due[subject?.region ?? 'township'])
      case 'within_by_destination':
        return start + (targetMs ?? (subject?.destination === 'same_city' ? due.sameCityMs : due.otherCityMs))
      case 'time_of_day': {
        // What starts only after it, as where service is open late, cannot be met.
        const at = this.zone.at(this.zone.dayOf(start), minutesOf(due.at))
        return at > start ? at : Number.POSITIVE_INFINITY
      }
      default:
        return due satisfies never
    }
  }

  /** The instant from which a clock counts as at risk: 2/3 of its working time unless its rule sets another. Finite. */
  warnAt(index: number, start: number, due: number): number {
    const rule = RULES[index] as Rule
    const calendar = this.calendars[rule.calendar]
    const afterMs =
      this.rules[index]?.warnAfterMs ?? rule.warnAfterMs ?? Math.floor((calendar.elapsed(start, due) * 2) / 3)
    const at = calendar.add(start, afterMs)
    // Where the calendar does not reach so far it never warns.
    return Number.isFinite(at) ? at : due + 1
  }

  serviceOpen(instant: number): boolean {
    return this.calendars.service.isOpen(instant)
  }

  midnight(instant: number, days: number): number {
    return this.zone.startOf(this.zone.dayOf(instant) + days)
  }
}

function hoursOf(hours: OpeningHours): Hours {
  const windows = (list: [string, string][] | undefined): Window[] =>
    (list ?? []).map(([from, to]) => [minutesOf(from), minutesOf(to)] as const).sort((a, b) => a[0] - b[0])
  return {
    week: WEEK.map((day) => windows(hours.week[day])),
    days: new Map(Object.entries(hours.days ?? {}).map(([date, list]) => [dayOfDate(date), windows(list)])),
  }
}
