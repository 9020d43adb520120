/** Plain words for what the server would not do. */
import { l } from './words.svelte.ts'

/** @param now what is true now, as the server told it */
export function wordsFor(
  status: number,
  now: Record<string, unknown>,
  detail: string,
  nameOf: (agent: string) => string,
  own: string,
): string {
  if (status !== 409) return l('refused', { why: detail })
  const { conversation, open, agent, by } = now
  const who = typeof by === 'string' && by !== own ? ` ${by} ` : ''
  if (typeof conversation === 'string') {
    const what = conversation
    if (open !== true) return l('closedSince', { what })
    return typeof agent === 'string'
      ? l('raced', { by: who, what, agent: nameOf(agent) })
      : l('racedNobody', { by: who, what })
  }
  if (typeof agent === 'string') return l('changedSince', { what: nameOf(agent), by: who })
  return l('refused', { why: detail })
}
