import type { List, Row } from '#core/list.ts'
import type { Next } from '#core/next.ts'
import type { View } from '#core/view.ts'
import { ago, MINUTE, SECOND } from './instant.ts'

/** What a desk asks for beside the view: the open conversations that the view counts, and what happens next. */
export interface DeskAnswers {
  list: List
  next: Next
}

export function deskAnswers(view: View): DeskAnswers {
  const { seq, at } = view
  const rows = Object.keys(view.queues).flatMap((queue) => conversationsOf(view, queue))
  const soon = rows.filter(({ state }) => state === 'atRisk')
  const [first] = soon
  const move: Next['move'] = first && {
    command: { command: 'assign', conversation: first.subject, agent: Object.keys(view.agents)[0] ?? '' },
    saves: 1,
  }
  return {
    list: { figure: 'conversations/active', seq, at, count: rows.length, rows },
    next: { at, withinMs: 5 * MINUTE, count: soon.length, breaches: soon, ...(move && { move }) },
  }
}

/** Those who wait for a first answer, half of them with nobody; then one for each of those with an agent who wait again. */
function conversationsOf(view: View, queue: string): Row[] {
  const { waiting = 0, unassigned = 0, awaitingReply = 0, oldestWaitingSince } = view.queues[queue] ?? {}
  const agents = Object.entries(view.agents).filter(([, agent]) => agent.queues.includes(queue))
  const longestMs = oldestWaitingSince === undefined ? 0 : Date.parse(view.at) - Date.parse(oldestWaitingSince)
  const agentOf = (i: number) => agents[i % Math.max(1, agents.length)]?.[0]
  const first = Array.from({ length: waiting }, (_, i) =>
    conversation(queue, i, {
      waitedMs: Math.round(longestMs * (1 - i / waiting)),
      targetMs: 30 * SECOND,
      rule: 'first_response',
      agent: i < unassigned ? undefined : agentOf(i),
    }),
  )
  const again = Array.from({ length: Math.min(awaitingReply, agents.length) }, (_, i) =>
    conversation(queue, waiting + i, {
      waitedMs: 4 * SECOND + ((i * 7_919) % (52 * SECOND)),
      targetMs: MINUTE,
      rule: 'reply_wait',
      agent: agentOf(i),
    }),
  )
  return [...first, ...again]
}

function conversation(
  queue: string,
  i: number,
  { waitedMs, targetMs, rule, agent }: { waitedMs: number; targetMs: number; rule: string; agent: string | undefined },
): Row {
  const state = waitedMs > targetMs ? 'overdue' : waitedMs > (targetMs * 2) / 3 ? 'atRisk' : 'open'
  return {
    kind: 'conversation',
    subject: `${queue}-${1_201 + i * 13}`,
    queue,
    customer: `u${40_117 + i * 311}`,
    waits: true,
    since: ago(waitedMs),
    dueAt: ago(waitedMs - targetMs),
    rule,
    section: '2.1-1',
    state,
    ...(agent !== undefined && { agent }),
  }
}
