import type { View } from '#core/view.ts'

/** Far more than a wall lists; without a bound a screen left on for months would remember every alert there was. */
const REMEMBERED = 1_000

/**
 * Tells which breaches a screen has not met before, and which it was told of again because nobody takes them. The same
 * alert is met once, whether it goes and comes back or the server is restarted.
 */
export class FreshBreaches {
  /** How often each was told of again. */
  #met: Map<string, number> | undefined

  /** The ids of the open breaches not met before, or not so often. What a screen finds when it is turned on is not fresh. */
  meet(alerts: View['alerts']): string[] {
    const fresh: string[] = []
    const first = this.#met === undefined
    const met = this.#met ?? new Map()
    for (const [id, alert] of Object.entries(alerts)) {
      if (alert.level !== 'breach') continue
      const reminders = alert.reminders ?? 0
      const isFresh = !met.has(id) || reminders > (met.get(id) ?? 0)
      if (isFresh && alert.state === 'open' && !first) fresh.push(id)
      // Met again it moves to the end, so that what is forgotten is what has not been seen for longest.
      met.delete(id)
      met.set(id, reminders)
    }
    for (const id of met.keys()) {
      if (met.size <= REMEMBERED) break
      met.delete(id)
    }
    this.#met = met
    return fresh
  }
}
