/** Where to jump on a day: pure, so that it can be tested without one. */
import type { PastAlert } from './day.svelte.ts'

/** The breach before (−1) or after (1) an instant, of a rule or of any; those in order of opening. */
export function breachBeside(
  alerts: readonly PastAlert[],
  at: number,
  direction: 1 | -1,
  rule: string | undefined,
): PastAlert | undefined {
  const isWanted = (alert: PastAlert) => alert.level === 'breach' && (rule === undefined || alert.rule === rule)
  return direction > 0
    ? alerts.find((alert) => alert.at > at && isWanted(alert))
    : alerts.findLast((alert) => alert.at < at && isWanted(alert))
}

/** How many breaches opened in each of `count` equal parts of the span. */
export function breachesAlong(
  alerts: readonly PastAlert[],
  span: { from: number; to: number },
  count: number,
): number[] {
  const counts = new Array<number>(count).fill(0)
  for (const { level, at } of alerts) {
    const part = Math.floor(((at - span.from) / (span.to - span.from)) * count)
    if (level === 'breach' && part >= 0 && part < count) counts[part] = (counts[part] as number) + 1
  }
  return counts
}

/** The whole hours of a day, local midnight first: every hour, so that a day of a clock change has one more or less. */
export function hoursOf({ from, to }: { from: number; to: number }): number[] {
  const hours: number[] = []
  for (let at = from; at < to; at += 3_600_000) hours.push(at)
  return hours
}

/** The date so many days on: `2026-11-23`. */
export function dateBeside(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
