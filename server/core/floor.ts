/**
 * The floor: one pure fold of a shop's log. `apply` takes the next event in, `advance` moves time on; live and replay
 * are the same two calls. No clock is read here and nothing is left to chance.
 */

import { applyAgent } from './agents.ts'
import { act, wake } from './alertActs.ts'
import { ALERTS_SHOWN, Alerts } from './alerts.ts'
import { judgeAutoReply } from './autoReply.ts'
import { Book } from './book.ts'
import { refresh } from './clocks.ts'
import { Conditions, look, markRate } from './conditions.ts'
import { beginPlanned, configure } from './configure.ts'
import { applyConversation } from './conversations.ts'
import { Customers } from './customers.ts'
import { OWN_SOURCE, type RecordedEvent } from './events.ts'
import { forget } from './forget.ts'
import { Heap } from './heap.ts'
import { JUDGES } from './judges.ts'
import { nextReminderAt } from './reminders.ts'
import { addSample } from './samples.ts'
import { conversationShelf, subjectShelf } from './shelves.ts'
import type { ShopConfig } from './shop.ts'
import { hear } from './sources.ts'
import type { Floor, Timer } from './state.ts'
import { applyStock } from './stock.ts'
import { applyMilestone } from './subjects.ts'
import { Tallies } from './tallies.ts'

export { type AlertRecord, following, handlingOf, takeAlertChanges } from './alertRecord.ts'
export { drawView } from './drawView.ts'
export { liftSaved } from './liftSaved.ts'
export type { Page } from './pages.ts'
export type { EncodedFloor, SavedFloor } from './savedFloor.ts'
export { decodeFloor, encodeChanges, encodeFloor, readSaved } from './snapshot.ts'
export type { Floor } from './state.ts'

/** An empty floor, before the beginning of time. @throws RangeError when the timezone is unknown. */
export function createFloor(config: ShopConfig): Floor {
  const book = new Book(config)
  const tallies = new Tallies()
  tallies.dayEnd = Number.NEGATIVE_INFINITY
  const timers = new Heap<Timer>()
  return {
    config,
    versions: [{ from: Number.NEGATIVE_INFINITY, config, book }],
    book,
    handbookSeq: 0,
    planned: undefined,
    seq: 0,
    now: Number.NEGATIVE_INFINITY,
    timers,
    tallies,
    alerts: new Alerts(),
    conditions: new Conditions(),
    conversations: conversationShelf(timers),
    queues: new Map(),
    agents: new Map(),
    subjects: {
      order: subjectShelf(timers),
      return: subjectShelf(timers),
      complaint: subjectShelf(timers),
      inquiry: subjectShelf(timers),
    },
    skus: new Map(),
    pickups: { waves: new Map() },
    sources: new Map(),
    customers: new Customers(),
    samples: new Map(),
  }
}

/** Folds the next event of the log: what falls due before its recordedAt comes first. Events come in order of seq. */
export function apply(floor: Floor, event: RecordedEvent): void {
  run(floor, event.recordedAt - 1)
  if (event.recordedAt > floor.now) moveTo(floor, event.recordedAt)
  floor.seq = event.seq
  if (event.source !== OWN_SOURCE) hear(floor, event.source)
  fold(floor, event)
}

/** Moves time on to `now` (epoch ms): all that falls due up to and including it. Earlier than the floor's now: nothing. */
export function advance(floor: Floor, now: number): void {
  run(floor, now)
  if (now > floor.now) moveTo(floor, now)
  run(floor, now)
}

/** The next instant at which time alone may change something; Infinity when nothing is to come. */
export function nextDueAt(floor: Floor): number {
  const { first, reply, day, dayEnd } = floor.tallies
  const wave = floor.book.pickups.wavesOn(day).find(({ at }) => at >= floor.now)
  const wavePasses = wave === undefined ? dayEnd : wave.at + 1
  return Math.min(
    plannedAt(floor),
    nextReminder(floor),
    floor.timers.next,
    first.recent.nextExit,
    reply.recent.nextExit,
    wavePasses,
    dayEnd,
  )
}

