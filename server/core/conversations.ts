/**
 * A conversation is the list of its turns in order of their time; queue, agent, episode and clocks follow from it.
 * A turn that comes in order is taken as one more step; one that comes late has the whole list stepped through again.
 */
import { type Agent, touchAgent } from './agents.ts'
import { type Duty, dutyClocks } from './autoReply.ts'
import { arm, assume, type Clock, FIRST_RESPONSE, isRunning, REPLY_WAIT, refresh, remove } from './clocks.ts'
import type { RecordedEvent } from './events.ts'
import { place } from './placement.ts'
import type { Floor } from './state.ts'
import { addCount } from './tallies.ts'

export interface Queue {
  id: string
  /** Open conversations. */
  active: number
  /** Open, no human has answered in this episode. */
  waiting: Set<Conversation>
  /** Waiting without an agent. */
  unassigned: number
  /** Open, answered before, and the customer waits. */
  awaiting: number
  /** Its agents with status online. */
  online: number
}

/** What happened, as far as it changes anything. `who` is the agent, the queue, or the trigger of an auto-reply. */
export interface Turn {
  time: number
  kind: 'opened' | 'assigned' | 'returned' | 'moved' | 'received' | 'sent' | 'auto' | 'closed' | 'abandoned' | 'rated'
  who?: string | undefined
  /** opened: the customer. auto: the agent. */
  more?: string | undefined
}

/** A figure of the day that a turn adds to. */
interface Note {
  figure: 'abandoned' | 'autoReplies'
  key: string
  at: number
}

export interface Conversation {
  id: string
  turns: Turn[]
  open: boolean
  queue: string | undefined
  agent: string | undefined
  customer: string | undefined
  /** A human has answered in this episode. */
  spoken: boolean
  openedAt: number | undefined
  closedAt: number | undefined
  /** Since when the customer waits for a human: the episode's opening, or the first unanswered message. */
  waitingSince: number | undefined
  first: Clock | undefined
  reply: Clock | undefined
  clocks: Clock[]
  notes: Note[]
  /** Clocks of closed episodes were let go: `clocks` holds only those since. */
  rested: boolean
  /** Auto-replies that were called for. */
  duties: Duty[]
  /** Where it is counted: see placement.ts. */
  at: { queue: Queue | undefined; agent: Agent | undefined; phase: 'none' | 'waiting' | 'awaiting' | 'talking' }
}

type ConversationEvent = RecordedEvent<Extract<RecordedEvent['type'], `conversation.${string}` | `message.${string}`>>

/** Folds one event of a conversation. */
export function applyConversation(floor: Floor, event: ConversationEvent): Conversation {
  const conversation = conversationOf(floor, event.subject)
  const turn = turnOf(event)
  for (const agent of [
    turn.kind === 'assigned' || turn.kind === 'sent' ? turn.who : undefined,
    turn.kind === 'auto' ? turn.more : undefined,
  ]) {
    if (agent !== undefined) touchAgent(floor, agent)
  }
  if (turn.who !== undefined && (turn.kind === 'opened' || turn.kind === 'moved')) queueOf(floor, turn.who)
  const last = conversation.turns.at(-1)
  const inOrder = last === undefined || turn.time > last.time || (turn.time === last.time && conversation.open)
  if (inOrder) {
    conversation.turns.push(turn)
    const touched: Clock[] = []
    const notes: Note[] = []
    step(floor, conversation, turn, touched, notes)
    for (const clock of touched) refresh(floor, clock)
    for (const note of notes) countNote(floor, note, 1)
    conversation.notes.push(...notes)
  } else insertLate(floor, conversation, turn)
  place(floor, conversation)
  rest(conversation)
  return conversation
}

/** Every clock of the conversation; those put to rest are worked out again. */
export function clocksOf(floor: Floor, conversation: Conversation): Clock[] {
  if (!conversation.rested) return conversation.clocks
  const live = new Set(conversation.clocks)
  return replay(floor, conversation).clocks.map((clock) => {
    const known = conversation.clocks.find((other) => live.has(other) && isSame(other, clock))
    if (known === undefined) assume(floor, clock)
    else live.delete(known)
    return known ?? clock
  })
}

export function conversationOf(floor: Floor, id: string): Conversation {
  let conversation = floor.conversations.get(id)
  if (conversation === undefined) {
    conversation = blank(id)
    floor.conversations.set(id, conversation)
  }
  return conversation
}

