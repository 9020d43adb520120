import type { PickupView, View } from '#core/view.ts'
import type { State } from './state.ts'

export interface Wave {
  id: string
  wave: PickupView
  state: State
}

/** The waves in the order of time. One is in breach when it has passed with orders left, at risk when its alert says so. */
export function waves(view: Pick<View, 'pickups' | 'alerts'>): Wave[] {
  const atRisk = new Set<string>()
  for (const alert of Object.values(view.alerts)) if (alert.rule === 'wave_at_risk') atRisk.add(alert.subject)
  return Object.entries(view.pickups)
    .map(([id, wave]) => ({ id, wave, state: stateOfWave(wave, atRisk.has(id)) }))
    .sort((a, b) => (a.wave.at < b.wave.at ? -1 : 1))
}

/** The wave to look at: the first that is late, else the next to come. */
export function pressingWave(all: readonly Wave[]): Wave | undefined {
  return all.find(({ wave }) => wave.state === 'due') ?? all.find(({ wave }) => wave.state === 'upcoming')
}

function stateOfWave(wave: PickupView, atRisk: boolean): State {
  if (wave.state === 'due') return 'breach'
  return wave.state === 'upcoming' && atRisk ? 'risk' : 'fine'
}

/** So many waves with the pressing one among them: what is over goes first. */
export function wavesShown(all: readonly Wave[], places: number): readonly Wave[] {
  const pressing = pressingWave(all)
  const from = pressing === undefined ? all.length - places : Math.min(all.indexOf(pressing), all.length - places)
  const start = Math.max(0, from)
  return all.slice(start, start + places)
}
