/**
 * Orders, returns, complaints and inquiries are sets of milestones: when each step first happened, whatever order the
 * news arrived in. Every clock on them follows from these facts alone, so late events need no special care.
 */
import type { RecordedEvent } from './events.ts'

type Instant = number | undefined

/**
 * When (by `time`) each step first happened, and what the first telling event said. Classes, because then all of a kind
 * have one shape in memory whatever became known first, and the rules read them at once.
 */
export class Order {
  readonly kind = 'order'
  placed?: number
  paid?: number
  confirmed?: number
  callback_promised?: number
  packed?: number
  bound?: number
  tracked?: number
  collected?: number
  delivered?: number
  cancel_requested?: number
  cancelled?: number
  refund_notified?: number
  refunded?: number
  /** Every reminder, hold and release, in order of time. */
  reminders?: number[]
  holds?: number[]
  releases?: number[]
  /** It was placed unpaid, or paid; neither where that was not said. */
  payLater?: boolean
  paidAtOnce?: boolean
  contract?: boolean
  destination?: 'same_city' | 'other_city'
  region?: 'city' | 'county' | 'township'
  customer?: string
  /** The conversation that led to it. */
  conversation?: string
  /** How many of each SKU. */
  lines?: [sku: string, qty: number][]
  /** In order of time. */
  faults?: [time: number, kind: FaultKind][]
}

export type FaultKind = 'handling' | 'defect' | 'packaging' | 'waybill'

export class Return {
  readonly kind = 'return'
  requested?: number
  confirmed?: number
  refund_notified?: number
  refunded?: number
  unbind_notified?: number
  unbound?: number
  reissue_notified?: number
  reissued?: number
  rebound?: number
  received?: number
  inspected?: number
  closed?: number
  /** The first confirmation that approved it. */
  approved?: number
  contract?: boolean
  wants?: 'return' | 'exchange'
  order?: string
}

export class Complaint {
  readonly kind = 'complaint'
  opened?: number
  contacted?: number
  /** The first contact that confirmed the complaint. */
  founded?: number
  escalated?: number
  resolved?: number
  about?: 'refund' | 'logistics' | 'service'
  sale?: 'online' | 'reservation'
  customer?: string
  order?: string
}

export class Inquiry {
  readonly kind = 'inquiry'
  left?: number
  answered?: number
  repair?: boolean
}

export type Milestones = Order | Return | Complaint | Inquiry
export type MilestoneEvent = RecordedEvent<
  Extract<RecordedEvent['type'], `${'order' | 'return' | 'complaint' | 'inquiry'}.${string}`>
>

const KINDS = { order: Order, return: Return, complaint: Complaint, inquiry: Inquiry }

/** What is known of one of a kind: nothing, or what was written down. */
export function factsOf(kind: Milestones['kind'], known: Partial<Milestones> = {}): Milestones {
  const facts = Object.assign(new KINDS[kind](), known)
  if (facts.kind === 'return' && typeof facts.approved === 'boolean') liftApproved(facts)
  return facts
}

/** Before version 13 a floor said only whether the first confirmation approved it. */
function liftApproved(facts: Return): void {
  const isApproved: unknown = facts.approved
  delete facts.approved
  if (isApproved === true && facts.confirmed !== undefined) facts.approved = facts.confirmed
}

const PARTS = new Map<string, { kind: Milestones['kind']; step: string }>()

/** Of `order.paid`, say: what kind of subject it is of, and which step it tells of. Cut up once a type. */
export function partsOf(type: MilestoneEvent['type']): { kind: Milestones['kind']; step: string } {
  let parts = PARTS.get(type)
  if (parts === undefined) {
    const [kind, step] = type.split('.', 2) as [Milestones['kind'], string]
    parts = { kind, step }
    PARTS.set(type, parts)
  }
  return parts
}

type FactOf<Type> = Type extends `${infer Kind extends keyof typeof KINDS}.${string}`
  ? keyof InstanceType<(typeof KINDS)[Kind]>
  : never

/** What the events tell that tell more, or something else, than when the step was that they are named after. */
const TOLD: { [Type in MilestoneEvent['type']]?: readonly FactOf<Type>[] } = {
  'order.placed': [
    ...(['placed', 'payLater', 'paidAtOnce', 'contract', 'destination', 'region'] as const),
    ...(['customer', 'conversation', 'lines'] as const),
  ],
  'order.payment_reminded': ['reminders'],
  'order.held': ['holds'],
  'order.released': ['releases'],
  'order.faulted': ['faults'],
  'return.requested': ['requested', 'wants', 'contract', 'order'],
  'return.confirmed': ['confirmed', 'approved'],
  'complaint.opened': ['opened', 'about', 'sale', 'customer', 'order'],
  'complaint.contacted': ['contacted', 'founded'],
  'inquiry.left': ['left', 'repair'],
}

