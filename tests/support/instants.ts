/** The instants at which a wrong reading of a day shows: where something turns, a millisecond before and after. */
import { historyOf } from '../model/history.ts'
import type { Day } from './days.ts'

const MINUTE = 60_000
const RECENT_MS = 15 * MINUTE

export function interestingInstants({ config, events }: Day): number[] {
  const { worlds, conditions } = historyOf(config, events)
  const { book, clocks } = worlds.at(-1)!
  const first = events[0]?.recordedAt ?? 0
  const last = events.at(-1)?.recordedAt ?? 0
  const instants = events.flatMap(({ recordedAt }) => [recordedAt - 1, recordedAt])
  for (const { start, warnAt, due, stop } of clocks) {
    instants.push(start, warnAt - 1, warnAt, due, due + 1, due + RECENT_MS - 1, due + RECENT_MS)
    if (stop !== undefined) instants.push(stop + RECENT_MS - 1, stop + RECENT_MS)
  }
  for (const { at } of conditions.slice(1)) instants.push(at - 1, at)
  const calendar = book.at(last)
  for (let date = calendar.dateOf(first); calendar.midnight(date) <= last; date = calendar.dayAfter(date)) {
    const { from, to } = { from: calendar.midnight(date), to: calendar.endOfDay(date) }
    instants.push(from, to)
    for (const window of calendar.windows('service', date)) instants.push(window.from, window.to - 1, window.to)
    for (const { at } of calendar.handbook.waves) {
      const wave = calendar.instantOf(date, at)
      instants.push(wave - 30 * MINUTE, wave, wave + 1)
    }
  }
  return [...new Set(instants)].filter((at) => first - 1 <= at && at <= last + 2 * 86_400_000).sort((a, b) => a - b)
}
