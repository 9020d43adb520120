import type { QueueView, View } from '#core/view.ts'
import { type State, stateOf, worstOf } from './state.ts'

export interface QueueRow {
  id: string
  queue: QueueView
  state: State
}

export interface QueueTotal {
  waiting: number
  oldestWaitingSince?: string
  state: State
}

/** Alerts that say something about how a queue stands. */
const QUEUE_RULES = new Set(['first_response', 'queue_depth', 'no_agent'])

/** The queues, those under pressure first: most overdue, then the longest wait; quiet ones by name. */
export function queueRows(view: Pick<View, 'queues' | 'alerts'>): QueueRow[] {
  const pressed = new Map<string, State[]>()
  for (const alert of Object.values(view.alerts)) {
    if (!QUEUE_RULES.has(alert.rule)) continue
    const id = alert.queue ?? alert.subject
    pressed.set(id, [...(pressed.get(id) ?? []), stateOf(alert.level)])
  }
  return Object.entries(view.queues)
    .map(([id, queue]) => ({ id, queue, state: worstOf(pressed.get(id) ?? []) }))
    .sort((a, b) => pressure(b) - pressure(a) || (oldest(a) < oldest(b) ? -1 : oldest(a) > oldest(b) ? 1 : 0))
}

/** Every queue together. */
export function queueTotal(rows: readonly QueueRow[]): QueueTotal {
  const waiting = rows.reduce((sum, row) => sum + row.queue.waiting, 0)
  const since = rows.flatMap((row) => row.queue.oldestWaitingSince ?? []).sort()[0]
  const state = worstOf(rows.map((row) => row.state))
  return { waiting, state, ...(since !== undefined && { oldestWaitingSince: since }) }
}

const pressure = ({ state }: QueueRow) => (state === 'breach' ? 2 : state === 'risk' ? 1 : 0)
const oldest = ({ id, queue }: QueueRow) => queue.oldestWaitingSince ?? `~${id}`
