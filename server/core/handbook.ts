/**
 * The rules of the customer-service handbook as data, each with its section. A rule says what starts its clock, what
 * meets it, how long it may take and in whose working time. Where a figure is ours and not the handbook's, it says so.
 */
import type { Complaint, Inquiry, Order, Return } from './milestones.ts'
import { EFFECTIVE, earlier, effectiveAt, firstFrom, later } from './milestones.ts'
import { DAY, HOUR, MINUTE, SECOND } from './zone.ts'

export type CalendarId = 'service' | 'backoffice' | 'pickup' | 'dispatch_hours' | 'workday' | 'always'
export type Desk =
  | 'agent'
  | 'platform'
  | 'operations'
  | 'packer'
  | 'crm'
  | 'dispatch'
  | 'stock'
  | 'payments'
  | 'complaints'
  | 'courier'

/** How a rule's due instant follows from its start. */
export type Due =
  | { kind: 'within'; ms: number }
  /** Within `ms` when started in working hours; else by local time `at` of the next open day. */
  | { kind: 'within_or_next_morning'; ms: number; at: string }
  | { kind: 'wave' }
  | { kind: 'close_of_day' }
  | { kind: 'end_of_nth_day'; days: number }
  | { kind: 'end_of_nth_day_by_region'; city: number; county: number; township: number }
  | { kind: 'within_by_destination'; sameCityMs: number; otherCityMs: number }
  | { kind: 'time_of_day'; at: string }

type Instant = number | undefined

interface RuleText {
  id: string
  section: string
  due: Due
  calendar: CalendarId
  desk: Desk
  /** False: the clock has a warning point but raises no alert there (chat rules). */
  warns: boolean
  /** The warning point in working time after the start; 2/3 of the working time between start and due when left out. */
  warnAfterMs?: number
  /** The figure is ours, the handbook gives none. */
  ours?: true
}

/** The steps whose instants are known by themselves. */
type Step<S> = { [K in keyof S]-?: S[K] extends number | undefined ? K : never }[keyof S]

/** What follows from some facts of a subject: it reads no others. */
export interface Reading<S, Asked, Answer> {
  reads: readonly (keyof S)[]
  from(facts: S, asked: Asked): Answer
}

/** A rule whose clock follows from milestones. `ends` is false for what must be done even after the subject ended. */
interface MilestoneRule<K extends string, S> extends RuleText {
  of: K
  /** When its clock starts; several instants where it can start anew. */
  starts: Step<S> | Reading<S, Local, Instant | readonly number[]>
  /** What meets it; may ask when it started. */
  met: Step<S> | Reading<S, number, Instant>
  ends: boolean
}

/** A rule whose clock is run step by step by its noun (conversations.ts, autoReply.ts, stock.ts). */
interface SteppedRule extends RuleText {
  of: 'conversation' | 'sku'
}

export type Rule =
  | SteppedRule
  | MilestoneRule<'order', Order>
  | MilestoneRule<'return', Return>
  | MilestoneRule<'complaint', Complaint>
  | MilestoneRule<'inquiry', Inquiry>

/** What a start may ask of the shop's local time. */
export interface Local {
  serviceOpen(instant: number): boolean
  /** Local midnight `days` days after the local day of the instant. */
  midnight(instant: number, days: number): number
}

const within = (ms: number): Due => ({ kind: 'within', ms })
const orNextMorning = (ms: number): Due => ({ kind: 'within_or_next_morning', ms, at: '09:00' })
const closeOfDay: Due = { kind: 'close_of_day' }
const by20: Due = { kind: 'time_of_day', at: '20:00' }

/** Reads the named facts and, as the compiler sees to, no others. */
function reading<S>() {
  return <K extends keyof S, Asked, Answer>(
    reads: readonly K[],
    from: (facts: Pick<S, K>, asked: Asked) => Answer,
  ): Reading<S, Asked, Answer> => ({ reads, from })
}
const order = reading<Order>()
const goods = reading<Return>()
const complaint = reading<Complaint>()
const inquiry = reading<Inquiry>()

const effective = order(EFFECTIVE, effectiveAt)
const cancelledAndTold = order([...EFFECTIVE, 'cancelled', 'refund_notified'], (o) => {
  const from = effectiveAt(o)
  const wasEffective = from !== undefined && from <= (o.cancelled ?? Number.POSITIVE_INFINITY)
  return wasEffective ? later(o.cancelled, o.refund_notified) : o.cancelled
})

/** The second or third local day begins and the order is still unpaid; a reminder or payment of that day meets it. */
const unpaidOnDay = (nth: number) =>
  order(EFFECTIVE, (o, local: Local) => {
    if (o.payLater !== true || o.placed === undefined) return undefined
    const start = local.midnight(o.placed, nth - 1)
    return o.paid !== undefined && o.paid <= start ? undefined : start
  })
