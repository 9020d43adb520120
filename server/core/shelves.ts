/** How conversations, and orders, returns, complaints and inquiries are put away. */
import type { Clock } from './clocks.ts'
import type { Conversation } from './conversations.ts'
import type { Heap } from './heap.ts'
import { heardAt, type PackedConversation, packConversation, unpackConversation } from './packConversation.ts'
import { type PackedSubject, packSubject, unpackSubject } from './packSubject.ts'
import { Shelf } from './shelf.ts'
import type { Timer } from './state.ts'
import type { Subject } from './subjects.ts'

/** An open conversation is referred to by its queue and its agent. */
export function conversationShelf(timers: Heap<Timer>): Shelf<Conversation, PackedConversation> {
  return new Shelf<Conversation, PackedConversation>(timers, {
    mayRest: ({ open }) => !open,
    heardAt,
    pack: packConversation,
    read: unpackConversation,
    revive: (conversation) => revived(conversation, timers),
  })
}

export function subjectShelf(timers: Heap<Timer>): Shelf<Subject, PackedSubject> {
  return new Shelf<Subject, PackedSubject>(timers, {
    mayRest: () => true,
    heardAt: (subject) => subject.heardAt,
    pack: packSubject,
    read: unpackSubject,
    revive: (subject) => revived(subject, timers),
  })
}

/** The timer of a clock that was read is set. */
export function revive(clock: Clock, timers: Heap<Timer>): void {
  if (!Number.isNaN(clock.timerAt)) timers.push(clock.timerAt, clock)
}

function revived<T extends { clocks: Clock[] }>(thing: T, timers: Heap<Timer>): T {
  for (const clock of thing.clocks) revive(clock, timers)
  return thing
}