export function queueOf(floor: Floor, id: string): Queue {
  let queue = floor.queues.get(id)
  if (queue === undefined) {
    queue = { id, active: 0, waiting: new Set(), unassigned: 0, awaiting: 0, online: 0 }
    floor.queues.set(id, queue)
  }
  return queue
}

/** Works the conversation out from its turns alone; nothing is counted. */
export function replay(floor: Floor, conversation: Conversation): Conversation {
  const again = blank(conversation.id)
  again.turns = conversation.turns
  again.duties = conversation.duties
  for (const turn of conversation.turns) step(floor, again, turn, [], again.notes)
  again.clocks.push(...dutyClocks(floor, again))
  return again
}

/** Counts the conversation's figures of the day again: the day's figures were emptied. */
export function recountNotes(floor: Floor, conversation: Conversation): void {
  for (const note of conversation.notes) countNote(floor, note, 1)
}

function blank(id: string): Conversation {
  return {
    id,
    turns: [],
    open: false,
    queue: undefined,
    agent: undefined,
    customer: undefined,
    spoken: false,
    openedAt: undefined,
    closedAt: undefined,
    waitingSince: undefined,
    first: undefined,
    reply: undefined,
    clocks: [],
    notes: [],
    rested: false,
    duties: [],
    at: { queue: undefined, agent: undefined, phase: 'none' },
  }
}

function turnOf(event: ConversationEvent): Turn {
  const { time } = event
  switch (event.type) {
    case 'conversation.opened':
      return { time, kind: 'opened', who: event.data.queue, more: event.data.customer }
    case 'conversation.assigned':
      return { time, kind: 'assigned', who: event.data.agent }
    case 'conversation.returned':
      return { time, kind: 'returned' }
    case 'conversation.moved':
      return { time, kind: 'moved', who: event.data.queue }
    case 'conversation.closed':
      return { time, kind: event.data.outcome === 'abandoned' ? 'abandoned' : 'closed' }
    case 'conversation.rated':
      return { time, kind: 'rated' }
    case 'message.received':
      return { time, kind: 'received' }
    case 'message.sent':
      return event.data.auto === undefined
        ? { time, kind: 'sent', who: event.data.agent }
        : { time, kind: 'auto', who: event.data.auto, more: event.data.agent }
    default:
      return event satisfies never
  }
}

function step(floor: Floor, c: Conversation, turn: Turn, touched: Clock[], notes: Note[]): void {
  const { time } = turn
  fixDecided(c, time)
  switch (turn.kind) {
    case 'opened':
      if (turn.more !== undefined) c.customer = turn.more
      if (c.open) moveTo(c, turn.who, touched)
      else begin(floor, c, time, turn.who, touched)
      return
    case 'received':
      if (!c.open) begin(floor, c, time, c.queue, touched)
      else if (c.spoken && c.waitingSince === undefined) {
        c.waitingSince = time
        c.reply = armed(floor, c, REPLY_WAIT, time, touched)
      }
      return
    case 'sent': {
      const by = { queue: c.queue, agent: turn.who ?? c.agent }
      if (c.open) {
        answer(c.spoken ? c.reply : c.first, time, by, touched)
        c.spoken = true
        c.waitingSince = undefined
      } else if (time === c.closedAt) {
        // A stop beats an end at the same instant.
        const ended = c.clocks.find((clock) => clock.end === time && clock.stop === undefined)
        answer(ended, time, { queue: c.queue, agent: turn.who ?? ended?.agent }, touched)
      }
      return
    }
    case 'auto': {
      const agent = turn.more ?? c.agent
      if (c.open && agent !== undefined) notes.push({ figure: 'autoReplies', key: agent, at: time })
      for (const clock of c.clocks) {
        if (clock.trigger !== turn.who || clock.stop !== undefined || time < clock.start) continue
        clock.stop = time
        touched.push(clock)
      }
      return
    }
    case 'assigned':
      if (c.open) handTo(c, turn.who, touched)
      return
    case 'returned':
      if (c.open) handTo(c, undefined, touched)
      return
    case 'moved':
      if (c.open || c.openedAt === undefined) moveTo(c, turn.who, touched)
      return
    case 'closed':
    case 'abandoned':
      if (!c.open) return
      if (turn.kind === 'abandoned' && c.queue !== undefined)
        notes.push({ figure: 'abandoned', key: c.queue, at: time })
      end(c, time, touched)
      return
    case 'rated':
      return
    default:
      turn.kind satisfies never
  }
}

