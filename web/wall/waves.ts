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

/** The wave to look at: the one that is late or the next to come, whichever is nearer to `now` (epoch ms). */
export function pressingWave(all: readonly Wave[], now: number): Wave | undefined {
  const late = all.findLast(({ wave }) => wave.state === 'due')
  const next = all.find(({ wave }) => wave.state === 'upcoming')
  if (late === undefined || next === undefined) return late ?? next
  return now - Date.parse(late.wave.at) < Date.parse(next.wave.at) - now ? late : next
}

/** So many waves: from the first that is not over, or as many of those before it as there is room for. */
export function wavesShown(all: readonly Wave[], places: number): readonly Wave[] {
  const first = all.findIndex(({ wave }) => wave.state !== 'done')
  const latest = Math.max(0, all.length - places)
  const start = first === -1 ? latest : Math.min(first, latest)
  return all.slice(start, start + places)
}

/** What to count of a wave as it stands: tracked before it goes, collected while it is late, on time when it is over. */
export function told(wave: PickupView): { what: 'tracked' | 'collected' | 'onTime'; count: number } {
  const what = ({ upcoming: 'tracked', due: 'collected', done: 'onTime' } as const)[wave.state]
  return { what, count: wave[what] }
}

function stateOfWave(wave: PickupView, atRisk: boolean): State {
  if (wave.state === 'due') return 'breach'
  return wave.state === 'upcoming' && atRisk ? 'risk' : 'fine'
}
