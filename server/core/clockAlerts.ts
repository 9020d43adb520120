/** The alert of a clock: rung as it warns and is breached, settled as it is answered, told again as more becomes known. */
import type { Alert, Level } from './alerts.ts'
import { base36 } from './base36.ts'
import { type Clock, isRunning, ruleOf } from './clocks.ts'
import type { Floor } from './state.ts'

/**
 * Rings a clock's alert, unless it has rung at that level or a worse one before. One that was settled, and of which it
 * turns out that the clock goes on, is open again.
 */
export function ring(floor: Floor, clock: Clock, level: Level): void {
  const { alerts } = floor
  const known = alerts.of(clock)
  const hasRung = clock.rung === 'breach' || clock.rung === level
  if (hasRung && known !== undefined) return keepInStep(floor, known, clock)
  if (hasRung && !isRunning(clock)) return
  clock.rung = level
  if (known !== undefined) alerts.hide(known)
  const alert = alertOf(clock, level)
  alerts.touch(alert)
  if (isRunning(clock)) alerts.show(alert)
  else close(alert, clock, floor.now)
}

/** What became known of its clock changes who an alert concerns, or when it was due. */
function keepInStep({ alerts }: Floor, alert: Alert, clock: Clock): void {
  const { due: dueAt, agent, queue } = clock
  const isMoved = alert.dueAt !== dueAt
  if (!isMoved && alert.agent === agent && alert.queue === queue) return
  const { openedAt } = alertOf(clock, alert.level)
  const isShown = alerts.has(alert.id)
  if (isShown) alerts.hide(alert)
  Object.assign(alert, { agent, queue }, isMoved ? { openedAt, dueAt } : {})
  if (isShown) alerts.show(alert)
  alerts.touch(alert)
}

/** Resolves a clock's alert: answered, ended, or never a breach after all. */
export function settle(floor: Floor, clock: Clock): void {
  const { alerts } = floor
  let alert = alerts.of(clock)
  if (clock.rung === 'breach' && clock.outcome !== 'breached') {
    alert ??= settledOf(floor, clock)
    alert.withdrawn = true
  }
  if (clock.outcome !== 'breached') clock.rung = 'none'
  if (alert === undefined) return
  alerts.hide(alert)
  // One that a person resolved stays as they left it.
  if (alert.state === 'resolved' && !alert.withdrawn) return
  close(alert, clock, floor.now)
  alerts.touch(alert)
}

/** The same for the same clock at any time, in any process. */
export function alertIdOf(clock: Clock): string {
  clock.alertId ??= newAlertId(clock)
  return clock.alertId
}

function newAlertId(clock: Clock): string {
  const rule = ruleOf(clock)
  const id = `${rule.id}/${rule.of}/${clock.subject}`
  if (!clock.again) return id
  const start = base36(clock.start)
  if (clock.trigger === undefined) return `${id}/${start}`
  return `${id}/${clock.trigger}/${start}${clock.twin === 0 ? '' : `/${clock.twin}`}`
}

function alertOf(clock: Clock, level: Level): Alert {
  const from = level === 'breach' ? clock.due : clock.warnAt
  return {
    id: alertIdOf(clock),
    rule: ruleOf(clock).id,
    subject: clock.subject,
    level,
    state: 'open',
    openedAt: Math.max(from, clock.knownAt),
    dueAt: clock.due,
    agent: clock.agent,
    queue: clock.queue,
  }
}

/**
 * What became known of a clock that was decided already changes how the alert of its breach ended: its history is told
 * again. One that is open, or that a person resolved, is not touched.
 */
export function retell(floor: Floor, clock: Clock): void {
  if (clock.outcome === 'breached' && !isRunning(clock)) tellAnew(floor, clock, false)
}

/**
 * A clock of which it turns out that it started at another time had not caused the breach that is told of it: that one is
 * withdrawn as it was, and what the clock causes now is told after. One that is open is kept in step instead.
 */
export function withdraw(floor: Floor, clock: Clock): void {
  if (tellAnew(floor, clock, true)) clock.rung = 'none'
}

/** False where no breach has been told of that is over. */
function tellAnew(floor: Floor, clock: Clock, isWithdrawn: boolean): boolean {
  const { alerts } = floor
  if (clock.rung !== 'breach' || alerts.of(clock) !== undefined) return false
  const alert = settledOf(floor, clock)
  if (isWithdrawn) alert.withdrawn = true
  close(alert, clock, floor.now)
  alerts.touch(alert)
  return true
}

/** The alert of a breach that is over, as far as it is still known. */
function settledOf({ alerts }: Floor, clock: Clock): Alert {
  const anew = alertOf(clock, 'breach')
  return Object.assign(alerts.changed.get(anew.id) ?? { retold: true }, anew)
}

function close(alert: Alert, clock: Clock, now: number): void {
  const { stop, end } = clock
  const answered = stop ?? end
  alert.state = 'resolved'
  alert.snoozedUntil = undefined
  // An answer at the very due instant was in time: the breach stood until that became known.
  const from = alert.level === 'breach' ? Math.max(alert.openedAt, clock.due + 1) : alert.openedAt
  alert.resolvedAt = answered !== undefined && answered >= from ? answered : Math.max(now, alert.openedAt)
  const isLate = stop !== undefined && !alert.withdrawn && clock.outcome === 'breached'
  alert.lateMs = isLate ? stop - clock.due : undefined
}
