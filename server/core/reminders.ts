/**
 * A breach that nobody takes is escalated, and told of again and again. Nothing is remembered for it: it follows from
 * since when the alert has been open, so a replay and a changed setting tell the same.
 */
import type { Alert } from './alerts.ts'
import { CONDITIONS } from './conditionTable.ts'
import { RULES } from './handbook.ts'
import type { HandbookChanges } from './shop.ts'
import { MINUTE } from './zone.ts'

/** After so many nobody needs another. */
const MOST = 12
/** Ours: in the chat a customer waits meanwhile; a condition is about the floor as it is now; all else has a desk and a day. */
const CHAT_MS = 2 * MINUTE
const CONDITION_MS = 5 * MINUTE
const DESK_MS = 15 * MINUTE

/** For each rule and condition after how long an untaken breach is escalated and told of again, in ms; 0 is never. */
export function remindTable(changes: HandbookChanges): ReadonlyMap<string, number> {
  const table = new Map<string, number>()
  for (const { id, of } of RULES)
    table.set(id, changes.rules?.[id]?.remindMs ?? (of === 'conversation' ? CHAT_MS : DESK_MS))
  for (const id of Object.keys(CONDITIONS)) table.set(id, changes.conditions?.[id]?.remindMs ?? CONDITION_MS)
  return table
}

/** When it was escalated, and how often it was told of until `now`; undefined while it need not be. Instants in epoch ms. */
export function remindersOf(
  table: ReadonlyMap<string, number>,
  alert: Alert,
  now: number,
): { escalatedAt: number; reminders: number } | undefined {
  const everyMs = table.get(alert.rule) ?? 0
  if (alert.level !== 'breach' || alert.state !== 'open' || everyMs === 0) return undefined
  const from = Math.max(alert.openedAt, alert.wokenAt ?? alert.openedAt)
  const reminders = Math.min(MOST, Math.floor((now - from) / everyMs))
  return reminders < 1 ? undefined : { escalatedAt: from + everyMs, reminders }
}

/** When the alert is next told of after `now`; Infinity when it is not. */
export function nextReminderAt(table: ReadonlyMap<string, number>, alert: Alert, now: number): number {
  const everyMs = table.get(alert.rule) ?? 0
  if (alert.level !== 'breach' || alert.state !== 'open' || everyMs === 0) return Number.POSITIVE_INFINITY
  const from = Math.max(alert.openedAt, alert.wokenAt ?? alert.openedAt)
  const next = Math.max(0, Math.floor((now - from) / everyMs)) + 1
  return next > MOST ? Number.POSITIVE_INFINITY : from + next * everyMs
}
