/** A clock as a list of instants, and what it is at a given one. */
import type { Book } from './book.ts'
import type { Calendar } from './calendar.ts'
import type { Rule } from './handbook.ts'
import { earliest } from './milestones.ts'

/** Who a first answer counts for: the queue and the agent at that moment. */
export interface Credit {
  queue?: string | undefined
  agent?: string | undefined
}

export interface Clock {
  rule: string
  subject: string
  start: number
  due: number
  warnAt: number
  warns: boolean
  /** The first answer at or after the start. */
  stop?: number | undefined
  /** When its subject ended, if that counts for this rule. */
  end?: number | undefined
  /** Working time from start to stop in the rule's calendar. */
  tookMs?: number | undefined
  /** Tells apart clocks of one rule and subject where there can be several; left out where what moves is one clock. */
  which?: string
  metBy?: Credit
  breachedBy?: Credit
}

export type ClockState = 'running' | 'met' | 'breached' | 'void'

const NEVER = Number.POSITIVE_INFINITY

export function stateAt(clock: Clock, at: number): ClockState {
  const { due, stop = NEVER, end = NEVER } = clock
  const answered = stop <= end ? stop : NEVER
  if (answered <= due) return 'met'
  if (end <= due) return 'void'
  return at > due ? 'breached' : 'running'
}

export const isOverdue = (clock: Clock, at: number): boolean =>
  stateAt(clock, at) === 'breached' && clock.stop === undefined && clock.end === undefined

export const isAtRisk = (clock: Clock, at: number): boolean => stateAt(clock, at) === 'running' && at >= clock.warnAt

/** The instant at which a met or breached clock was decided. */
export function decidedAt(clock: Clock, at: number): number | undefined {
  const state = stateAt(clock, at)
  if (state === 'met') return clock.stop
  return state === 'breached' ? clock.due : undefined
}

interface Arming {
  rule: string
  subject: string
  start: number | undefined
  stop?: number | undefined
  end?: number | undefined
  /** The due instant; so much working time as the rule's target says when left out. */
  due?: ((calendar: Calendar, start: number) => number) | undefined
}

/** The clock, or nothing where there is no start, the rule is off, or the stop or the end lies before the start. */
export function arm(book: Book, arming: Arming): Clock[] {
  const { rule, subject, start, stop, end } = arming
  if (start === undefined || (stop ?? start) < start || (end ?? start) < start) return []
  const calendar = book.at(start)
  const figures = calendar.handbook.rules[rule]!
  if (!figures.on) return []
  const due = arming.due?.(calendar, start) ?? calendar.add(start, figures.targetMs, figures.calendar)
  const off = book.switchedOff(rule, start)
  return [
    {
      rule,
      subject,
      start,
      due,
      warnAt: warningPoint(calendar, figures, start, due),
      warns: figures.warns,
      stop,
      end: earliest(end, off),
      tookMs: stop === undefined ? undefined : calendar.between(start, stop, figures.calendar),
    },
  ]
}

function warningPoint(calendar: Calendar, rule: Rule, start: number, due: number): number {
  const wait = rule.warnAfterMs ?? Math.floor((calendar.between(start, due, rule.calendar) * 2) / 3)
  return calendar.add(start, wait, rule.calendar)
}
