/** How something stands. Always shown by its shape and its word too, never by its colour alone. */
export type State = 'fine' | 'risk' | 'breach' | 'unknown'

const WORST_FIRST: readonly State[] = ['breach', 'risk', 'unknown', 'fine']

/** The worst of several; fine when there is none. */
export function worstOf(states: Iterable<State>): State {
  const met = new Set(states)
  return WORST_FIRST.find((state) => met.has(state)) ?? 'fine'
}

/** What an alert of this level looks like. */
export const stateOf = (level: 'warn' | 'breach'): State => (level === 'breach' ? 'breach' : 'risk')
