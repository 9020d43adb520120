/** What is seen of a shop's floor now, with all that was acknowledged. */
import type { Floor } from '#core/floor.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { Deps } from './deps.ts'
import { Problem } from './problem.ts'

/** @throws Problem 503 while a history is loading: the present is not known then */
export async function lookNow<T>(deps: Deps, shop: ShopRecord, see: (floor: Floor) => T): Promise<T> {
  const room = await deps.rooms.of(shop)
  const seen = await room.look((floor) => ({ it: see(floor) }))
  if (seen === undefined)
    throw new Problem(503, 'A history is loading: try again.', { headers: { 'retry-after': '1' } })
  return seen.it
}
