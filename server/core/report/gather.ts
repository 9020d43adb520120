/** One walk over the floor: everything of a window that the figures are made of. */
import { bookOf, type Clock, FIRST_RESPONSE, REPLY_WAIT, ruleOf } from '../clocks.ts'
import { clocksOf } from '../conversations.ts'
import type { Complaint, Order, Return } from '../milestones.ts'
import type { SampleDay } from '../samples.ts'
import type { Floor } from '../state.ts'
import type { Subject } from '../subjects.ts'
import { hear, newTalk, type Talk } from './talk.ts'

/** An answer of the chat desk, in working time of its rule. */
export interface Answer {
  rule: number
  ms: number
  at: number
  agent: string | undefined
  queue: string | undefined
}

/** A first response or a reply, met or breached, and whose it was when that was decided. */
export interface Decision {
  rule: number
  met: boolean
  at: number
  agent: string | undefined
  queue: string | undefined
}

/** What was decided under a rule. Most is met, and of that only the number is kept. */
export interface Decided {
  met: number
  breached: Clock[]
}

export interface Gathered {
  floor: Floor
  from: number
  to: number
  /** The end of the window, or now where it is still running. */
  until: number
  /** By rule, in the window. */
  decided: Map<string, Decided>
  /** Of the chat desk's two rules, in the window. */
  decisions: Decision[]
  /** Given in the window, late ones too. */
  answers: Answer[]
  talk: Talk
  /** All that the floor remembers. */
  orders: Map<string, Order>
  returns: Map<string, Return>
  complaints: Map<string, Complaint>
  /** Of the window's days. */
  samples: SampleDay[]
  isIn(instant: number | undefined): boolean
}

export function gather(floor: Floor, from: number, to: number): Gathered {
  const all: Gathered = {
    floor,
    from,
    to,
    until: Math.min(to, Math.max(from, floor.now)),
    decided: new Map(),
    decisions: [],
    answers: [],
    talk: newTalk(),
    orders: new Map(),
    returns: new Map(),
    complaints: new Map(),
    samples: samplesOf(floor, from, to),
    isIn: (instant) => instant !== undefined && instant >= from && instant < to,
  }
  // What became of a closed conversation is decided by its last turn.
  for (const conversation of inOrder(floor.conversations.seen(from))) {
    takeClocks(all, clocksOf(floor, conversation))
    hear(all, conversation)
  }
  for (const [kind, shelf] of Object.entries(floor.subjects))
    for (const subject of inOrder(shelf.seen())) {
      takeClocks(all, subject.clocks)
      keep(all, kind as Subject['facts']['kind'], subject)
    }
  for (const sku of floor.skus.values()) takeClocks(all, sku.clocks)
  return all
}

/** A report is the same in whatever order a floor keeps what is on it. */
const inOrder = <T extends { id: string }>(things: Iterable<T>): T[] =>
  [...things].sort((a, b) => (a.id < b.id ? -1 : 1))

function takeClocks(all: Gathered, clocks: readonly Clock[]): void {
  for (const clock of clocks) {
    const { rule, outcome, outcomeAt, answeredAt, answeredMs } = clock
    if (outcome !== 'none' && all.isIn(outcomeAt)) decide(all, clock)
    if (answeredAt === undefined || !all.isIn(answeredAt)) continue
    const { agent, queue } = clock.decidedBy ?? clock
    all.answers.push({ rule, ms: answeredMs, at: answeredAt, agent, queue })
  }
}

function decide({ decided, decisions }: Gathered, clock: Clock): void {
  const { rule, outcome, outcomeAt: at, outcomeAgent: agent, outcomeQueue: queue } = clock
  const { id } = ruleOf(clock)
  const ofRule = decided.get(id) ?? { met: 0, breached: [] }
  decided.set(id, ofRule)
  const met = outcome === 'met'
  if (met) ofRule.met++
  else ofRule.breached.push(clock)
  if (rule === FIRST_RESPONSE || rule === REPLY_WAIT) decisions.push({ rule, met, at, agent, queue })
}

function keep({ orders, returns, complaints }: Gathered, kind: Subject['facts']['kind'], { id, facts }: Subject): void {
  if (kind === 'order') orders.set(id, facts as Order)
  else if (kind === 'return') returns.set(id, facts as Return)
  else if (kind === 'complaint') complaints.set(id, facts as Complaint)
}

function samplesOf(floor: Floor, from: number, to: number): SampleDay[] {
  const { zone } = floor.book
  const last = zone.dayOf(to - 1)
  return [...floor.samples].flatMap(([day, sums]) => (day >= zone.dayOf(from) && day <= last ? [sums] : []))
}

/** So late was a breached clock answered or given up; one still open, until now. By the wall clock. */
export function latenessOf({ floor }: Gathered, { stop, end, due }: Clock): number {
  return Math.max(0, (stop ?? end ?? floor.now) - due)
}

/** How long an answer took in its rule's working time. */
export function tookOf(floor: Floor, clock: Clock): number | undefined {
  return clock.stop === undefined
    ? undefined
    : bookOf(floor, clock).calendars[ruleOf(clock).calendar].elapsed(clock.start, clock.stop)
}
