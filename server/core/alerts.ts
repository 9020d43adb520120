/**
 * Alerts: one for each clock that warns or is breached and each condition that rings, until it is answered, cleared or
 * resolved by a person. Warn and breach of one clock are one alert; becoming a breach opens it again.
 */
import { type Clock, isRunning, ruleOf } from './clocks.ts'
import type { RecordedEvent } from './events.ts'
import type { Written } from './floorText.ts'
import { packAlert, unpackAlert } from './packAlert.ts'
import { SortedList } from './sortedList.ts'
import type { Floor } from './state.ts'

/** A view shows at most so many, the worst. */
export const ALERTS_SHOWN = 200

export type Level = 'warn' | 'breach'

/** Instants in epoch ms. */
export interface Alert {
  id: string
  rule: string
  subject: string
  level: Level
  state: 'open' | 'acknowledged' | 'snoozed' | 'resolved'
  /** When it opened at its present level: a breach at its due instant, if its clock was known by then. */
  openedAt: number
  dueAt?: number | undefined
  agent?: string | undefined
  queue?: string | undefined
  acknowledgedBy?: string | undefined
  acknowledgedAt?: number | undefined
  /** Who gave it to the one who has it now. */
  handedBy?: string | undefined
  snoozedBy?: string | undefined
  resolvedBy?: string | undefined
  /** The state in which a person resolved it. */
  resolvedFrom?: Exclude<Alert['state'], 'resolved'> | undefined
  /** What whoever resolved it said. */
  note?: string | undefined
  /** When its last snooze was over. */
  wokenAt?: number | undefined
  snoozedUntil?: number | undefined
  resolvedAt?: number | undefined
  lateMs?: number | undefined
  /** The breach turned out not to have been one: the answer had come in time. */
  withdrawn?: boolean | undefined
}

/** The alerts that are not resolved, worst first, and those changed since last taken. */
export class Alerts implements Written {
  byId = new Map<string, Alert>()
  /** Resolved by a person while what they tell of goes on. */
  putDown = new Map<string, Alert>()
  breach = new SortedList<Alert>(order)
  warn = new SortedList<Alert>(order)
  counts = new Map<string, { warn: number; breach: number }>()
  /** Since their history was last told. */
  changed = new Map<string, Alert>()
  /** Since last written down. */
  #unwritten = new Set<string>()

  /** Breach before warn, then earliest due. */
  worst(most: number): Alert[] {
    const breach = this.breach.first(most)
    return breach.concat(this.warn.first(most - breach.length))
  }

  /** Of what goes on, whether a person has resolved it or not. */
  find(id: string): Alert | undefined {
    return this.byId.get(id) ?? this.putDown.get(id)
  }

  show(alert: Alert): void {
    this.byId.set(alert.id, alert)
    this[alert.level].add(alert)
    this.#count(alert, 1)
  }

  hide(alert: Alert): void {
    if (this.putDown.delete(alert.id)) this.#unwritten.add(alert.id)
    if (!this.byId.delete(alert.id)) return
    this[alert.level].remove(alert)
    this.#count(alert, -1)
  }

  /** A person resolved it: it is not shown, but may be taken up again. */
  put(alert: Alert): void {
    this.hide(alert)
    this.putDown.set(alert.id, alert)
  }

  /** Takes note that the alert opened, changed or was resolved. */
  touch(alert: Alert): void {
    this.changed.set(alert.id, alert)
    this.#unwritten.add(alert.id)
  }

  /** A line for each. */
  *lines(): Generator<[id: string, line: string]> {
    for (const alerts of [this.byId, this.putDown]) for (const [id, alert] of alerts) yield [id, packAlert(alert)]
    this.#unwritten.clear()
  }

  /** A line for each that changed since last written down; none for one that is gone. */
  *changes(): Generator<[id: string, line: string | undefined]> {
    for (const id of this.#unwritten) {
      const alert = this.find(id)
      yield [id, alert && packAlert(alert)]
    }
    this.#unwritten.clear()
  }

