/** What people do about alerts, and what follows when a snooze is over. */
import type { Alert } from './alerts.ts'
import type { RecordedEvent } from './events.ts'
import type { Floor } from './state.ts'

/** A person took it, put it to sleep, resolved it or took that back. Unknown alerts are left alone. */
export function act(
  floor: Floor,
  event: RecordedEvent<'alert.acknowledged' | 'alert.snoozed' | 'alert.resolved'>,
): void {
  const { alerts } = floor
  if (event.type === 'alert.resolved' && event.data.reopened === true) return reopen(floor, event.subject)
  const alert = alerts.get(event.subject)
  if (alert === undefined) return
  alerts.touch(alert)
  if (event.type === 'alert.acknowledged' && event.data.released === true) {
    release(alert, event.time)
  } else if (event.type === 'alert.acknowledged') {
    alert.state = 'acknowledged'
    const { by, to } = event.data
    alert.acknowledgedBy = to ?? by
    alert.handedBy = to === undefined ? undefined : by
    alert.acknowledgedAt = event.time
    alert.snoozedUntil = undefined
  } else if (event.type === 'alert.snoozed') {
    const until = Date.parse(event.data.until)
    if (!(until > floor.now)) return
    if (event.data.released === true) release(alert, event.time)
    alert.state = 'snoozed'
    alert.snoozedUntil = until
    alert.snoozedBy = event.data.by
    floor.timers.push(until, { kind: 'snooze', alert: alert.id, timerAt: until })
  } else {
    alert.resolvedFrom = alert.state as Alert['resolvedFrom']
    alert.state = 'resolved'
    alert.resolvedAt = event.time
    alert.resolvedBy = event.data.by
    alert.note = event.data.note
    alerts.put(alert)
  }
}

/** As it was before a person resolved it; one whose snooze was over meanwhile is awake. */
function reopen(floor: Floor, id: string): void {
  const { alerts, now, timers } = floor
  const alert = alerts.putDown.get(id)
  if (alert === undefined) return
  alerts.hide(alert)
  alert.state = alert.resolvedFrom ?? 'open'
  alert.resolvedFrom = undefined
  alert.resolvedAt = undefined
  alert.resolvedBy = undefined
  alert.note = undefined
  alerts.show(alert)
  alerts.touch(alert)
  if (alert.state !== 'snoozed' || alert.snoozedUntil === undefined) return
  if (alert.snoozedUntil <= now) wake(floor, id, alert.snoozedUntil)
  else timers.push(alert.snoozedUntil, { kind: 'snooze', alert: id, timerAt: alert.snoozedUntil })
}

/** Open again, as if nobody had touched it; whoever is to be told of it is told anew from now on. */
function release(alert: Alert, at: number): void {
  alert.state = 'open'
  alert.acknowledgedBy = undefined
  alert.acknowledgedAt = undefined
  alert.handedBy = undefined
  alert.snoozedUntil = undefined
  alert.snoozedBy = undefined
  alert.wokenAt = at
}

/** The snooze is over: the alert is open again. */
export function wake(floor: Floor, id: string, at: number): void {
  const alert = floor.alerts.get(id)
  if (alert?.snoozedUntil !== at || alert.state !== 'snoozed') return
  alert.state = 'open'
  alert.snoozedUntil = undefined
  alert.wokenAt = at
  floor.alerts.touch(alert)
}
