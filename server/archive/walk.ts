/** Walks a floor of its own through a shop's past: the same fold as live, read from the log page by page. */
import type { RecordedEvent } from '#core/events.ts'
import { advance, apply, type Floor } from '#core/floor.ts'
import { type StoredEvent, toRecorded } from '#server/log/decode.ts'
import type { ArchivedLog } from './archivedLog.ts'
import { eventPages } from './eventPages.ts'

export class Walk {
  readonly floor: Floor
  #pages: AsyncIterator<StoredEvent[], void>
  #page: readonly RecordedEvent[] = []
  #next = 0

  /** @param upTo the last instant that will be asked for */
  constructor(log: ArchivedLog, shopId: number, floor: Floor, upTo: number) {
    this.floor = floor
    this.#pages = eventPages(log, shopId, { after: floor.seq, upToRecordedAt: upTo })
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
    const { value: page } = await this.#pages.next()
    this.#page = page?.map(toRecorded) ?? []
    this.#next = 0
    return this.#page[0]
  }
}