/** Of the alerts that a view shows. */
function nextReminder({ alerts, book, now }: Floor): number {
  let next = Number.POSITIVE_INFINITY
  for (const alert of alerts.worst(ALERTS_SHOWN, ['breach']))
    next = Math.min(next, nextReminderAt(book.remindMs, alert, now))
  return next
}

function fold(floor: Floor, event: RecordedEvent): void {
  switch (event.type) {
    case 'agent.registered':
    case 'agent.status_changed':
    case 'agent.moved':
      return applyAgent(floor, event)
    case 'conversation.opened':
    case 'conversation.assigned':
    case 'message.received': {
      const conversation = applyConversation(floor, event)
      const turn =
        event.type === 'message.received' ? 'received' : event.type === 'conversation.opened' ? 'opened' : 'assigned'
      return judgeAutoReply(floor, conversation, turn, event.time)
    }
    case 'conversation.returned':
    case 'conversation.moved':
    case 'conversation.closed':
    case 'conversation.rated':
    case 'message.sent':
      applyConversation(floor, event)
      return
    case 'stock.changed':
    case 'stock.supplier_contacted':
    case 'stock.shortage_announced':
      return applyStock(floor, event)
    case 'shop.configured':
    case 'handbook.changed':
      return configure(floor, event)
    case 'alert.acknowledged':
    case 'alert.snoozed':
    case 'alert.resolved':
      return act(floor, event)
    case 'platform.sampled':
    case 'audit.recorded':
      return addSample(floor, event)
    case 'pickup.arrived':
    case 'note.added':
      return
    default:
      return applyMilestone(floor, event)
  }
}

/**
 * Lets everything happen that falls due up to `limit`. At each instant first what falls due, then the conditions that
 * were marked: they are judged on the instant as a whole, before time moves on.
 */
function run(floor: Floor, limit: number): void {
  if (floor.now > limit) return
  for (;;) {
    const { first, reply } = floor.tallies
    const next = Math.min(plannedAt(floor), floor.timers.next, first.recent.nextExit, reply.recent.nextExit)
    if (next <= floor.now) fire(floor)
    else if (floor.conditions.marked.length > 0) judgeMarked(floor)
    else if (next <= limit) moveTo(floor, next)
    else return
  }
}

const plannedAt = ({ planned }: Floor): number => planned?.at ?? Number.POSITIVE_INFINITY

/** Sets the clock; the local day turns with it, and a handbook that was planned begins before anything else happens. */
function moveTo(floor: Floor, now: number): void {
  floor.now = now
  if (now >= floor.tallies.dayEnd) {
    floor.tallies.startDay(floor.book.zone, now)
    forget(floor)
  }
  if (now >= plannedAt(floor)) beginPlanned(floor)
}

function fire(floor: Floor): void {
  const { now, tallies, timers } = floor
  for (const queue of tallies.first.recent.expire(now)) markRate(floor, queue)
  tallies.reply.recent.expire(now)
  while (timers.next <= now) {
    const timer = timers.pop()
    // A stale entry: the timer was moved or taken back.
    if (!(timer.timerAt <= now)) continue
    const at = timer.timerAt
    timer.timerAt = Number.NaN
    fireOne(floor, timer, at)
  }
}

function fireOne(floor: Floor, timer: Timer, at: number): void {
  switch (timer.kind) {
    case 'clock':
      return refresh(floor, timer)
    case 'ring':
      floor.conditions.markRing(timer)
      return
    case 'snooze':
      return wake(floor, timer.alert, at)
    case 'sealed':
      return timer.open()
    default:
      timer satisfies never
  }
}

function judgeMarked(floor: Floor): void {
  for (const ring of floor.conditions.takeMarked()) look(floor, ring, JUDGES[ring.rule])
}