/** The facts that an event of a type may change; of no others can it tell anything. */
export function factsToldBy(type: MilestoneEvent['type']): readonly string[] {
  return TOLD[type] ?? [partsOf(type).step]
}

/** Takes an event's news into the subject's facts. */
export function learn(subject: Milestones, event: MilestoneEvent): void {
  const { time } = event
  switch (event.type) {
    case 'order.placed': {
      const order = subject as Order
      if (!mark(order, 'placed', time)) return
      order.payLater = event.data.paid === false
      order.paidAtOnce = event.data.paid === true
      order.contract = event.data.contract === true
      const { destination, region, customer, conversation, lines } = event.data
      tell(order, { destination, region, customer, conversation, lines: lines && bySku(lines) })
      return
    }
    case 'order.payment_reminded':
      return insert(subject as Order, 'reminders', time)
    case 'order.held':
      return insert(subject as Order, 'holds', time)
    case 'order.released':
      return insert(subject as Order, 'releases', time)
    case 'order.faulted':
      return addFault(subject as Order, time, event.data.kind)
    case 'return.requested': {
      const request = subject as Return
      if (!mark(request, 'requested', time)) return
      request.wants = event.data.kind
      request.contract = event.data.contract === true
      request.order = event.data.order
      return
    }
    case 'return.confirmed':
      if (event.data.approved) mark(subject as Return, 'approved', time)
      mark(subject as Return, 'confirmed', time)
      return
    case 'complaint.opened': {
      if (!mark(subject as Complaint, 'opened', time)) return
      const { kind: about, sale, customer, order } = event.data
      return tell(subject as Complaint, { about, sale, customer, order })
    }
    case 'complaint.contacted':
      if (event.data.confirmed === true) mark(subject as Complaint, 'founded', time)
      mark(subject as Complaint, 'contacted', time)
      return
    case 'inquiry.left':
      if (mark(subject as Inquiry, 'left', time)) {
        ;(subject as Inquiry).repair = event.data.kind === undefined || event.data.kind === 'repair'
      }
      return
    default:
      mark(subject, partsOf(event.type).step, time)
  }
}

/** What it follows from when an order counts. */
export const EFFECTIVE = ['payLater', 'placed', 'paid'] as const

/** An order counts from here: when it was placed or, placed unpaid, when it was paid. */
export function effectiveAt(order: Pick<Order, (typeof EFFECTIVE)[number]>): Instant {
  return order.payLater === true || order.placed === undefined ? order.paid : order.placed
}

export function later(a: Instant, b: Instant): Instant {
  return a === undefined || b === undefined ? undefined : Math.max(a, b)
}

export function earlier(a: Instant, b: Instant): Instant {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b)
}

/** The first of `times` (ascending) at or after `from`. */
export function firstFrom(times: readonly number[] | undefined, from: number): Instant {
  return times?.find((time) => time >= from)
}

/** Keeps the earliest; true when this event is the earliest so far. The first recorded wins a tie. */
function mark(subject: Milestones, step: string, time: number): boolean {
  const facts = subject as unknown as Record<string, number | undefined>
  const known = facts[step]
  if (known !== undefined && known <= time) return false
  facts[step] = time
  return true
}

/** What the telling event says takes the place of what another said; what it leaves out is not known. */
function tell<S extends Milestones>(subject: S, told: { [K in keyof S]?: S[K] | undefined }): void {
  for (const key of Object.keys(told) as (keyof S)[]) {
    const value = told[key]
    subject[key] = value as S[keyof S]
  }
}

function bySku(lines: readonly { sku: string; qty: number }[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const { sku, qty } of lines) counts.set(sku, (counts.get(sku) ?? 0) + qty)
  return [...counts]
}

function addFault(order: Order, time: number, kind: FaultKind): void {
  order.faults = [...(order.faults ?? []), [time, kind] as [number, FaultKind]].sort(
    (a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1),
  )
}

function insert(order: Order, list: 'reminders' | 'holds' | 'releases', time: number): void {
  order[list] ??= []
  const times = order[list]
  let i = times.length
  while (i > 0 && (times[i - 1] as number) > time) i--
  times.splice(i, 0, time)
}
