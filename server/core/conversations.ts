/**
 * A conversation is the list of its turns in order of their time; queue, agent, episode and clocks follow from it.
 * A turn that comes in order is taken as one more step; one that comes late has the whole list stepped through again.
 */
import { type Agent, touchAgent } from './agents.ts'
import { type Duty, dutyClocks } from './autoReply.ts'
import { retell } from './clockAlerts.ts'
import { assume, type Clock, isRunning, refresh, remove } from './clocks.ts'
import { place } from './placement.ts'
import type { Floor } from './state.ts'
import { addCount } from './tallies.ts'
import { type ConversationEvent, type Note, step, type Touch, type Turn, turnOf } from './turns.ts'

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
  /** Clocks that are decided were let go: `clocks` holds only the others. */
  rested: boolean
  /** Auto-replies that were called for. */
  duties: Duty[]
  /** Where it is counted: see placement.ts. */
  at: { queue: Queue | undefined; agent: Agent | undefined; phase: 'none' | 'waiting' | 'awaiting' | 'talking' }
}

/** Folds one event of a conversation. */
export function applyConversation(floor: Floor, event: ConversationEvent): Conversation {
  const conversation = conversationOf(floor, event.subject)
  const turn = turnOf(event)
  meet(floor, turn)
  const last = conversation.turns.at(-1)
  const inOrder = last === undefined || turn.time > last.time || (turn.time === last.time && conversation.open)
  if (inOrder) {
    conversation.turns.push(turn)
    const { notes } = conversation
    const known = notes.length
    step(floor, conversation, turn, refresh)
    for (let i = known; i < notes.length; i++) countNote(floor, notes[i] as Note, 1)
  } else insertLate(floor, conversation, turn)
  place(floor, conversation)
  rest(conversation)
  return conversation
}

/** The agent or queue that a turn names comes into being with it. */
function meet(floor: Floor, { kind, who, more }: Turn): void {
  if (kind === 'auto') {
    if (more !== undefined) touchAgent(floor, more)
  } else if (who !== undefined) {
    if (kind === 'assigned' || kind === 'sent') touchAgent(floor, who)
    else if (kind === 'opened' || kind === 'moved') queueOf(floor, who)
  }
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
    floor.conversations.add(conversation)
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

/** A clock that only is worked out is in no figure yet. */
const leave: Touch = () => {}

/** Works the conversation out from its turns alone; nothing is counted. */
export function replay(floor: Floor, conversation: Conversation): Conversation {
  const again = blank(conversation.id)
  again.turns = conversation.turns
  again.duties = conversation.duties
  for (const turn of conversation.turns) step(floor, again, turn, leave)
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
  /** Decided before, and now otherwise. */
  const otherwise: Clock[] = []
  const result = now.map((clock) => {
    // Of two that started at one instant each finds its own.
    const before = known.find((other) => left.has(other) && isSame(other, clock))
    if (before === undefined) return clock
    left.delete(before)
    const { stop, end, queue, agent, decidedBy } = clock
    if (!isRunning(before) && (before.stop !== stop || before.end !== end)) otherwise.push(before)
    return Object.assign(before, { stop, end, queue, agent, decidedBy })
  })
  for (const clock of left) remove(floor, clock)
  for (const clock of result) refresh(floor, clock)
  for (const clock of otherwise) retell(floor, clock)
  return result
}

const isSame = (a: Clock, b: Clock) =>
  a.rule === b.rule && a.start === b.start && a.trigger === b.trigger && a.twin === b.twin
const sameAs = (clocks: readonly Clock[], clock: Clock | undefined) =>
  clock && clocks.findLast((other) => isSame(other, clock))

function countNote(floor: Floor, note: Note, sign: 1 | -1): void {
  if (floor.tallies.isToday(note.at)) addCount(floor.tallies[note.figure], note.key, sign)
}

/** What is decided is let go: it can be worked out again from the turns. */
function rest(c: Conversation): void {
  let kept = 0
  for (const clock of c.clocks) if (isKept(clock)) c.clocks[kept++] = clock
  if (kept === c.clocks.length) return
  c.clocks.length = kept
  if (c.first !== undefined && !c.clocks.includes(c.first)) c.first = undefined
  if (c.reply !== undefined && !c.clocks.includes(c.reply)) c.reply = undefined
  c.rested = true
}

/** The turns do not tell when a clock became known, where that was late. */
const isKept = (clock: Clock) => isRunning(clock) || clock.knownAt > clock.warnAt
