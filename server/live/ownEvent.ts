/** An event that the product writes itself. */
import { OWN_SOURCE } from '#core/events.ts'
import { formatInstant } from '#server/instant.ts'
import type { SoundEvent } from './inbox.ts'

/** @param time epoch ms */
export function ownEvent(
  what: { type: string; subject: string; data: Record<string, unknown> },
  id: string,
  time: number,
): SoundEvent {
  const { type, subject, data } = what
  const event = { specversion: '1.0', id, source: OWN_SOURCE, type, subject, time: formatInstant(time), data }
  return { id, source: OWN_SOURCE, type, subject, time, data, body: JSON.stringify(event) }
}
