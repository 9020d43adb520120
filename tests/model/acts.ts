/** What people did about alerts: the acknowledged, the snoozed, the resolved and the taken up again. */
import type { RecordedEvent } from '#core/events.ts'
import type { AlertView } from '#core/view.ts'
import type { Alert } from './alerts.ts'
import { alertIdOf } from './alerts.ts'

/** Undefined where it does not apply. */
export type ActedOn = Alert &
  Pick<AlertView, 'state'> &
  Partial<Record<'acknowledgedBy' | 'handedBy' | 'snoozedBy', string | undefined>> & {
    acknowledgedAt?: number
    /** When its snooze was over. */
    wokenAt?: number
    snoozedUntil?: number
  }

/** The alerts that no person resolved, each as the last act on it since it reached its level left it. */
export function actedOn(alerts: Alert[], events: RecordedEvent[], at: number): ActedOn[] {
  const allActs = events.filter(({ type }) => type.startsWith('alert.'))
  if (allActs.length === 0) return alerts.map((alert) => ({ ...alert, state: 'open' }))
  return alerts.flatMap((alert) => {
    const acts = allActs.filter((event) => event.subject === alertIdOf(alert) && event.recordedAt >= openedAt(alert))
    const left: ActedOn = { ...alert, state: 'open' }
    let isResolved = false
    for (const { type, data, time, recordedAt } of acts) {
      if (type === 'alert.resolved') isResolved = data.reopened !== true
      // Nothing can be done about one that is put down but to take it up again.
      if (isResolved) continue
      if (
        'released' in data &&
        data.released === true &&
        !(type === 'alert.snoozed' && Date.parse(data.until) <= recordedAt)
      ) {
        for (const name of ['acknowledgedBy', 'acknowledgedAt', 'handedBy', 'snoozedUntil', 'snoozedBy'] as const)
          delete left[name]
        left.state = 'open'
        left.wokenAt = time
      }
      if (type === 'alert.acknowledged' && data.released !== true) {
        left.state = 'acknowledged'
        left.acknowledgedBy = data.to ?? data.by
        left.acknowledgedAt = time
        left.handedBy = data.to === undefined ? undefined : data.by
        delete left.snoozedUntil
      }
      if (type === 'alert.snoozed' && Date.parse(data.until) > recordedAt) {
        left.state = 'snoozed'
        left.snoozedUntil = Date.parse(data.until)
        left.snoozedBy = data.by
      }
    }
    if (isResolved) return []
    if (left.snoozedUntil !== undefined && left.snoozedUntil <= at) {
      left.state = 'open'
      left.wokenAt = left.snoozedUntil
      delete left.snoozedUntil
    }
    return [left]
  })
}

/** A breach is there from the first millisecond after its due instant. */
const openedAt = ({ level, since, reachedAt = since, dueAt }: Alert): number =>
  level === 'breach' && reachedAt === dueAt ? reachedAt + 1 : reachedAt
