/** Which alerts of a day somebody wants to see: pure, so that it can be tested without a page. */
import type { PastAlert } from './day.svelte.ts'

export interface AlertFilter {
  /** Any, when empty. */
  rule: string
  /** `standing`: breaches that were not withdrawn. */
  kind: 'all' | 'standing' | 'warn' | 'withdrawn'
  /** Of the subject, the agent or the queue; each of some words has to be found. */
  words: string
}

export const KINDS: AlertFilter['kind'][] = ['all', 'standing', 'warn', 'withdrawn']

export function filterAlerts(alerts: readonly PastAlert[], { rule, kind, words }: AlertFilter): PastAlert[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return alerts.filter((alert) => {
    if (rule !== '' && alert.rule !== rule) return false
    if (kind !== 'all' && kind !== kindOf(alert)) return false
    const said = [alert.subject, alert.agent, alert.queue].join(' ').toLowerCase()
    return wanted.every((word) => said.includes(word))
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
