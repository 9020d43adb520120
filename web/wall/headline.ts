import type { View } from '#core/view.ts'
import { type AlertGroup, groupAlerts } from './alertGroups.ts'
import { overall } from './overall.ts'
import { type State, stateOf } from './state.ts'

/** What the floor needs of a person now. */
export interface Headline {
  state: State
  /** What to see to first; left out when nobody is needed. */
  first?: AlertGroup
  /** What nobody has taken beside it. */
  breach: number
  warn: number
  /** How many alerts somebody has in hand, and how many of them are breaches. */
  taken: number
  takenOver: number
}

/**
 * What nobody has taken sets the tone: a floor whose troubles are all in somebody's hands is at risk, not in alarm. A
 * calm floor with a silent source, or none, is unknown.
 */
export function headline(view: Pick<View, 'alerts' | 'alertCounts' | 'sources'>): Headline {
  const floor = overall(view)
  const groups = groupAlerts(view)
  const first = groups.find((group) => !group.taken)
  const open = { breach: 0, warn: 0 }
  for (const group of groups) {
    open.breach += group.open.breach
    open.warn += group.open.warn
  }
  const taken = floor.breach + floor.warn - open.breach - open.warn
  const state = first ? stateOf(first.level) : groups.length > 0 ? 'risk' : floor.state
  return {
    state,
    breach: open.breach - (first?.open.breach ?? 0),
    warn: open.warn - (first?.open.warn ?? 0),
    taken,
    takenOver: floor.breach - open.breach,
    ...(first && { first }),
  }
}
