/** A conversation as a short list and back: most of a snapshot is conversations that are over. */
import type { Duty } from './autoReply.ts'
import type { Clock } from './clocks.ts'
import type { Conversation } from './conversations.ts'
import { packClock } from './packClock.ts'
import type { Turn } from './turns.ts'

const KINDS: readonly Turn['kind'][] = [
  'opened',
  'assigned',
  'returned',
  'moved',
  'received',
  'sent',
  'auto',
  'closed',
  'abandoned',
  'rated',
]

type Maybe<T> = T | null | undefined
export type PackedConversation = [
  id: string,
  /** Kind, ms since the turn before, who and more, four to a turn. */
  turns: (number | string | null)[],
  state: [
    open: 0 | 1,
    queue: Maybe<string>,
    customer: Maybe<string>,
    openedAt: Maybe<number>,
    closedAt: Maybe<number>,
    rested: 0 | 1,
  ],
  duties: Duty[],
  notes: Conversation['notes'],
  live?: [
    agent: Maybe<string>,
    spoken: boolean,
    waitingSince: Maybe<number>,
    first: number,
    reply: number,
    clocks: unknown[],
  ],
]

export function packConversation(c: Conversation): PackedConversation {
  const turns: (number | string | null)[] = []
  let before = 0
  for (const { time, kind, who, more } of c.turns) {
    turns.push(KINDS.indexOf(kind), time - before, who ?? null, more ?? null)
    before = time
  }
  const packed: PackedConversation = [
    c.id,
    turns,
    [c.open ? 1 : 0, c.queue, c.customer, c.openedAt, c.closedAt, c.rested ? 1 : 0],
    c.duties,
    c.notes,
  ]
  if (c.open || c.clocks.length > 0) {
    const index = (clock: Clock | undefined) => (clock === undefined ? -1 : c.clocks.indexOf(clock))
    packed.push([c.agent, c.spoken, c.waitingSince, index(c.first), index(c.reply), c.clocks.map(packClock)])
  }
  return packed
}

/** The conversation, not yet placed in its queue. */
export function unpackConversation(packed: PackedConversation, clockFrom: (packed: unknown) => Clock): Conversation {
  const [id, list, [open, queue, customer, openedAt, closedAt, rested], duties, notes, live] = packed
  const clocks = live === undefined ? [] : live[5].map(clockFrom)
  return {
    id,
    turns: turnsFrom(list),
    open: open === 1,
    queue: queue ?? undefined,
    agent: live?.[0] ?? undefined,
    customer: customer ?? undefined,
    spoken: live?.[1] ?? false,
    openedAt: openedAt ?? undefined,
    closedAt: closedAt ?? undefined,
    waitingSince: live?.[2] ?? undefined,
    first: clocks[live?.[3] ?? -1],
    reply: clocks[live?.[4] ?? -1],
    clocks,
    notes,
    rested: rested === 1,
    duties,
    at: { queue: undefined, agent: undefined, phase: 'none' },
  }
}

function turnsFrom(list: readonly (number | string | null)[]): Turn[] {
  const turns: Turn[] = []
  let time = 0
  for (let i = 0; i < list.length; i += 4) {
    time += list[i + 1] as number
    turns.push({
      time,
      kind: KINDS[list[i] as number] as Turn['kind'],
      who: (list[i + 2] as string | null) ?? undefined,
      more: (list[i + 3] as string | null) ?? undefined,
    })
  }
  return turns
}
