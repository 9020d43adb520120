import type { RecordedEvent } from '#core/events.ts'
import type { Day } from './days.ts'

/** Within one subject, equal times take effect as recorded: here no two events share one. */
export function untied(days: [Day, Day]): Day[] {
  const key = ({ time, type, subject, data }: RecordedEvent) => JSON.stringify([time, type, subject, data])
  const times = new Map<string, number>()
  let before = 0
  for (const event of [...days[0].events].sort((a, b) => a.time - b.time || (key(a) < key(b) ? -1 : 1))) {
    before = Math.max(before + 1, event.time)
    times.set(key(event), before)
  }
  return days.map(({ config, events }) => {
    let recorded = 0
    const shifted = events.map((event) => {
      const time = times.get(key(event)) ?? event.time
      recorded = Math.max(recorded, event.recordedAt, time)
      return { ...event, time, recordedAt: recorded }
    })
    return { config, events: shifted }
  })
}
