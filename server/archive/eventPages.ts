/** A shop's log, page by page: while one is folded, the next is read where the database is. */
import { eventsOf, type StoredEvent } from '#server/log/decode.ts'
import type { ArchivedLog } from './archivedLog.ts'

/** Small, so that reading and folding a page never holds up the timers. */
const PAGE_EVENTS = 500

/** Where to begin, and where it ends: before the first event recorded after an instant, or at a seq. */
export interface Stretch {
  after: number
  upToRecordedAt?: number
  upToSeq?: number
}

/** None of them is empty. */
export async function* eventPages(
  log: Pick<ArchivedLog, 'readPage'>,
  shopId: number,
  { after, upToRecordedAt = Number.MAX_SAFE_INTEGER, upToSeq = Number.MAX_SAFE_INTEGER }: Stretch,
): AsyncGenerator<StoredEvent[], void> {
  const ask = (from: number) => {
    const limit = Math.min(PAGE_EVENTS, upToSeq - from)
    const asked = log.readPage(shopId, { after: from, upToRecordedAt, limit })
    // Whoever comes for it hears of it; a stretch that is given up does not.
    asked.catch(() => undefined)
    return asked
  }
  let next = after < upToSeq ? ask(after) : undefined
  while (next !== undefined) {
    const page = eventsOf(await next)
    const { seq = after } = page.at(-1) ?? {}
    next = page.length === PAGE_EVENTS && seq < upToSeq ? ask(seq) : undefined
    if (page.length > 0) yield page
  }
}
