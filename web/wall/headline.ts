import type { View } from '#core/view.ts'
import { type AlertGroup, groupAlerts } from './alertGroups.ts'
import { overall } from './overall.ts'
import { type State, stateOf } from './state.ts'

/** What the floor needs of a person now. */
export interface Headline {
  state: State
  /** What to see to first; left out when nobody is needed. */
  first?: AlertGroup
  /** What there is beside it. */
  breach: number
  warn: number
  /** How many kinds of trouble somebody has in hand. */
  taken: number
}

/**
 * What nobody has taken sets the tone: a floor whose troubles are all in somebody's hands is at risk, not in alarm. A
 * calm floor with a silent source, or none, is unknown.
 */
export function headline(view: Pick<View, 'alerts' | 'alertCounts' | 'sources'>): Headline {
  const floor = overall(view)
  const groups = groupAlerts(view)
  const first = groups.find((group) => !group.taken)
  const taken = groups.filter((group) => group.taken).length
  const state = first ? stateOf(first.level) : groups.length > 0 ? 'risk' : floor.state
  return {
    state,
    breach: floor.breach - (first?.breach ?? 0),
    warn: floor.warn - (first?.warn ?? 0),
    taken,
    ...(first && { first }),
  }
}
