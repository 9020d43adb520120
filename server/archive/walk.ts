/** Walks a floor of its own through a shop's past: the same fold as live, read from the log page by page. */
import type { RecordedEvent } from '#core/events.ts'
import { advance, apply, type Floor } from '#core/floor.ts'
import { toRecorded } from '#server/log/decode.ts'
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
  #more = true

  /** @param upTo the last instant that will be asked for */
  constructor(log: ArchivedLog, shopId: number, floor: Floor, upTo: number) {
    this.#log = log
    this.#shopId = shopId
    this.floor = floor
    this.#upTo = upTo
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
    if (!this.#more) return undefined
    const where = { after: this.floor.seq, upToRecordedAt: this.#upTo, limit: PAGE_EVENTS }
    const page = await this.#log.read(this.#shopId, where)
    this.#page = page.map(toRecorded)
    this.#next = 0
    this.#more = page.length === PAGE_EVENTS
    return this.#page[0]
  }
}
