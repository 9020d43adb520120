/** How conversations, and orders, returns, complaints and inquiries are put away. */
import { type Alerts, alertIdOf } from './alerts.ts'
import type { Clock } from './clocks.ts'
import type { Conversation } from './conversations.ts'
import type { Heap } from './heap.ts'
import { heardAt, type PackedConversation, packConversation, unpackConversation } from './packConversation.ts'
import { type PackedSubject, packSubject, unpackSubject } from './packSubject.ts'
import { Shelf } from './shelf.ts'
import type { Timer } from './state.ts'
import type { Subject } from './subjects.ts'

/** An open conversation is referred to by its queue and its agent. */
export function conversationShelf(timers: Heap<Timer>, alerts: Alerts): Shelf<Conversation, PackedConversation> {
  return new Shelf<Conversation, PackedConversation>(timers, {
    mayRest: ({ open }) => !open,
    heardAt,
    pack: packConversation,
    read: unpackConversation,
    revive: (conversation) => revived(conversation, timers, alerts),
  })
}

export function subjectShelf(timers: Heap<Timer>, alerts: Alerts): Shelf<Subject, PackedSubject> {
  return new Shelf<Subject, PackedSubject>(timers, {
    mayRest: () => true,
    heardAt: (subject) => subject.heardAt,
    pack: packSubject,
    read: unpackSubject,
    revive: (subject) => revived(subject, timers, alerts),
  })
}

/** Sets a clock going that was read: it finds its alert and its timer. */
export function revive(clock: Clock, timers: Heap<Timer>, alerts: Alerts): void {
  if (clock.rung !== 'none') clock.alert = alerts.find(alertIdOf(clock))
  if (!Number.isNaN(clock.timerAt)) timers.push(clock.timerAt, clock)
}

function revived<T extends { clocks: Clock[] }>(thing: T, timers: Heap<Timer>, alerts: Alerts): T {
  for (const clock of thing.clocks) revive(clock, timers, alerts)
  return thing
}
