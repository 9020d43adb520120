/** What the archive's thread and the server ask of each other. */
import type { Shown } from '#core/segment.ts'
import type { HandbookChanges } from '#core/shop.ts'
import type { Breach } from '#core/whatIf.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { ArchivedLog } from './archivedLog.ts'
import type { LookName } from './looks.ts'
import type { Stretch } from './trial.ts'

/** Asked of the thread. */
export interface ThreadCalls {
  /** What is seen at each of some ascending, reserved instants (epoch ms); those up to `finalUpTo` are final. */
  look(
    shop: ShopRecord,
    instants: readonly number[],
    finalUpTo: number,
    name: LookName,
    asked: readonly unknown[],
  ): Promise<unknown[]>
  /** A segment of the past (see core/segment.ts) up to an instant, as gzipped JSON. */
  segment(shop: ShopRecord, from: number, upTo: number, final: boolean, shown: readonly Shown[]): Promise<Uint8Array>
  /** The breaches of a stretch of the past under another handbook; `id` names the trial where its progress is told. */
  trial(shop: ShopRecord, stretch: Stretch, handbook: HandbookChanges, id: number): Promise<Breach[]>
  /** Snapshots of what is in the log up to a seq. */
  follow(shop: ShopRecord, upTo: number): Promise<void>
}

/** Asked of the server: the database is with it. */
export interface ServerCalls extends ArchivedLog {
  /** How much of a trial is done, from 0 to 1. */
  tried(id: number, done: number): void
}
