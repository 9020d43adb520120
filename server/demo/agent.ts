import type { EventData } from '#core/events.ts'
import type { Conversation } from './conversation.ts'
import type { Member } from './people.ts'
import type { Actor } from './stage.ts'

export type Status = EventData<'agent.status_changed'>['status']

/** Away from the desk from `at` for `ms`; `reason` as the status says it. */
export interface Rest {
  at: number
  ms: number
  reason: string
}

/** A chat agent at work. */
export class Agent {
  readonly member: Member
  queues: readonly string[]
  status: Status = 'offline'
  statusSince = 0
  /** Since when there are more open conversations than the capacity allows. */
  overloadedSince: number | undefined
  conversations = new Set<Conversation>()
  /** Today's rests still ahead, in order. */
  rests: Rest[] = []
  /** Has nothing to do until somebody writes. */
  idle = false
  hands: Actor | undefined

  constructor(member: Member) {
    this.member = member
    this.queues = member.queues
  }

  get id(): string {
    return this.member.id
  }

  is(status: Status): boolean {
    return this.status === status
  }

  get hasRoom(): boolean {
    return this.status === 'online' && this.conversations.size < this.member.capacity
  }

  /** The conversation to answer next: new customers are greeted first, then whoever has waited longest. */
  mostUrgent(): Conversation | undefined {
    let urgent: Conversation | undefined
    for (const conversation of this.conversations) {
      if (conversation.waitingSince === undefined) continue
      if (urgent === undefined || urgency(conversation) < urgency(urgent)) urgent = conversation
    }
    return urgent
  }

  planRest(rest: Rest): void {
    this.rests.push(rest)
    this.rests.sort((a, b) => a.at - b.at)
    this.nudge()
  }

  /** Something came up: an idle agent looks at once. */
  nudge(): void {
    if (!this.idle) return
    this.idle = false
    this.hands?.wake()
  }
}

const GREETING_FIRST_MS = 25_000

/** The smaller the more urgent: since when the customer waits, new ones some seconds ahead. */
function urgency({ waitingSince = 0, answered }: Conversation): number {
  return answered ? waitingSince : waitingSince - GREETING_FIRST_MS
}
