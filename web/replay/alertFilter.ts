/** Which alerts of a day somebody wants to see: pure, so that it can be tested without a page. */
import type { PastAlert } from './day.svelte.ts'

export interface AlertFilter {
  /** Any, when empty. */
  rule: string
  /** `standing`: breaches that were not withdrawn. */
  kind: 'all' | 'standing' | 'warn' | 'withdrawn'
  /** Each of them has to be found. */
  words: string
}

export const KINDS: AlertFilter['kind'][] = ['all', 'standing', 'warn', 'withdrawn']

/** @param said what an alert can be found by */
export function filterAlerts(
  alerts: readonly PastAlert[],
  { rule, kind, words }: AlertFilter,
  said: (alert: PastAlert) => readonly string[],
): PastAlert[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return alerts.filter((alert) => {
    if (rule !== '' && alert.rule !== rule) return false
    if (kind !== 'all' && kind !== kindOf(alert)) return false
    const text = said(alert).join(' ').toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}

const kindOf = ({ withdrawn, level }: PastAlert): AlertFilter['kind'] =>
  withdrawn ? 'withdrawn' : level === 'breach' ? 'standing' : 'warn'

/** Rules and how often each was alerted, the most first. */
export function countByRule(alerts: readonly PastAlert[]): [rule: string, count: number][] {
  const counts = new Map<string, number>()
  for (const { rule } of alerts) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)
}
