/**
 * Alerts: one for each clock that warns or is breached and each condition that rings, until it is answered, cleared or
 * resolved by a person. Warn and breach of one clock are one alert; becoming a breach opens it again.
 */
import { Changed } from './changed.ts'
import { alertIdOf } from './clockAlerts.ts'
import type { Clock } from './clocks.ts'
import { LayeredMap } from './layeredMap.ts'
import type { Line } from './pages.ts'
import { alertOn, alertsOn, type SavedAlerts, type WrittenFloor } from './savedFloor.ts'
import { SortedList } from './sortedList.ts'
import type { AlertView } from './view.ts'

/** A view shows at most so many, the worst. */
export const ALERTS_SHOWN = 200
/** So many of a saved floor may be passed over to find those that still stand as they were. */
const SAVED_LEFT = 2_000

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
  /** It was over and forgotten, and is told again: what people did about it is only in its history. */
  retold?: true
}

export type LevelCounts = Record<Level, number>

/** The alerts that are not resolved, and those changed since last taken. */
export class Alerts {
  counts = new Map<string, LevelCounts>()
  /** Resolved by a person while what they tell of goes on. */
  putDown = new Map<string, Alert>()
  /** Since their history was last told. */
  changed = new Map<string, Alert>()
  written = new Changed()
  /** As they were last drawn: of those on a wall few change from one view to the next. */
  drawn = new Map<string, AlertView>()
  #byId = new Map<string, Alert>()
  #breach = new SortedList<Alert>(worseFirst)
  #warn = new SortedList<Alert>(worseFirst)
  /** Those of a saved floor, under what became of them since. */
  #saved: { standing: LayeredMap<Line>; layers: readonly SavedAlerts[] } | undefined
  /** The ids of those of the saved floor that are resolved, or may have changed. */
  #left = new Set<string>()
  /** The first so many of the saved floor; `isAll` where it has no more. */
  #savedWorst: Partial<Record<Level, { alerts: Alert[]; isAll: boolean }>> = {}

  /** One that may then be changed. */
  get(id: string): Alert | undefined {
    const known = this.#byId.get(id)
    if (known !== undefined || this.#left.has(id)) return known
    const line = this.#saved?.standing.get(id)
    if (line === undefined) return undefined
    const alert = alertOn(line.text)
    this.#left.add(id)
    this.#keep(alert)
    if (this.#left.size > SAVED_LEFT) this.#unfold()
    return alert
  }

  has(id: string): boolean {
    return this.#byId.has(id) || (!this.#left.has(id) && this.#saved?.standing.get(id) !== undefined)
  }

  /** Of what goes on, whether a person has resolved it or not; one that may then be changed. */
  find(id: string): Alert | undefined {
    return this.get(id) ?? this.putDown.get(id)
  }

  /** That of a clock, while it is not resolved. Not kept with the clock: most clocks are read again and their alerts not asked for. */
  of(clock: Clock): Alert | undefined {
    return clock.rung === 'none' ? undefined : this.find(alertIdOf(clock))
  }

  /** All of them, to be looked at. */
  all(): Iterable<Alert> {
    this.#unfold()
    return this.#byId.values()
  }

  /** Breach before warn, then earliest due; to be looked at. */
  worst(most: number, levels: readonly Level[] = ['breach', 'warn']): Alert[] {
    const worst: Alert[] = []
    for (const level of levels) if (worst.length < most) worst.push(...this.#first(level, most - worst.length))
    return worst
  }

  show(alert: Alert): void {
    if (this.#saved !== undefined) this.#left.add(alert.id)
    this.#keep(alert)
    this.#count(alert, 1)
  }

  hide(alert: Alert): void {
    this.putDown.delete(alert.id)
    const known = this.get(alert.id)
    if (known === undefined) return
    this.#byId.delete(known.id)
    this.#listOf(known.level).remove(known)
    this.#count(known, -1)
  }

  /** A person resolved it: it is not shown, but may be taken up again. */
  put(alert: Alert): void {
    this.hide(alert)
    this.putDown.set(alert.id, alert)
  }

  /** Takes note that the alert opened, changed or was resolved. */
  touch(alert: Alert): void {
    this.drawn.delete(alert.id)
    this.changed.set(alert.id, alert)
    this.written.add(alert.id)
  }

  /** Those not resolved, or what changed since they were written down at a seq. */
  write(since: number | undefined): WrittenFloor['alerts'] {
    const counts = [...this.counts]
    if (since === undefined) {
      this.#unfold()
      return { gone: [], all: this.#byId, counts }
    }
    const gone: string[] = []
    const all = new Map<string, Alert>()
    for (const id of this.written.since(since)) {
      const alert = this.#byId.get(id)
      if (alert === undefined) gone.push(id)
      else all.set(id, alert)
    }
    return { gone, all, counts }
  }

  /** Takes in what was saved. */
  restore(layers: readonly SavedAlerts[]): void {
    this.#saved = { standing: new LayeredMap(layers), layers }
    this.counts = new Map(layers.at(-1)?.counts.map(([rule, counts]) => [rule, { ...counts }]))
  }

  #first(level: Level, most: number): Alert[] {
    const own = this.#listOf(level).first(most)
    if (this.#saved === undefined) return own
    return [...own, ...this.#firstSaved(level, most)].sort(worseFirst).slice(0, most)
  }

  #firstSaved(level: Level, most: number): Alert[] {
    for (let taken = 2 * most; ; taken *= 2) {
      const worst = this.#savedWorst[level] ?? this.#gather(level, taken)
      this.#savedWorst[level] = worst
      const standing = worst.alerts.filter(({ id }) => !this.#left.has(id))
      if (standing.length >= most || worst.isAll) return standing
      delete this.#savedWorst[level]
    }
  }

  #gather(level: Level, most: number): { alerts: Alert[]; isAll: boolean } {
    const alerts: Alert[] = []
    let isAll = true
    for (const layer of this.#saved?.layers ?? []) {
      let left = most
      for (const alert of alertsOn(layer[level])) {
        if (!this.#saved?.standing.isLast(alert.id, layer)) continue
        alerts.push(alert)
        if (--left > 0) continue
        isAll = false
        break
      }
    }
    alerts.sort(worseFirst)
    return { alerts: isAll ? alerts : alerts.slice(0, most), isAll }
  }

  /** Makes one of what was saved and what became of it since. */
  #unfold(): void {
    if (this.#saved === undefined) return
    const saved = this.#saved.standing.joined()
    this.#saved = undefined
    this.#savedWorst = {}
    const alerts: Alert[] = []
    for (const [id, line] of saved) {
      if (this.#left.has(id)) continue
      const alert = alertOn(line.text)
      this.#byId.set(id, alert)
      alerts.push(alert)
    }
    this.#left.clear()
    this.#breach.fill(alerts.filter(({ level }) => level === 'breach'))
    this.#warn.fill(alerts.filter(({ level }) => level === 'warn'))
  }

  #keep(alert: Alert): void {
    this.#byId.set(alert.id, alert)
    this.#listOf(alert.level).add(alert)
  }

  #listOf(level: Level): SortedList<Alert> {
    return level === 'breach' ? this.#breach : this.#warn
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

/** Among those of a level: earliest due first; 0 only for one and the same. */
export function worseFirst(a: Alert, b: Alert): number {
  const difference = (a.dueAt ?? a.openedAt) - (b.dueAt ?? b.openedAt)
  return difference !== 0 ? difference : a.id < b.id ? -1 : 1
}
