import type { EventData } from '#core/events.ts'
import type { Agent } from './agent.ts'
import type { Actor } from './stage.ts'

export type AutoTrigger = NonNullable<EventData<'message.sent'>['auto']>
export type Outcome = NonNullable<EventData<'conversation.closed'>['outcome']>

/** A customer and the shop talking, as the chat desk knows it. */
export interface Conversation {
  readonly id: string
  readonly customer: string
  queue: string
  open: boolean
  agent: Agent | undefined
  /** A human has spoken since it was opened. */
  answered: boolean
  /** When the oldest message without an answer came. */
  waitingSince: number | undefined
  /** The automatic replies given, each with when the state that called for it began. */
  autoReplies: Map<AutoTrigger, number>
  /** Who reads the answers. */
  visitor: Actor | undefined
}