const remindedOrPaid = order(['reminders', 'paid'], (o, start: number) =>
  earlier(firstFrom(o.reminders, start), o.paid),
)

/** When an order was paid, be it as it was placed. */
const PAID = ['paid', 'paidAtOnce', 'placed'] as const
const paidAt = (o: Pick<Order, (typeof PAID)[number]>) => (o.paidAtOnce ? earlier(o.placed, o.paid) : o.paid)
/** What shows that somebody has seen to a held order. */
const TOUCHED = ['reminders', 'releases'] as const
type Touched = (typeof TOUCHED)[number]

const chat = { of: 'conversation', calendar: 'service', desk: 'agent', warns: false } as const
const packer = { calendar: 'backoffice', desk: 'packer', warns: true, ends: true } as const
const crm = { calendar: 'backoffice', desk: 'crm', warns: true, ends: true } as const
const operations = { calendar: 'service', desk: 'operations', warns: true, ends: true } as const
const dispatch = { desk: 'dispatch', warns: true, ends: true } as const
const stock = { of: 'sku', calendar: 'backoffice', desk: 'stock', warns: true } as const
const complaints = { calendar: 'backoffice', desk: 'complaints', warns: true, ends: true } as const
const courier = { desk: 'courier', warns: true, ends: true } as const
const followUp = { calendar: 'service', desk: 'agent', warns: true, ends: true } as const

