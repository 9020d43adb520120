/** The sources that send events, and when each was last heard. */
import type { Ring } from './conditions.ts'
import type { Floor } from './state.ts'

export interface Source {
  /** recordedAt of its last event. */
  lastAt: number
  /** Its silence, as of when it was last looked at because the source was heard. */
  silence: Ring | undefined
}

/** The source has just been heard. */
export function hear(floor: Floor, id: string): void {
  let source = floor.sources.get(id)
  if (source === undefined) {
    source = { lastAt: floor.now, silence: undefined }
    floor.sources.set(id, source)
  }
  source.lastAt = floor.now
  const { silence } = source
  // A quiet one with a timer looks again by itself: only a first or a ringing one must be looked at now.
  if (silence === undefined || silence.alert !== undefined || Number.isNaN(silence.timerAt))
    source.silence = floor.conditions.mark('source_silent', id)
}
