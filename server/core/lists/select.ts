/** Rows of a floor by what is asked of them: conversations, agents, clocks, what happened today. */
import type { Agent } from '../agents.ts'
import type { Clock } from '../clocks.ts'
import type { Conversation } from '../conversations.ts'
import { everyClock } from '../everyClock.ts'
import { iso } from '../iso.ts'
import { agentRow, clockRow, conversationRow, type Row, row } from '../row.ts'
import type { Floor } from '../state.ts'
import type { Note } from '../turns.ts'

export function conversations(floor: Floor, isWanted: (c: Conversation) => boolean): Row[] {
  return [...floor.conversations.out()].filter((c) => c.open && isWanted(c)).map((c) => conversationRow(floor, c))
}

export function agents(floor: Floor, isWanted: (agent: Agent) => boolean): Row[] {
  return [...floor.agents.values()].filter(isWanted).map(agentRow)
}

export function clocks(floor: Floor, isWanted: (clock: Clock) => boolean): Row[] {
  const rows: Row[] = []
  for (const clock of everyClock(floor)) if (isWanted(clock)) rows.push(clockRow(floor, clock))
  return rows
}

/** Those decided today. */
export function decided(floor: Floor, score: string, isWanted: (clock: Clock) => boolean): Row[] | undefined {
  return ofScore(floor, score, (clock) => floor.tallies.isToday(clock.outcomeAt) && isWanted(clock))
}

export function ofScore(floor: Floor, score: string, isWanted: (clock: Clock) => boolean): Row[] | undefined {
  const outcome = score === 'met' ? 'met' : score === 'missed' ? 'breached' : undefined
  if (outcome === undefined && score !== 'count') return undefined
  return clocks(
    floor,
    (clock) => (outcome === undefined ? clock.outcome !== 'none' : clock.outcome === outcome) && isWanted(clock),
  )
}

/** What happened in conversations today, a row each time. */
export function noted(floor: Floor, isWanted: (note: Note) => boolean): Row[] {
  const rows: Row[] = []
  for (const c of floor.conversations.values()) {
    for (const note of c.notes) {
      if (!floor.tallies.isToday(note.at) || !isWanted(note)) continue
      const { queue, agent, customer } = c
      rows.push(row('conversation', c.id, { queue, agent, customer, since: iso(note.at) }))
    }
  }
  return rows
}
