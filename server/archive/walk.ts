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
  #takes: (event: RecordedEvent) => boolean
  #readSeq: number

  /**
   * @param upTo the last instant that will be asked for
   * @param takes what is folded: all where it is left out
   */
  constructor(
    log: ArchivedLog,
    shopId: number,
    floor: Floor,
    upTo: number,
    takes: (event: RecordedEvent) => boolean = () => true,
  ) {
    this.#log = log
    this.#shopId = shopId
    this.floor = floor
    this.#upTo = upTo
    this.#takes = takes
    this.#readSeq = floor.seq
  }

  /** Moves the floor to what it was at an instant, not before where it stands. */
  async moveTo(instant: number): Promise<void> {
    for (;;) {
      const event = this.#page[this.#next] ?? (await this.#read())
      if (event === undefined || event.recordedAt > instant) break
      if (this.#takes(event)) apply(this.floor, event)
      this.#next++
    }
    advance(this.floor, instant)
  }

  async #read(): Promise<RecordedEvent | undefined> {
    if (!this.#more) return undefined
    const where = { after: this.#readSeq, upToRecordedAt: this.#upTo, limit: PAGE_EVENTS }
    const page = await this.#log.read(this.#shopId, where)
    this.#page = page.map(toRecorded)
    this.#readSeq = page.at(-1)?.seq ?? this.#readSeq
    this.#next = 0
    this.#more = page.length === PAGE_EVENTS
    return this.#page[0]
  }
}
