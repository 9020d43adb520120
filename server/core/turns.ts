/** The turns of a conversation, and what each does to its queue, agent, episode and clocks. */
import { arm, type Clock, FIRST_RESPONSE, isRunning, REPLY_WAIT } from './clocks.ts'
import type { Conversation } from './conversations.ts'
import type { RecordedEvent } from './events.ts'
import type { Floor } from './state.ts'

/** What happened, as far as it changes anything. `who` is the agent, the queue, or the trigger of an auto-reply. */
export interface Turn {
  time: number
  kind:
    | 'opened'
    | 'assigned'
    | 'returned'
    | 'moved'
    | 'received'
    | 'sent'
    | 'auto'
    | 'closed'
    | 'abandoned'
    | 'ordered'
    | 'rated'
  who: string | undefined
  /** opened: the customer. auto: the agent. assigned, returned: who did it. */
  more: string | undefined
  /** sent: how many characters were typed in how many ms, where both were told. */
  chars: number | undefined
  typingMs: number | undefined
  /** rated. */
  score: number | undefined
}

/** What was measured of a turn. */
type Measured = Partial<Pick<Turn, 'chars' | 'typingMs' | 'score'>>

/** Every turn has the same keys: the fold looks at nothing more often, and reads what has one shape at once. */
export function newTurn(
  time: number,
  kind: Turn['kind'],
  who: string | undefined,
  more?: string | undefined,
  { chars, typingMs, score }: Measured = {},
): Turn {
  return { time, kind, who, more, chars, typingMs, score }
}

/** What opens an episode where none is open, and what closes one. */
export const OPENS: ReadonlySet<Turn['kind']> = new Set(['opened', 'received'])
export const CLOSES: ReadonlySet<Turn['kind']> = new Set(['closed', 'abandoned', 'ordered'])

/** A figure of the day that a turn adds to. */
export interface Note {
  figure: 'abandoned' | 'autoReplies'
  key: string
  at: number
}

export type ConversationEvent = RecordedEvent<
  Extract<RecordedEvent['type'], `conversation.${string}` | `message.${string}`>
>

/** What an event says of its conversation. */
export function turnOf(event: ConversationEvent): Turn {
  const { time } = event
  switch (event.type) {
    case 'conversation.opened':
      return newTurn(time, 'opened', event.data.queue, event.data.customer)
    case 'conversation.assigned':
      return newTurn(time, 'assigned', event.data.agent, event.data.by)
    case 'conversation.returned':
      return newTurn(time, 'returned', undefined, event.data.by)
    case 'conversation.moved':
      return newTurn(time, 'moved', event.data.queue)
    case 'conversation.closed':
      return newTurn(time, closingKind(event.data.outcome), undefined)
    case 'conversation.rated':
      return newTurn(time, 'rated', undefined, undefined, { score: event.data.score })
    case 'message.received':
      return newTurn(time, 'received', undefined)
    case 'message.sent':
      return event.data.auto === undefined ? sentTurn(event) : newTurn(time, 'auto', event.data.auto, event.data.agent)
    default:
      return event satisfies never
  }
}

const closingKind = (outcome: string | undefined): Turn['kind'] =>
  outcome === 'abandoned' || outcome === 'ordered' ? outcome : 'closed'

function sentTurn({ time, data: { agent, chars, typingMs } }: RecordedEvent<'message.sent'>): Turn {
  if (chars === undefined || typingMs === undefined) return newTurn(time, 'sent', agent)
  return newTurn(time, 'sent', agent, undefined, { chars, typingMs: Math.round(typingMs) })
}

/** Told of each clock that a turn changes. */
export type Touch = (floor: Floor, clock: Clock) => void