// biome-ignore format: one table, read like the handbook
export const RULES = [
  { id: 'first_response', section: '2.1-1', ...chat, due: within(30 * SECOND) },
  { id: 'reply_wait', section: '2.1-1', ...chat, due: within(60 * SECOND) },
  { id: 'auto_reply', section: '2.3-3', ...chat, calendar: 'always', desk: 'platform', due: within(5 * SECOND), ours: true },
  {
    id: 'order_check', section: '3.1', of: 'order', ...operations, due: orNextMorning(30 * MINUTE),
    starts: 'placed', met: 'confirmed',
  },
  {
    id: 'callback', section: '3.1', of: 'order', ...operations, due: within(60 * MINUTE),
    starts: 'callback_promised', met: 'confirmed',
  },
  {
    id: 'pack', section: '3.1', of: 'order', ...packer, due: within(60 * MINUTE),
    starts: 'confirmed', met: 'packed',
  },
  {
    id: 'crm_bind', section: '3.1', of: 'order', ...crm, due: within(10 * MINUTE),
    starts: order(['contract', 'packed'], (o) => (o.contract ? o.packed : undefined)), met: 'bound',
  },
  {
    id: 'tracking_entry', section: '3.1', of: 'order', ...dispatch, calendar: 'backoffice', due: within(5 * MINUTE),
    starts: order(['contract', 'packed', 'bound'], (o) => (o.contract ? later(o.packed, o.bound) : o.packed)), met: 'tracked',
  },
  {
    id: 'pickup', section: '3.4', of: 'order', ...dispatch, calendar: 'pickup', due: { kind: 'wave' },
    starts: effective, met: 'collected',
  },
  {
    id: 'ship_promise', section: '3.1', of: 'order', ...dispatch, calendar: 'dispatch_hours', due: within(6 * HOUR),
    starts: 'confirmed', met: 'collected',
  },
  {
    id: 'dispatch', section: '3.1', of: 'order', ...dispatch, calendar: 'workday',
    due: { kind: 'end_of_nth_day', days: 2 }, warnAfterMs: 24 * HOUR,
    starts: effective, met: 'collected',
  },
  {
    id: 'cancel', section: '3.2', of: 'order', ...operations, ends: false, due: within(30 * MINUTE),
    starts: order(['cancel_requested', 'collected', 'cancelled'], (o) =>
      (o.cancel_requested ?? Infinity) < (o.collected ?? Infinity) && !(o.cancelled! < o.cancel_requested!)
        ? o.cancel_requested
        : undefined),
    met: cancelledAndTold,
  },
  { id: 'supplier_contact', section: '3.3', ...stock, due: within(10 * MINUTE) },
  { id: 'shortage_announce', section: '3.3', ...stock, due: within(5 * MINUTE) },
  {
    id: 'return_check', section: '4.1, 4.2', of: 'return', ...operations, due: orNextMorning(30 * MINUTE),
    starts: 'requested', met: 'confirmed',
  },
  {
    id: 'refund_notify', section: '4.1', of: 'return', ...operations, due: within(10 * MINUTE),
    starts: goods(['wants', 'approved'], (r) => (r.wants === 'return' ? r.approved : undefined)), met: 'refund_notified',
  },
  {
    id: 'unbind_notify', section: '4.1, 4.2', of: 'return', ...operations, due: within(10 * MINUTE),
    starts: goods(['contract', 'approved'], (r) => (r.contract ? r.approved : undefined)), met: 'unbind_notified',
  },
  {
    id: 'reissue_notify', section: '4.2', of: 'return', ...operations, due: within(10 * MINUTE),
    starts: goods(['wants', 'approved'], (r) => (r.wants === 'exchange' ? r.approved : undefined)), met: 'reissue_notified',
  },
  {
    id: 'crm_unbind', section: '4.1, 4.2', of: 'return', ...crm, due: within(10 * MINUTE),
    starts: 'unbind_notified', met: 'unbound',
  },
  {
    id: 'crm_rebind', section: '4.2', of: 'return', ...crm, due: within(10 * MINUTE),
    starts: goods(['contract', 'reissued'], (r) => (r.contract ? r.reissued : undefined)), met: 'rebound',
  },
  {
    id: 'return_inspect', section: '4.1, 4.2', of: 'return', calendar: 'backoffice', desk: 'stock', warns: true, ends: true,
    due: within(30 * MINUTE),
    starts: 'received', met: 'inspected',
  },
  {
    id: 'refund_done', section: '4.3.1', of: 'order', ...operations, desk: 'payments', ends: false, due: within(60 * MINUTE),
    starts: 'refund_notified', met: 'refunded',
  },
  {
    id: 'refund_done', section: '4.3.1', of: 'return', ...operations, desk: 'payments', ends: false, due: within(60 * MINUTE),
    starts: 'refund_notified', met: 'refunded',
  },
  {
    id: 'complaint_call', section: '4.3', of: 'complaint', ...complaints, due: closeOfDay,
    starts: 'opened', met: 'contacted',
  },
  {
    id: 'complaint_escalate', section: '4.3', of: 'complaint', ...complaints, due: within(10 * MINUTE), ours: true,
    starts: 'founded', met: complaint(['escalated', 'resolved'], (c) => earlier(c.escalated, c.resolved)),
  },
  {
    id: 'inquiry_answer', section: '4.4', of: 'inquiry', ...operations, calendar: 'backoffice', due: closeOfDay,
    starts: inquiry(['repair', 'left'], (i) => (i.repair ? i.left : undefined)), met: 'answered',
  },
  {
    id: 'delivery_promise', section: '5.2', of: 'order', ...courier, calendar: 'workday',
    due: { kind: 'end_of_nth_day_by_region', city: 3, county: 5, township: 7 },
    starts: order([...EFFECTIVE, 'region'], (o) => (o.region ? effectiveAt(o) : undefined)), met: 'delivered',
  },
  {
    id: 'delivery_span', section: '5.4', of: 'order', ...courier, calendar: 'always',
    due: { kind: 'within_by_destination', sameCityMs: DAY, otherCityMs: 7 * DAY },
    starts: order(['destination', 'placed'], (o) => (o.destination ? o.placed : undefined)), met: 'delivered',
  },
  {
    id: 'payment_followup_1', section: '2.4.1', of: 'order', ...followUp, due: by20,
    starts: order([...EFFECTIVE, 'reminders'], (o, local: Local) => {
      if (o.payLater !== true || o.placed === undefined) return undefined
      const start = o.placed + 10 * MINUTE
      const settled = (o.paid ?? Infinity) <= start || (o.reminders?.[0] ?? Infinity) < start
      return settled || !local.serviceOpen(start) ? undefined : start
    }),
    met: remindedOrPaid,
  },
  {
    id: 'payment_followup_2', section: '2.4.1', of: 'order', ...followUp, due: by20,
    starts: unpaidOnDay(2), met: remindedOrPaid,
  },
  {
    id: 'payment_followup_3', section: '2.4.1', of: 'order', ...followUp, due: by20,
    starts: unpaidOnDay(3), met: remindedOrPaid,
  },
  {
    id: 'hold_followup', section: '2.4.3', of: 'order', ...followUp, due: within(60 * MINUTE), ours: true,
    starts: order(['holds', ...PAID, ...TOUCHED], holdsRunOut),
    met: order([...PAID, ...TOUCHED], (o, start: number) => earlier(touchedFrom(o, start), paidAt(o))),
  },
] as const satisfies readonly Rule[] as readonly Rule[]

const NEVER: readonly number[] = []

/** 24 h after each hold, unless it was paid, released or reminded by then. A hold on top of a hold changes nothing. */
function holdsRunOut(order: Pick<Order, 'holds' | (typeof PAID)[number] | Touched>): readonly number[] {
  if (order.holds === undefined) return NEVER
  const starts: number[] = []
  const paid = paidAt(order) ?? Infinity
  let held: Instant
  for (const hold of order.holds) {
    const released = held === undefined ? undefined : firstFrom(order.releases, held)
    if (held !== undefined && (released === undefined || released > hold)) continue
    held = hold
    const start = held + DAY
    const untouched = (touchedFrom(order, held) ?? Infinity) > start && paid > start
    if (untouched) starts.push(start)
  }
  return starts
}

function touchedFrom(order: Pick<Order, Touched>, from: number): Instant {
  return earlier(firstFrom(order.reminders, from), firstFrom(order.releases, from))
}
