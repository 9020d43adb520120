/** Runs a what-if through the log: a walk of its own with two floors, apart from those that readers leave behind. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { HandbookChanges } from '#core/shop.ts'
import { type Period, Trial, type WhatIf } from '#core/whatIf.ts'
import { eventsOf, toRecorded } from '#server/log/decode.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { ArchivedLog } from './archivedLog.ts'
import { newestFloor } from './newestFloor.ts'
import type { SavedFloors } from './savedFloors.ts'
import { Walk } from './walk.ts'

/** As for a walk: small, so that others get their turns. */
const PAGE_EVENTS = 500

/** Reserved instants. */
export interface WhatIfAsked {
  period: Period
  handbook: HandbookChanges
}

/**
 * @param read saved floors that were read before
 * @param goOn told how far it is, from 0 to 1; answers whether it is still wanted
 * @returns undefined when it was not wanted any more
 */
export async function runWhatIf(
  log: ArchivedLog,
  read: SavedFloors,
  shop: ShopRecord,
  { period, handbook }: WhatIfAsked,
  goOn: (share: number) => Promise<boolean>,
): Promise<WhatIf | undefined> {
  const { from, to } = period
  const floor = await newestFloor(log, shop, from - 1, read)
  await new Walk(log, shop.id, floor, from - 1).moveTo(from - 1)
  const trial = new Trial(floor, period, handbook)
  // While a page is folded the next one is read: seq has no gaps.
  const readPage = (after: number) => log.readPage(shop.id, { after, upToRecordedAt: to, limit: PAGE_EVENTS })
  let next = readPage(floor.seq)
  for (;;) {
    const page = eventsOf(await next)
    const isLast = page.length < PAGE_EVENTS
    const after = page.at(-1)
    if (!isLast && after !== undefined) next = readPage(after.seq)
    for (const stored of page) trial.apply(toRecorded(stored))
    trial.step()
    if (isLast) return trial.finish()
    const share = ((after?.recordedAt ?? from) - from) / (to - from)
    if (!(await goOn(share))) {
      await next.catch(() => undefined)
      return undefined
    }
    await nextTurn()
  }
}
