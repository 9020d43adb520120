/** The instant that a reader asks about: now, or one before it, given out so that nothing live is recorded before it. */
import type { ShopRecord } from '#server/shops.ts'
import type { Deps } from './deps.ts'
import { Problem } from './problem.ts'

/** `final`: nothing can be recorded at or before it any more. @throws Problem 422 for an instant later than now */
export async function momentOf(
  deps: Deps,
  shop: ShopRecord,
  asked: number | undefined,
): Promise<{ at: number; final: boolean }> {
  const room = await deps.rooms.of(shop)
  const at = asked ?? room.now
  if (at > room.now) throw new Problem(422, 'at: expected an instant not later than now.')
  return { at, final: await room.reserve(at) }
}
