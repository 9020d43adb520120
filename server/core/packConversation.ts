/** A conversation as a short list and back: most of a snapshot is conversations that are over. */
import type { Duty } from './autoReply.ts'
import type { Clock } from './clocks.ts'
import type { Conversation } from './conversations.ts'
import { type PackedClock, packClock, unpackClock } from './packClock.ts'
import { type PackedTurns, packTurns, unpackTurns } from './packTurns.ts'

type Maybe<T> = T | null | undefined
export type PackedConversation = [
  turns: PackedTurns,
  queue: Maybe<string>,
  customer: Maybe<string>,
  openedAt: Maybe<number>,
  closedAt: Maybe<number>,
  rested: 0 | 1,
  duties: Duty[],
  notes: Conversation['notes'],
  /** Of one that is open. */
  live?: Maybe<
    [
      agent: Maybe<string>,
      spoken: boolean,
      waitingSince: Maybe<number>,
      first: number,
      reply: number,
      clocks: PackedClock[],
    ]
  >,
  /** Of one that is over: those of its clocks that became known late. */
  late?: PackedClock[],
]

export function packConversation(c: Conversation): PackedConversation {
  const { queue, customer, openedAt, closedAt, duties, notes } = c
  const packed: PackedConversation = [
    packTurns(c.turns),
    queue,
    customer,
    openedAt,
    closedAt,
    c.rested ? 1 : 0,
    duties,
    notes,
  ]
  const clocks = c.clocks.map((clock) => packClock(clock, heardAt(c)))
  const index = (clock: Clock | undefined) => (clock === undefined ? -1 : c.clocks.indexOf(clock))
  if (c.open) packed.push([c.agent, c.spoken, c.waitingSince, index(c.first), index(c.reply), clocks])
  else if (clocks.length > 0) packed.push(null, clocks)
  return packed
}

/** The conversation, not yet placed in its queue. */
export function unpackConversation(id: string, packed: PackedConversation): Conversation {
  const [list, queue, customer, openedAt, closedAt, rested, duties, notes, live, late = []] = packed
  const turns = unpackTurns(list)
  const clocks = (live?.[5] ?? late).map((clock) => unpackClock(clock, heardAt({ turns }), id))
  return {
    id,
    turns,
    open: live != null,
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

/** The time of its last turn, epoch ms. */
export const heardAt = ({ turns }: Pick<Conversation, 'turns'>): number => turns.at(-1)?.time ?? 0
