/**
 * Every event the floor understands, one line each: what its subject is and what its data may say.
 * Unknown extra fields are kept in the log and ignored here; an unknown type is refused at the door.
 */
import { z } from 'zod'
import { TIERS } from './shop.ts'

const id = z.string().min(1).max(200)
const text = z.string().max(500)
/** Sums of numbers up to this stay numbers. */
const MOST = Number.MAX_SAFE_INTEGER
const count = z.number().int().min(0)
const amount = z.number().min(0).max(MOST)
const signed = z.number().min(-MOST).max(MOST)
const by = { by: text.optional() }

const data = {
  'agent.registered': z.looseObject({
    name: text,
    queues: z.array(id).max(100),
    capacity: count.optional(),
    tier: z.enum(TIERS).optional(),
  }),
  'agent.status_changed': z.looseObject({
    status: z.enum(['online', 'busy', 'away', 'offline']),
    reason: text.optional(),
    ...by,
  }),
  'agent.moved': z.looseObject({ queues: z.array(id).max(100), ...by }),

  'conversation.opened': z.looseObject({ queue: id, customer: id.optional(), channel: text.optional() }),
  'conversation.assigned': z.looseObject({ agent: id, ...by }),
  'conversation.returned': z.looseObject({ ...by }),
  'conversation.moved': z.looseObject({ queue: id, ...by }),
  'conversation.closed': z.looseObject({ outcome: z.enum(['answered', 'abandoned', 'ordered']).optional() }),
  'conversation.rated': z.looseObject({ score: z.number().int().min(1).max(5) }),
  'message.received': z.looseObject({ chars: count.optional() }),
  'message.sent': z.looseObject({
    agent: id.optional(),
    auto: z.enum(['first_contact', 'busy', 'away', 'over_capacity']).optional(),
    chars: count.optional(),
    typingMs: amount.optional(),
  }),

  'order.placed': z.looseObject({
    lines: z
      .array(z.looseObject({ sku: id, qty: amount }))
      .max(1000)
      .optional(),
    amount: signed.optional(),
    paid: z.boolean().optional(),
    contract: z.boolean().optional(),
    destination: z.enum(['same_city', 'other_city']).optional(),
    region: z.enum(['city', 'county', 'township']).optional(),
    customer: id.optional(),
    conversation: id.optional(),
  }),
  'order.paid': z.looseObject({ ...by }),
  'order.confirmed': z.looseObject({ ...by }),
  'order.callback_promised': z.looseObject({ ...by }),
  'order.packed': z.looseObject({ ...by }),
  'order.bound': z.looseObject({ ...by }),
  'order.tracked': z.looseObject({ carrier: text, trackingNumber: text }),
  'order.collected': z.looseObject({ wave: text.optional(), ...by }),
  'order.delivered': z.looseObject({ ...by }),
  'order.payment_reminded': z.looseObject({ ...by }),
  'order.held': z.looseObject({ ...by }),
  'order.released': z.looseObject({ ...by }),
  'order.cancel_requested': z.looseObject({ ...by }),
  'order.cancelled': z.looseObject({ ...by }),
  'order.refund_notified': z.looseObject({ ...by }),
  'order.refunded': z.looseObject({ ...by }),
  'order.faulted': z.looseObject({ kind: z.enum(['handling', 'defect', 'packaging', 'waybill']) }),

  'return.requested': z.looseObject({
    order: id,
    kind: z.enum(['return', 'exchange']),
    reason: text.optional(),
    contract: z.boolean().optional(),
  }),
  'return.confirmed': z.looseObject({ approved: z.boolean() }),
  'return.refund_notified': z.looseObject({ ...by }),
  'return.refunded': z.looseObject({ ...by }),
  'return.unbind_notified': z.looseObject({ ...by }),
  'return.unbound': z.looseObject({ ...by }),
  'return.reissue_notified': z.looseObject({ ...by }),
  'return.reissued': z.looseObject({ ...by }),
  'return.rebound': z.looseObject({ ...by }),
  'return.received': z.looseObject({ ...by }),
  'return.inspected': z.looseObject({ ...by }),
  'return.closed': z.looseObject({ ...by }),

  'stock.changed': z.looseObject({
    onHand: signed,
    low: amount.optional(),
    hot: z.boolean().optional(),
    name: text.optional(),
    category: text.optional(),
  }),
  'stock.supplier_contacted': z.looseObject({ eta: text.optional(), ...by }),
  'stock.shortage_announced': z.looseObject({ eta: text.optional(), ...by }),

  'pickup.arrived': z.looseObject({ carrier: text.optional() }),

  'complaint.opened': z.looseObject({
    kind: z.enum(['refund', 'logistics', 'service']),
    order: id.optional(),
    customer: id.optional(),
    sale: z.enum(['online', 'reservation']).optional(),
  }),
  'complaint.contacted': z.looseObject({ confirmed: z.boolean().optional(), ...by }),
  'complaint.escalated': z.looseObject({ to: text.optional(), ...by }),
  'complaint.resolved': z.looseObject({ ...by }),

  'inquiry.left': z.looseObject({ kind: text.optional() }),
  'inquiry.answered': z.looseObject({ kind: text.optional() }),

  'platform.sampled': z.looseObject({
    visits: count.optional(),
    responseMs: amount.optional(),
    logins: count.optional(),
    loginFailures: count.optional(),
    paymentDrops: count.optional(),
  }),
  'audit.recorded': z.looseObject({
    kind: z.enum(['packaging', 'waybill_stub', 'report']),
    checked: count,
    passed: count,
  }),
} as const