function begin(floor: Floor, c: Conversation, time: number, queue: string | undefined, touched: Clock[]): void {
  c.open = true
  c.spoken = false
  c.queue = queue
  c.agent = undefined
  c.openedAt = time
  c.waitingSince = time
  c.reply = undefined
  c.first = armed(floor, c, FIRST_RESPONSE, time, touched)
}

function end(c: Conversation, time: number, touched: Clock[]): void {
  for (const clock of c.clocks) {
    if (clock.end !== undefined || (clock.stop !== undefined && clock.stop <= time)) continue
    clock.end = time
    touched.push(clock)
  }
  c.open = false
  c.closedAt = time
  c.agent = undefined
  c.waitingSince = undefined
}

function armed(floor: Floor, c: Conversation, rule: number, time: number, touched: Clock[]): Clock | undefined {
  const clock = arm(floor, rule, c.id, time, true)
  if (clock === undefined) return undefined
  clock.queue = c.queue
  clock.agent = c.agent
  c.clocks.push(clock)
  touched.push(clock)
  return clock
}

function answer(clock: Clock | undefined, time: number, by: Clock['decidedBy'], touched: Clock[]): void {
  if (clock === undefined || clock.stop !== undefined) return
  clock.stop = time
  clock.decidedBy ??= by
  touched.push(clock)
}

/** Whoever had it at its due instant answers for a clock that something later than that is now known of. */
function fixDecided(c: Conversation, time: number): void {
  for (const clock of c.clocks) {
    if (clock.decidedBy === undefined && clock.due < time && isRunning(clock)) {
      clock.decidedBy = { queue: clock.queue, agent: clock.agent }
    }
  }
}

function moveTo(c: Conversation, queue: string | undefined, touched: Clock[]): void {
  c.queue = queue
  hold(c, touched)
}

function handTo(c: Conversation, agent: string | undefined, touched: Clock[]): void {
  c.agent = agent
  hold(c, touched)
}

function hold(c: Conversation, touched: Clock[]): void {
  for (const clock of c.clocks) {
    if (!isRunning(clock) || (clock.queue === c.queue && clock.agent === c.agent)) continue
    clock.queue = c.queue
    clock.agent = c.agent
    touched.push(clock)
  }
}

function insertLate(floor: Floor, conversation: Conversation, turn: Turn): void {
  const known = clocksOf(floor, conversation)
  const { turns } = conversation
  let i = turns.length
  while (i > 0 && (turns[i - 1] as Turn).time > turn.time) i--
  turns.splice(i, 0, turn)
  const again = replay(floor, conversation)
  again.clocks = reconcile(floor, known, again.clocks)
  again.first = sameAs(again.clocks, again.first)
  again.reply = sameAs(again.clocks, again.reply)
  for (const note of conversation.notes) countNote(floor, note, -1)
  for (const note of again.notes) countNote(floor, note, 1)
  again.at = conversation.at
  Object.assign(conversation, again)
}

/** The clocks as they now are, each carried by the object that the figures already know. */
function reconcile(floor: Floor, known: readonly Clock[], now: readonly Clock[]): Clock[] {
  const left = new Set(known)
  const result = now.map((clock) => {
    // Of two that started at one instant each finds its own.
    const before = known.find((other) => left.has(other) && isSame(other, clock))
    if (before === undefined) return clock
    left.delete(before)
    const { stop, end, queue, agent, decidedBy } = clock
    return Object.assign(before, { stop, end, queue, agent, decidedBy })
  })
  for (const clock of left) remove(floor, clock)
  for (const clock of result) refresh(floor, clock)
  return result
}

const isSame = (a: Clock, b: Clock) => a.rule === b.rule && a.start === b.start && a.trigger === b.trigger
const sameAs = (clocks: readonly Clock[], clock: Clock | undefined) =>
  clock && clocks.findLast((other) => isSame(other, clock))

function countNote(floor: Floor, note: Note, sign: 1 | -1): void {
  if (floor.tallies.isToday(note.at)) addCount(floor.tallies[note.figure], note.key, sign)
}

/** A closed conversation keeps only its turns: its clocks are decided and can be worked out again. */
function rest(c: Conversation): void {
  if (c.open || c.clocks.length === 0) return
  c.clocks = []
  c.first = undefined
  c.reply = undefined
  c.rested = true
}
