/**
 * How far a shop's views may go. Nothing may be published at an instant that an event still to come could precede:
 * neither one of a commit under way, nor the next piece of a history that is being loaded.
 */
import type { Head } from '#server/log/log.ts'
import type { Clock } from './clock.ts'

/** A history counts as loaded when no further piece of it came for so long. */
export const BACKFILL_QUIET_MS = 1_000

export class Watermark {
  #clock: Clock
  #head: Head
  /** The latest instant that was published or passed by a timer. */
  #closedAt: number
  /** The latest instant published that was the last recordedAt at that moment, so that its view is final. */
  #finalAt = Number.NEGATIVE_INFINITY
  /** Before it was opened the view at the end of the log may have been given out as final; nobody knows any more. */
  readonly #openedAt: number
  /** The earliest recordedAt that the commit under way may bring. */
  #flight: number | undefined
  #backfilledAt = Number.NEGATIVE_INFINITY
  /** The end of the log came live, while a history was being loaded: it is shown at once, and the history goes on after it. */
  #isEndShown = false
  /** The next piece of a history is here, and waits for its turn. */
  #expectsBackfill = false

  constructor(clock: Clock, head: Head) {
    this.#clock = clock
    this.#head = head
    this.#openedAt = head.seq === 0 ? Number.NEGATIVE_INFINITY : head.recordedAt
    this.#closedAt = this.#openedAt
  }

  get head(): Head {
    return this.#head
  }

  /** The server's clock, or the last recordedAt where that ran ahead of it. */
  get now(): number {
    return Math.max(this.#clock.now(), this.#head.recordedAt)
  }

  /** Events recorded later than this may have to make room for others before them. */
  get foldLimit(): number {
    const limit = this.backfilling ? this.#head.recordedAt - (this.#isEndShown ? 0 : 1) : Number.POSITIVE_INFINITY
    return this.#flight === undefined ? limit : Math.min(limit, this.#flight - 1)
  }

  /** The latest instant that may be published. */
  get instant(): number {
    return Math.min(this.now, this.foldLimit)
  }

  /** A history is being loaded: time stands still at its end. */
  get backfilling(): boolean {
    return this.#expectsBackfill || this.#clock.now() < this.backfilledUntil
  }

  get backfilledUntil(): number {
    return this.#backfilledAt + BACKFILL_QUIET_MS
  }

  /** A commit under way may bring an event at or before `instant`. */
  mayPrecede(instant: number): boolean {
    return this.#flight !== undefined && this.#flight <= instant
  }

  /** recordedAt for what is appended next, live. */
  liveStamp(): number {
    return Math.max(this.now, this.#closedAt + 1)
  }

  /**
   * The end of the log as a backfill has to see it: a final view that was published stays as it is.
   * @param isCopy of another log, where every event keeps its instant, also where it was begun before a restart
   */
  backfillHead(isCopy: boolean): Head {
    const { seq, recordedAt } = this.#head
    const finalAt = isCopy ? this.#finalAt : Math.max(this.#finalAt, this.#openedAt)
    return { seq, recordedAt: this.#isEndShown || finalAt >= recordedAt ? recordedAt + 1 : recordedAt }
  }

  /** Until told otherwise a history goes on, however long its next piece has to wait. */
  expectBackfill(waits: boolean): void {
    this.#expectsBackfill = waits
  }

  /** A commit is under way; `from` is the earliest recordedAt it may bring. */
  depart(from: number): void {
    this.#flight = from
  }

  /** The commit under way has ended, with the log now ending at `head`. A live one leaves no room before its stamp. */
  arrive(head: Head, mode: 'live' | 'backfill'): void {
    this.#flight = undefined
    if (head.seq > this.#head.seq) this.#isEndShown = mode === 'live' && this.backfilling
    this.#head = head
    if (mode === 'backfill') this.#backfilledAt = this.#clock.now()
    else this.#closedAt = Math.max(this.#closedAt, head.recordedAt)
  }

  /** The commit under way has failed, or turned out empty. */
  abandon(): void {
    this.#flight = undefined
  }

  /** Nobody waits for the rest of a history any longer. */
  endBackfill(): void {
    this.#backfilledAt = Number.NEGATIVE_INFINITY
  }

  /** Time has passed `instant`: nothing live may be recorded at or before it. */
  close(instant: number): void {
    this.#closedAt = Math.max(this.#closedAt, instant)
  }

  /** The view at `instant` has been given out. */
  publish(instant: number): void {
    this.close(instant)
    if (instant === this.#head.recordedAt) this.#finalAt = instant
  }
}