/** Written by settings and commands only; from a source they are refused. */
const ownData = {
  'shop.configured': z.looseObject({ name: text.optional(), timezone: text.optional() }),
  /** The whole handbook of the shop's own; `effectiveAt` (RFC 3339): from when on, at once when left out or past. */
  'handbook.changed': z.looseObject({
    handbook: z.unknown(),
    reason: text.optional(),
    effectiveAt: text.optional(),
    ...by,
  }),
  /** `released`: nobody has it any more, as where it was taken by mistake. */
  'alert.acknowledged': z.looseObject({ to: text.optional(), released: z.boolean().optional(), ...by }),
  'alert.snoozed': z.looseObject({ until: text, released: z.boolean().optional(), ...by }),
  /** `reopened`: a person had resolved it and takes that back. */
  'alert.resolved': z.looseObject({ note: text.optional(), reopened: z.boolean().optional(), ...by }),
  /**
   * About the shop, or what is written about a figure of a report, whose subject it then has. `withdrawn`: what the
   * event that `was` names by its id says is taken back.
   */
  'note.added': z.looseObject({
    text: z.string().max(5000),
    cause: z.string().optional(),
    followUp: z.string().optional(),
    withdrawn: z.boolean().optional(),
    ...by,
  }),
} as const

export const sourceEventData = data
export const ownEventData = ownData

type DataSchemas = typeof data & typeof ownData
export type EventType = keyof DataSchemas
export type SourceEventType = keyof typeof data
export type OwnEventType = keyof typeof ownData
export type EventData<T extends EventType> = z.output<DataSchemas[T]>

/**
 * An event as the log holds it. `time` is when it happened by its source's clock, never later than `recordedAt`;
 * both in epoch milliseconds. `seq` counts 1, 2, 3 … per shop without gaps.
 */
export type RecordedEvent<T extends EventType = EventType> = {
  [K in T]: {
    seq: number
    recordedAt: number
    time: number
    source: string
    id: string
    type: K
    subject: string
    data: EventData<K>
  }
}[T]

/** The `source` of events the product writes itself: settings and commands. It is never listed among the sources. */
export const OWN_SOURCE = 'floorwatch'
