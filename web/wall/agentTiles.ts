import type { AgentStatus, AgentView, View } from '#core/view.ts'
import { compareTexts } from './compareTexts.ts'
import { type State, stateOf, worstOf } from './state.ts'

export interface AgentTile {
  id: string
  agent: AgentView
  state: State
  /** Active conversations as a share of the capacity; left out where there is no capacity. */
  load?: number
}

export interface AgentCounts extends Record<AgentStatus, number> {
  /** Online and below capacity; online and not. */
  free: number
  full: number
  /** For whom auto-replies speak. */
  autoReply: number
}

/** Who is on shift (not offline), those who need somebody first: in breach, at risk, owing an answer longest, fullest. */
export function agentTiles(view: Pick<View, 'agents' | 'alerts'>): AgentTile[] {
  const alerts = new Map<string, State[]>()
  for (const alert of Object.values(view.alerts)) {
    const id = alert.agent ?? alert.subject
    if (Object.hasOwn(view.agents, id)) alerts.set(id, [...(alerts.get(id) ?? []), stateOf(alert.level)])
  }
  return Object.entries(view.agents)
    .filter(([, agent]) => agent.status !== 'offline')
    .map(([id, agent]) => tile(id, agent, alerts.get(id) ?? []))
    .sort(compareNeed)
}

export function countAgents(agents: View['agents']): AgentCounts {
  const counts: AgentCounts = { online: 0, busy: 0, away: 0, offline: 0, free: 0, full: 0, autoReply: 0 }
  for (const agent of Object.values(agents)) {
    counts[agent.status]++
    if (agent.autoReply) counts.autoReply++
    if (agent.status === 'online') counts[isFull(agent) ? 'full' : 'free']++
  }
  return counts
}

/** Has as many conversations as there is capacity for. */
export function isFull({ active, capacity }: AgentView): boolean {
  return capacity !== undefined && active >= capacity
}

/** In the order of names, for when there is a place for everybody. */
export function byName(tiles: readonly AgentTile[]): AgentTile[] {
  return [...tiles].sort((a, b) => a.agent.name.localeCompare(b.agent.name) || (a.id < b.id ? -1 : 1))
}

function tile(id: string, agent: AgentView, alerts: State[]): AgentTile {
  const load = agent.capacity === undefined ? undefined : agent.active / Math.max(1, agent.capacity)
  const state = worstOf(load !== undefined && load > 1 ? [...alerts, 'risk'] : alerts)
  return { id, agent, state, ...(load !== undefined && { load }) }
}

function compareNeed(a: AgentTile, b: AgentTile): number {
  return (
    NEED[b.state] - NEED[a.state] ||
    compareTexts(a.agent.oldestUnansweredSince ?? '~', b.agent.oldestUnansweredSince ?? '~') ||
    (b.load ?? 0) - (a.load ?? 0) ||
    compareTexts(a.id, b.id)
  )
}

const NEED: Record<State, number> = { breach: 2, risk: 1, unknown: 0, fine: 0 }
