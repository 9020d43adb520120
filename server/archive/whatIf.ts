/** Runs a what-if through the log: a walk of its own with two floors, apart from those that readers leave behind. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { HandbookChanges } from '#core/shop.ts'
import { type Period, Trial, type WhatIf } from '#core/whatIf.ts'
import { toRecorded } from '#server/log/decode.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { ArchivedLog } from './archivedLog.ts'
import { eventPages } from './eventPages.ts'
import { newestFloor } from './newestFloor.ts'
import type { SavedFloors } from './savedFloors.ts'
import { Walk } from './walk.ts'

/** How far it is, is told in steps of so much: it is another thread that wants to know. */
const TOLD_SHARE = 0.01

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
  let told = 0
  for await (const page of eventPages(log, shop.id, { after: floor.seq, upToRecordedAt: to })) {
    for (const stored of page) trial.apply(toRecorded(stored))
    trial.step()
    const share = ((page.at(-1)?.recordedAt ?? from) - from) / (to - from)
    if (share >= told + TOLD_SHARE) {
      if (!(await goOn(share))) return undefined
      told = share
    }
    await nextTurn()
  }
  return trial.finish()
}
