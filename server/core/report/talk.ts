/** What passed in conversations in a window: openings, endings, typing, auto-replies, ratings. */

import { statesAfter } from '../conversationStates.ts'
import type { Conversation } from '../conversations.ts'
import type { Gathered } from './gather.ts'

interface Moment {
  conversation: string
  queue: string | undefined
  agent: string | undefined
  at: number
}

/** Messages of people; those of which it was told how long they took to type also in characters and ms. */
export interface Typing {
  messages: number
  chars: number
  ms: number
}

export interface Talk {
  /** Episodes begun. */
  openings: Moment[]
  abandoned: Moment[]
  ratings: (Moment & { score: number })[]
  /** Ended with an order, in the window or after it. */
  ordered: Set<string>
  typingByAgent: Map<string, Typing>
  typingByQueue: Map<string, Typing>
  typing: Typing
  /** By trigger, and by the agent in whose place they were sent. */
  autoByTrigger: Map<string, number>
  autoByAgent: Map<string, number>
}

export const newTalk = (): Talk => ({
  openings: [],
  abandoned: [],
  ratings: [],
  ordered: new Set(),
  typingByAgent: new Map(),
  typingByQueue: new Map(),
  typing: { messages: 0, chars: 0, ms: 0 },
  autoByTrigger: new Map(),
  autoByAgent: new Map(),
})

/** Takes in the turns of a conversation that lie in the window. A rating counts for whoever had it last. */
export function hear({ talk, isIn, from }: Gathered, { id, turns }: Conversation): void {
  for (const { turn, open, queue, agent, opens, closes } of statesAfter(turns)) {
    const { kind, who, more, time, chars, typingMs, score } = turn
    if (closes && kind === 'ordered' && time >= from) talk.ordered.add(id)
    if (!isIn(time)) continue
    const moment = { conversation: id, queue, agent, at: time }
    if (opens) talk.openings.push(moment)
    if (closes && kind === 'abandoned') talk.abandoned.push(moment)
    if (kind === 'rated' && score !== undefined) talk.ratings.push({ ...moment, score })
    if (kind === 'sent') {
      for (const typing of [
        talk.typing,
        typingOf(talk.typingByAgent, who ?? agent),
        typingOf(talk.typingByQueue, queue),
      ])
        type(typing, chars, typingMs)
    }
    if (kind !== 'auto' || who === undefined) continue
    add(talk.autoByTrigger, who)
    const hidden = more ?? (open ? agent : undefined)
    if (hidden !== undefined) add(talk.autoByAgent, hidden)
  }
}

/** Characters a minute; undefined where no typing times were told. */
export const speedOf = ({ chars, ms }: Typing): number | undefined => (ms === 0 ? undefined : (chars / ms) * 60_000)

function typingOf(typings: Map<string, Typing>, key: string | undefined): Typing {
  const known = key === undefined ? undefined : typings.get(key)
  const typing = known ?? { messages: 0, chars: 0, ms: 0 }
  if (known === undefined && key !== undefined) typings.set(key, typing)
  return typing
}

function type(typing: Typing, chars: number | undefined, ms: number | undefined): void {
  typing.messages++
  typing.chars += chars ?? 0
  typing.ms += ms ?? 0
}

const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)
