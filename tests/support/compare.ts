/** Where two views differ, and the smallest log on which they do. */
import type { RecordedEvent } from '#core/events.ts'
import type { AlertView, ResponseStats, View } from '#core/view.ts'

/** Percentiles may be this much off. */
const PERCENTILE_TOLERANCE = 0.01

/** `path: expected …, got …` of everything in which two views differ, alerts told apart by what they are about. */
export function differences(expected: View, got: View): string[] {
  const found: string[] = []
  walk('', comparable(expected), comparable(got), found)
  return found
}

function comparable(view: View): object {
  const about = ({ rule, subject, level, dueAt }: AlertView) => `${rule} ${subject} ${level} ${dueAt ?? ''}`
  const told = (alert: AlertView) => `${alert.since} ${alert.state} ${JSON.stringify(alert.acknowledgedBy ?? '')}`
  const alerts = Object.values(view.alerts).toSorted((a, b) => told(a).localeCompare(told(b)))
  return { ...view, alerts: Object.fromEntries(Map.groupBy(alerts, about)) }
}

function walk(path: string, expected: unknown, got: unknown, found: string[]): void {
  if (isObject(expected) && isObject(got)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(got)])) {
      walk(path === '' ? key : `${path}.${key}`, expected[key], got[key], found)
    }
  } else if (!isSame(path, expected, got)) {
    found.push(`${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`)
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function isSame(path: string, expected: unknown, got: unknown): boolean {
  const isPercentile = path.endsWith('50Ms' satisfies EndOf<keyof ResponseStats>) || path.endsWith('90Ms')
  if (!isPercentile || typeof expected !== 'number' || typeof got !== 'number') return expected === got
  return Math.abs(expected - got) <= expected * PERCENTILE_TOLERANCE
}
type EndOf<T> = T extends `p${infer End}` ? End : never

/** A shorter log for which something still fails: whole runs of events are left out, then single ones. */
export function smallest(events: RecordedEvent[], fails: (events: RecordedEvent[]) => boolean): RecordedEvent[] {
  let kept = events
  for (let length = Math.ceil(kept.length / 2); length >= 1; length = length === 1 ? 0 : Math.ceil(length / 2)) {
    for (let from = 0; from < kept.length; ) {
      const fewer = [...kept.slice(0, from), ...kept.slice(from + length)].map((event, index) => ({
        ...event,
        seq: index + 1,
      }))
      if (fails(fewer)) kept = fewer
      else from += length
    }
  }
  return kept
}
