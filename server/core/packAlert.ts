/** An alert whose clock or condition goes on, as a short list and back. */
import type { Alert } from './alerts.ts'

type Maybe<T> = T | null
/** Trailing nulls are left out. */
export type PackedAlert = [
  id: string,
  rule: string,
  subject: string,
  level: Alert['level'],
  state: Alert['state'],
  openedAt: number,
  dueAt?: Maybe<number>,
  agent?: Maybe<string>,
  queue?: Maybe<string>,
  acknowledgedBy?: Maybe<string>,
  snoozedUntil?: Maybe<number>,
  acknowledgedAt?: Maybe<number>,
  handedBy?: Maybe<string>,
  snoozedBy?: Maybe<string>,
  wokenAt?: Maybe<number>,
  resolvedFrom?: Maybe<Exclude<Alert['state'], 'resolved'>>,
  resolvedAt?: Maybe<number>,
  resolvedBy?: Maybe<string>,
  note?: Maybe<string>,
]

export function packAlert(alert: Alert): PackedAlert {
  const { id, rule, subject, level, state, openedAt, dueAt, agent, queue, acknowledgedBy, snoozedUntil } = alert
  const { acknowledgedAt, handedBy, snoozedBy, wokenAt, resolvedFrom, resolvedAt, resolvedBy, note } = alert
  const packed: unknown[] = [id, rule, subject, level, state, openedAt]
  for (const rare of [dueAt, agent, queue, acknowledgedBy, snoozedUntil, acknowledgedAt, handedBy, snoozedBy, wokenAt])
    packed.push(rare ?? null)
  for (const rare of [resolvedFrom, resolvedAt, resolvedBy, note]) packed.push(rare ?? null)
  while (packed.at(-1) === null) packed.pop()
  return packed as PackedAlert
}

export function unpackAlert(packed: PackedAlert): Alert {
  const [id, rule, subject, level, state, openedAt, dueAt, agent, queue, by, until, takenAt, handedBy, ...more] = packed
  const [snoozedBy, wokenAt, resolvedFrom, resolvedAt, resolvedBy, note] = more
  const alert: Alert = { id, rule, subject, level, state, openedAt }
  alert.dueAt = dueAt ?? undefined
  alert.agent = agent ?? undefined
  alert.queue = queue ?? undefined
  alert.acknowledgedBy = by ?? undefined
  alert.snoozedUntil = until ?? undefined
  alert.acknowledgedAt = takenAt ?? undefined
  alert.handedBy = handedBy ?? undefined
  alert.snoozedBy = snoozedBy ?? undefined
  alert.wokenAt = wokenAt ?? undefined
  alert.resolvedFrom = resolvedFrom ?? undefined
  alert.resolvedAt = resolvedAt ?? undefined
  alert.resolvedBy = resolvedBy ?? undefined
  alert.note = note ?? undefined
  return alert
}