/** Takes one turn; figures of the day that it adds to are noted with the conversation, and not counted yet. */
export function step(floor: Floor, c: Conversation, turn: Turn, touch: Touch): void {
  const { time } = turn
  fixDecided(c, time)
  switch (turn.kind) {
    case 'opened':
      if (turn.more !== undefined) c.customer = turn.more
      if (c.open) moveTo(floor, c, turn.who, touch)
      else begin(floor, c, time, turn.who, touch)
      return
    case 'received':
      if (!c.open) begin(floor, c, time, c.queue, touch)
      else if (c.spoken && c.waitingSince === undefined) {
        c.waitingSince = time
        c.reply = armed(floor, c, REPLY_WAIT, time, touch)
      }
      return
    case 'sent': {
      const by = { queue: c.queue, agent: turn.who ?? c.agent }
      if (c.open) {
        answer(floor, c.spoken ? c.reply : c.first, time, by, touch)
        c.spoken = true
        c.waitingSince = undefined
      } else if (time === c.closedAt) {
        // A stop beats an end at the same instant.
        const ended = c.clocks.find((clock) => clock.end === time && clock.stop === undefined)
        answer(floor, ended, time, { queue: c.queue, agent: turn.who ?? ended?.agent }, touch)
      }
      return
    }
    case 'auto': {
      const agent = turn.more ?? c.agent
      if (c.open && agent !== undefined) c.notes.push({ figure: 'autoReplies', key: agent, at: time })
      for (const clock of c.clocks) {
        if (clock.trigger !== turn.who || clock.stop !== undefined || time < clock.start) continue
        clock.stop = time
        touch(floor, clock)
      }
      return
    }
    case 'assigned':
      if (c.open) handTo(floor, c, turn.who, touch)
      return
    case 'returned':
      if (c.open) handTo(floor, c, undefined, touch)
      return
    case 'moved':
      if (c.open || c.openedAt === undefined) moveTo(floor, c, turn.who, touch)
      return
    case 'closed':
    case 'abandoned':
    case 'ordered':
      if (!c.open) return
      if (turn.kind === 'abandoned' && c.queue !== undefined)
        c.notes.push({ figure: 'abandoned', key: c.queue, at: time })
      end(floor, c, time, touch)
      return
    case 'rated':
      return
    default:
      turn.kind satisfies never
  }
}

function begin(floor: Floor, c: Conversation, time: number, queue: string | undefined, touch: Touch): void {
  c.open = true
  c.spoken = false
  c.queue = queue
  c.agent = undefined
  c.openedAt = time
  c.waitingSince = time
  c.reply = undefined
  c.first = armed(floor, c, FIRST_RESPONSE, time, touch)
}

function end(floor: Floor, c: Conversation, time: number, touch: Touch): void {
  for (const clock of c.clocks) {
    if (clock.end !== undefined || (clock.stop !== undefined && clock.stop <= time)) continue
    clock.end = time
    touch(floor, clock)
  }
  c.open = false
  c.closedAt = time
  c.agent = undefined
  c.waitingSince = undefined
}

function armed(floor: Floor, c: Conversation, rule: number, time: number, touch: Touch): Clock | undefined {
  const clock = arm(floor, rule, c.id, time, true)
  if (clock === undefined) return undefined
  clock.queue = c.queue
  clock.agent = c.agent
  c.clocks.push(clock)
  touch(floor, clock)
  return clock
}

function answer(floor: Floor, clock: Clock | undefined, time: number, by: Clock['decidedBy'], touch: Touch): void {
  if (clock === undefined || clock.stop !== undefined) return
  clock.stop = time
  clock.decidedBy ??= by
  touch(floor, clock)
}

/** Whoever had it at its due instant answers for a clock that something later than that is now known of. */
function fixDecided(c: Conversation, time: number): void {
  for (const clock of c.clocks) {
    if (clock.due < time && clock.decidedBy === undefined && isRunning(clock)) {
      clock.decidedBy = { queue: clock.queue, agent: clock.agent }
    }
  }
}

function moveTo(floor: Floor, c: Conversation, queue: string | undefined, touch: Touch): void {
  c.queue = queue
  hold(floor, c, touch)
}

function handTo(floor: Floor, c: Conversation, agent: string | undefined, touch: Touch): void {
  c.agent = agent
  hold(floor, c, touch)
}

function hold(floor: Floor, c: Conversation, touch: Touch): void {
  for (const clock of c.clocks) {
    if (!isRunning(clock) || (clock.queue === c.queue && clock.agent === c.agent)) continue
    clock.queue = c.queue
    clock.agent = c.agent
    touch(floor, clock)
  }
}
