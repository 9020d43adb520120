/** From candidates to the log: judged one by one, the sound ones appended together, the others kept as rejected. */
import type { Grant } from '#server/auth/grant.ts'
import type { Mode, SoundEvent } from '#server/live/inbox.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { Candidate } from './cloudEvents.ts'
import type { Deps } from './deps.ts'
import { judge } from './judge.ts'

/** Taken, it would be counted again where it had been before. */
export const BEFORE_LOG = 'time: expected an instant of the days that this shop still keeps'

export interface Rejection {
  index: number
  id?: string
  error: string
}
export interface Receipt {
  accepted: number
  duplicates: number
  rejected: Rejection[]
  /** The shop's last seq, which may be another request's. */
  head: number
}

/**
 * All that was accepted is durable when it returns, and what was rejected is kept under the name of the key.
 * @throws Overloaded when too much waits for the shop
 */
export async function ingest(
  deps: Deps,
  shop: ShopRecord,
  grant: Grant,
  candidates: Candidate[],
  mode: Mode,
): Promise<Receipt> {
  const judged: SoundEvent[] = []
  const verdicts = candidates.map((candidate) => judge(candidate, { source: grant.key?.source }))
  for (const verdict of verdicts) if ('event' in verdict) judged.push(verdict.event)
  const forgotten = await deps.log.forgotten(shop.id, judged)
  const sound = forgotten.size === 0 ? judged : judged.filter((event) => !forgotten.has(event))
  const rejected: Rejection[] = []
  verdicts.forEach((verdict, index) => {
    if (!('event' in verdict)) rejected.push({ index, ...verdict })
    else if (forgotten.has(verdict.event)) rejected.push({ index, id: verdict.event.id, error: BEFORE_LOG })
  })
  const room = await deps.rooms.of(shop)
  const committed = sound.length > 0 ? await room.submit(sound, mode) : { results: [], head: room.head }
  if (rejected.length > 0) {
    deps.metrics.rejected(rejected.length)
    await keep(deps, shop, grant.name, candidates, rejected)
  }
  deps.keys.used(grant, candidates.length)
  let duplicates = 0
  for (const result of committed.results) if (result === 'duplicate') duplicates++
  return { accepted: sound.length - duplicates, duplicates, rejected, head: committed.head.seq }
}

function keep(deps: Deps, shop: ShopRecord, keyName: string, candidates: Candidate[], rejected: Rejection[]) {
  return deps.log.rejected.add(
    shop.id,
    rejected.map(({ index, error }) => ({
      body: storable(candidates[index]?.text ?? ''),
      reason: storable(error),
      keyName,
      receivedAt: deps.clock.now(),
    })),
  )
}

/** The database keeps no NUL. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed()
}
