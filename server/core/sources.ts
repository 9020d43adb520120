/** The sources that send events, and when each was last heard. */
import type { Floor } from './state.ts'

export interface Source {
  /** recordedAt of its last event. */
  lastAt: number
}

/** The source has just been heard. */
export function hear(floor: Floor, id: string): void {
  const source = floor.sources.get(id)
  if (source === undefined) floor.sources.set(id, { lastAt: floor.now })
  else source.lastAt = floor.now
  // Its timer looks again by itself; only a first or a ringing one must be looked at now.
  if (source === undefined || !floor.conditions.isWatched('source_silent', id))
    floor.conditions.mark('source_silent', id)
}
