/** Where a conversation stood turn by turn, for whoever reads its turns again: reports, an agent's day. */
import { CLOSES, OPENS, type Turn } from './turns.ts'

/** Right after a turn. Once it is over, `queue` and `agent` are those who had it last. */
export interface ConversationState {
  turn: Turn
  open: boolean
  queue: string | undefined
  agent: string | undefined
  /** An episode begins, or ends, with this turn. */
  opens: boolean
  closes: boolean
}

export function* statesAfter(turns: readonly Turn[]): Generator<ConversationState> {
  let open = false
  let begun = false
  let queue: string | undefined
  let agent: string | undefined
  for (const turn of turns) {
    const { kind, who } = turn
    const opens = !open && OPENS.has(kind)
    const closes = open && CLOSES.has(kind)
    if (kind === 'opened' || (kind === 'moved' && (open || !begun))) queue = who
    if (opens) {
      open = true
      begun = true
      agent = undefined
    }
    if (open && kind === 'assigned') agent = who
    if (open && kind === 'returned') agent = undefined
    if (closes) open = false
    yield { turn, open, queue, agent, opens, closes }
  }
}
