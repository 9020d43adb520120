/** Walks a floor of its own through a shop's past: the same fold as live, read from the log page by page. */
import type { RecordedEvent } from '#core/events.ts'
import { advance, apply, type Floor } from '#core/floor.ts'
import { eventsOf, toRecorded } from '#server/log/decode.ts'
import type { ArchivedLog } from './archivedLog.ts'

/** Small, so that reading and folding a page never holds up the timers. */
const PAGE_EVENTS = 500

export class Walk {
  readonly floor: Floor
  #log: ArchivedLog
  #shopId: number
  #upTo: number
  #page: RecordedEvent[] = []
  #next = 0
  /** The page after the one at hand; none when that was the last. */
  #ahead: Promise<string> | undefined
  #readSeq: number

  /** @param upTo the last instant that will be asked for */
  constructor(log: ArchivedLog, shopId: number, floor: Floor, upTo: number) {
    this.#log = log
    this.#shopId = shopId
    this.floor = floor
    this.#upTo = upTo
    this.#readSeq = floor.seq
    this.#ahead = this.#ask()
  }

  /** Moves the floor to what it was at an instant, not before where it stands. */
  async moveTo(instant: number): Promise<void> {
    for (;;) {
      const event = this.#page[this.#next] ?? (await this.#read())
      if (event === undefined || event.recordedAt > instant) break
      apply(this.floor, event)
      this.#next++
    }
    advance(this.floor, instant)
  }

  async #read(): Promise<RecordedEvent | undefined> {
    if (this.#ahead === undefined) return undefined
    const page = eventsOf(await this.#ahead)
    this.#readSeq = page.at(-1)?.seq ?? this.#readSeq
    // While this page is folded here, the next one is read where the database is.
    this.#ahead = page.length === PAGE_EVENTS ? this.#ask() : undefined
    this.#page = page.map(toRecorded)
    this.#next = 0
    return this.#page[0]
  }

  #ask(): Promise<string> {
    const asked = this.#log.readPage(this.#shopId, {
      after: this.#readSeq,
      upToRecordedAt: this.#upTo,
      limit: PAGE_EVENTS,
    })
    // Whoever comes for it hears of it; a walk that is given up does not.
    asked.catch(() => undefined)
    return asked
  }
}
