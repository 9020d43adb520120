/** Folds a stretch of the past again under another handbook, and looks at the past as it was. */
import { type AlertRecord, takeAlertChanges } from '#core/floor.ts'
import type { HandbookChanges } from '#core/shop.ts'
import { type Breach, breachesAmong, tryHandbook } from '#core/whatIf.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { ArchivedLog } from './archivedLog.ts'
import { newestFloor } from './newestFloor.ts'
import { Walk } from './walk.ts'

/** Epoch ms: from the first instant to before `to`, of which `upTo` is the last that can be seen. */
export interface Stretch {
  from: number
  to: number
  upTo: number
}

const STEP_MS = 3_600_000

/** @param tell how much of the stretch is done, from 0 to 1 */
export async function tryOnPast(
  log: ArchivedLog,
  shop: ShopRecord,
  { from, to, upTo }: Stretch,
  handbook: HandbookChanges,
  tell: (done: number) => void,
): Promise<Breach[]> {
  const floor = await newestFloor(log, shop, from - 1)
  // Whatever was published meanwhile, the tried one stays.
  const walk = new Walk(log, shop.id, floor, upTo, ({ type }) => floor.now < from - 1 || type !== 'handbook.changed')
  await walk.moveTo(from - 1)
  tryHandbook(floor, handbook, from)
  floor.alerts.changed.clear()
  const alerts = new Map<string, AlertRecord>()
  for (let at = from; ; at = Math.min(at + STEP_MS, upTo)) {
    await walk.moveTo(at)
    for (const record of takeAlertChanges(floor)) alerts.set(record.id, record)
    tell((at - from) / Math.max(1, upTo - from))
    if (at >= upTo) break
  }
  return breachesAmong(alerts.values(), from, to)
}
