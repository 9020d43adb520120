/** Keeps one shop's floor: folds what is in the log, in order, a slice at a time. Knows no clock and no database. */
import type { RecordedEvent } from '#core/events.ts'
import { type AlertRecord, advance, apply, drawView, type Floor, nextDueAt, takeAlertChanges } from '#core/floor.ts'
import { Tidy } from '#core/tidy.ts'
import type { View } from '#core/view.ts'

/** Looking at the watch costs more than folding an event. */
const LOOK_EVERY = 16

export class FloorKeeper {
  readonly floor: Floor
  /** The instant up to which time was moved on; no event may still come at or before it. */
  movedTo = Number.NEGATIVE_INFINITY
  /** Something may look different from when the view was last drawn. */
  changed = true
  #tidy = new Tidy()
  #waiting: RecordedEvent[] = []
  #folded = 0
  #lastRecordedAt = Number.NEGATIVE_INFINITY

  constructor(floor: Floor) {
    this.floor = floor
  }

  /** Events of the log not yet folded. */
  get behind(): number {
    return this.#waiting.length - this.#folded
  }

  /** The next instant at which time alone changes something; Infinity when there is none. */
  get nextDueAt(): number {
    return nextDueAt(this.floor)
  }

  push(events: readonly RecordedEvent[]): void {
    for (const event of events) this.#waiting.push(event)
  }

  /**
   * Folds what was recorded at or before `limit`, for about `sliceMs`.
   * @returns whether all of it is folded
   */
  foldSlice(limit: number, sliceMs: number): boolean {
    const end = performance.now() + sliceMs
    const waiting = this.#waiting
    for (let count = 1; this.#folded < waiting.length; count++) {
      const event = waiting[this.#folded] as RecordedEvent
      if (event.recordedAt > limit) break
      if (count % LOOK_EVERY === 0) {
        this.#tidy.step(this.floor)
        if (performance.now() > end) return false
      }
      apply(this.floor, event)
      this.#folded++
      this.#lastRecordedAt = event.recordedAt
      this.changed = true
    }
    if (this.#folded > 0) {
      this.#waiting = waiting.slice(this.#folded)
      this.#folded = 0
    }
    return true
  }

  /** Moves time on; everything recorded at or before `instant` must be folded. */
  moveTo(instant: number): void {
    if (instant <= this.movedTo) return
    if (this.nextDueAt <= instant) this.changed = true
    advance(this.floor, instant)
    this.movedTo = instant
  }

  /** Puts away some of what is out and may rest: time alone brings out very many. @returns whether there is more to do */
  tidy(): boolean {
    return this.#tidy.step(this.floor)
  }

  /** The latest instant that no event waiting to be folded has a say in; Infinity when none waits. */
  get reach(): number {
    const next = this.#waiting[this.#folded]
    return next === undefined ? Number.POSITIVE_INFINITY : next.recordedAt - 1
  }

  /** Something waits that was recorded at or before `limit`. */
  canFold(limit: number): boolean {
    return this.behind > 0 && this.reach < limit
  }

  /** The view at `movedTo`. */
  draw(): View {
    return drawView(this.floor)
  }

  /** Every alert that is open counts as changed. */
  retellAlerts(): void {
    const { alerts } = this.floor
    for (const alert of alerts.all()) alerts.changed.set(alert.id, alert)
  }

  takeAlertChanges(): AlertRecord[] {
    return takeAlertChanges(this.floor)
  }

  /** When the last folded event was recorded. */
  get lastRecordedAt(): number {
    return this.#lastRecordedAt
  }
}
