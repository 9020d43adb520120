/**
 * Takes a customer's identity out of events and of the floor. The figures keep: what named the customer names a pseudonym
 * instead, one and the same everywhere, so whoever wrote again or complained twice still did.
 */
import { type EventType, OWN_SOURCE, ownEventData, sourceEventData } from './events.ts'
import type { Complaint, Order, Return } from './milestones.ts'
import type { Floor } from './state.ts'

/** What is a customer's, by the ids of each kind. */
export interface Belongings {
  conversation: Set<string>
  order: Set<string>
  return: Set<string>
  complaint: Set<string>
  /** Conversations that name somebody else. */
  othersTalk: Set<string>
}
export type BelongingKind = Exclude<keyof Belongings, 'othersTalk'>

interface Told {
  source: string
  type: string
  subject: string
  data?: Record<string, unknown>
}

const SCHEMAS = { ...sourceEventData, ...ownEventData }
/** Attributes of an event that say what it is; any other a source has added itself. */
const ATTRIBUTES = ['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype', 'data']
/** Fields that people fill in their own words. */
const WORDS = ['text', 'note', 'reason', 'cause', 'followUp']
const ERASED = 'erased'

export const noBelongings = (): Belongings => ({
  conversation: new Set(),
  order: new Set(),
  return: new Set(),
  complaint: new Set(),
  othersTalk: new Set(),
})

/** The kind of subject an event is about, if one that can be a customer's. */
export function kindOf(type: string): BelongingKind | undefined {
  const [kind = ''] = type.split('.', 1)
  if (kind === 'message') return 'conversation'
  return kind === 'conversation' || kind === 'order' || kind === 'return' || kind === 'complaint' ? kind : undefined
}

/** Adds what an event shows to be the customer's: what names them, and what came of it. Events go in order of seq. */
export function gather({ type, subject, data = {} }: Told, customer: string, belongings: Belongings): void {
  const kind = kindOf(type)
  if (kind === undefined) return
  const { conversation, order } = data
  const isTheirs =
    data.customer === customer ||
    (data.customer === undefined &&
      ((kind === 'order' && typeof conversation === 'string' && belongings.conversation.has(conversation)) ||
        ((kind === 'return' || kind === 'complaint') && typeof order === 'string' && belongings.order.has(order))))
  if (isTheirs) belongings[kind].add(subject)
  if (kind === 'conversation' && data.customer !== undefined && !isTheirs) belongings.othersTalk.add(subject)
  // What led to an order of theirs was their talk too, where it names nobody.
  if (kind === 'order' && data.customer === customer && typeof conversation === 'string')
    if (!belongings.othersTalk.has(conversation)) belongings.conversation.add(conversation)
}

/**
 * The event without the identity; undefined when it holds nothing of it. Of what is the customer's, all that a source has
 * added beyond what is known goes too, as do their own words and the number of their parcel.
 */
export function withoutIdentity<T extends Told>(
  event: T,
  customer: string,
  pseudonym: string,
  belongings: Belongings,
): T | undefined {
  const kind = kindOf(event.type)
  const isTheirs = kind !== undefined && event.source !== OWN_SOURCE && belongings[kind].has(event.subject)
  const data = renamed(event.data ?? {}, customer, pseudonym)
  const left = isTheirs ? { ...only(event, ATTRIBUTES), data: stripped(event.type, data) } : { ...event, data }
  if (event.data === undefined && Object.keys(left.data).length === 0) delete (left as Told).data
  return JSON.stringify(left) === JSON.stringify(event) ? undefined : (left as T)
}

/** As if the customer had been called by the pseudonym from the beginning. */
export function renameCustomer(floor: Floor, customer: string, pseudonym: string, belongings: Belongings): void {
  floor.customers.rename(customer, pseudonym)
  for (const alert of floor.alerts.putDown.values())
    if (alert.note !== undefined) alert.note = renamedIn(alert.note, customer, pseudonym)
  const out = [...floor.conversations.out()].filter((c) => c.customer === customer).map(({ id }) => id)
  for (const id of belongings.conversation.union(new Set(out))) {
    const conversation = floor.conversations.get(id)
    if (conversation === undefined) continue
    if (conversation.customer === customer) conversation.customer = pseudonym
    for (const turn of conversation.turns) if (turn.kind === 'opened' && turn.more === customer) turn.more = pseudonym
  }
  for (const kind of ['order', 'complaint'] as const) {
    const shelf = floor.subjects[kind]
    const out = [...shelf.out()].map(({ id }) => id)
    for (const id of belongings[kind].union(new Set(out))) {
      const facts = shelf.get(id)?.facts as Order | Complaint | undefined
      if (facts?.customer === customer) facts.customer = pseudonym
    }
  }
}

/** The same for whatever is the customer's on the floor. @returns what that was */
export function renameAll(floor: Floor, customer: string, pseudonym: string): Belongings {
  const belongings = noBelongings()
  const { conversation, order, complaint, othersTalk } = belongings
  for (const { id, customer: named } of floor.conversations.seen()) {
    if (named === customer) conversation.add(id)
    else if (named !== undefined) othersTalk.add(id)
  }
  for (const { id, facts } of floor.subjects.order.seen()) {
    const { customer: named, conversation: from = '' } = facts as Order
    if (named === customer || (named === undefined && conversation.has(from))) order.add(id)
    if (named === customer && from !== '' && !othersTalk.has(from)) conversation.add(from)
  }
  for (const { id, facts } of floor.subjects.complaint.seen()) {
    const { customer: named, order: of = '' } = facts as Complaint
    if (named === customer || (named === undefined && order.has(of))) complaint.add(id)
  }
  for (const { id, facts } of floor.subjects.return.seen())
    if (order.has((facts as Return).order ?? '')) belongings.return.add(id)
  renameCustomer(floor, customer, pseudonym, belongings)
  return belongings
}

/** Whether an event that was refused, and may say anything anywhere, names a customer: as a word, and not in its time. */
export function namesCustomer(body: string, customer: string): boolean {
  const word = wordOf(customer)
  const names = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return String(value).search(word) !== -1
    return Object.entries(value).some(([key, one]) => key !== 'time' && (key.search(word) !== -1 || names(one)))
  }
  try {
    return names(JSON.parse(body))
  } catch {
    return names(body)
  }
}

/** Whoever is called c1 is not named where c10 is. */
const wordOf = (customer: string) => new RegExp(`(?<![A-Za-z0-9_])${RegExp.escape(customer)}(?![A-Za-z0-9_])`, 'g')

/** A text of people's own words, with another name for the customer. */
export const renamedIn = (text: string, customer: string, pseudonym: string): string =>
  text.replace(wordOf(customer), pseudonym)

function renamed(data: Record<string, unknown>, customer: string, pseudonym: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => {
      if (key === 'customer') return [key, value === customer ? pseudonym : value]
      if (!WORDS.includes(key) || typeof value !== 'string') return [key, value]
      return [key, renamedIn(value, customer, pseudonym)]
    }),
  )
}

/** What the floor knows to read, and of that no words of the customer's. */
function stripped(type: string, data: Record<string, unknown>): Record<string, unknown> {
  const schema = SCHEMAS[type as EventType]
  const known = only(data, Object.keys(schema.shape))
  if (Array.isArray(known.lines)) known.lines = known.lines.map((line) => only(line, ['sku', 'qty']))
  if (known.trackingNumber !== undefined) known.trackingNumber = ERASED
  if (type === 'return.requested') delete known.reason
  return known
}

function only(object: object, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => keys.includes(key)))
}