  /** Takes in what `lines` wrote. */
  restore(lines: Iterable<[id: string, line: string]>): void {
    const all = Array.from(lines, ([id, line]) => unpackAlert(id, line))
    const alerts = all.filter(({ state }) => state !== 'resolved')
    for (const alert of all) if (alert.state === 'resolved') this.putDown.set(alert.id, alert)
    for (const alert of alerts) {
      this.byId.set(alert.id, alert)
      this.#count(alert, 1)
    }
    this.breach.fill(alerts.filter(({ level }) => level === 'breach'))
    this.warn.fill(alerts.filter(({ level }) => level === 'warn'))
  }

  #count(alert: Alert, sign: 1 | -1): void {
    let counts = this.counts.get(alert.rule)
    if (counts === undefined) {
      counts = { warn: 0, breach: 0 }
      this.counts.set(alert.rule, counts)
    }
    counts[alert.level] += sign
    if (counts.warn === 0 && counts.breach === 0) this.counts.delete(alert.rule)
  }
}

/** Rings a clock's alert, unless it has rung at that level or a worse one before. */
export function ring(floor: Floor, clock: Clock, level: Level): void {
  const { alerts } = floor
  const known = clock.alert
  if (clock.rung === 'breach' || clock.rung === level) {
    if (known !== undefined) keepInStep(floor, known, clock)
    return
  }
  clock.rung = level
  if (known !== undefined) alerts.hide(known)
  const alert = alertOf(clock, level)
  alerts.touch(alert)
  const running = isRunning(clock)
  clock.alert = running ? alert : undefined
  if (running) alerts.show(alert)
  else close(alert, clock, floor.now)
}

/** What became known of its clock changes who an alert concerns, or when it was due. */
function keepInStep({ alerts }: Floor, alert: Alert, clock: Clock): void {
  const { openedAt, dueAt, agent, queue } = alertOf(clock, alert.level)
  const isMoved = alert.dueAt !== dueAt
  if (!isMoved && alert.agent === agent && alert.queue === queue) return
  const isShown = alerts.byId.has(alert.id)
  if (isShown) alerts.hide(alert)
  Object.assign(alert, { agent, queue }, isMoved ? { openedAt, dueAt } : {})
  if (isShown) alerts.show(alert)
  alerts.touch(alert)
}

/** Resolves a clock's alert: answered, ended, or never a breach after all. */
export function settle(floor: Floor, clock: Clock): void {
  const { alerts } = floor
  let { alert } = clock
  clock.alert = undefined
  if (clock.rung === 'breach' && clock.outcome !== 'breached') {
    alert ??= alertOf(clock, 'breach')
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

/** A person took it, put it to sleep, resolved it or took that back. Unknown alerts are left alone. */
export function act(
  floor: Floor,
  event: RecordedEvent<'alert.acknowledged' | 'alert.snoozed' | 'alert.resolved'>,
): void {
  const { alerts } = floor
  if (event.type === 'alert.resolved' && event.data.reopened === true) return reopen(floor, event.subject)
  const alert = alerts.byId.get(event.subject)
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
  const alert = floor.alerts.byId.get(id)
  if (alert?.snoozedUntil !== at || alert.state !== 'snoozed') return
  alert.state = 'open'
  alert.snoozedUntil = undefined
  alert.wokenAt = at
  floor.alerts.touch(alert)
}

/** The same for the same clock at any time, in any process. */
export function alertIdOf(clock: Clock): string {
  const rule = ruleOf(clock)
  const id = `${rule.id}/${rule.of}/${clock.subject}`
  if (!clock.again) return id
  const start = clock.start.toString(36)
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

function close(alert: Alert, clock: Clock, now: number): void {
  const answered = clock.stop ?? clock.end
  alert.state = 'resolved'
  alert.snoozedUntil = undefined
  alert.resolvedAt = answered !== undefined && answered >= alert.openedAt ? answered : Math.max(now, alert.openedAt)
  if (!alert.withdrawn && clock.outcome === 'breached' && clock.stop !== undefined)
    alert.lateMs = clock.stop - clock.due
}

function order(a: Alert, b: Alert): number {
  const difference = (a.dueAt ?? a.openedAt) - (b.dueAt ?? b.openedAt)
  return difference !== 0 ? difference : a.id < b.id ? -1 : 1
}
