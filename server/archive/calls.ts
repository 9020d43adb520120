/** What the archive's thread and the server ask of each other. */
import type { Shown } from '#core/segment.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { ArchivedLog } from './archivedLog.ts'
import type { LookName } from './looks.ts'

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
  /** Snapshots of what is in the log up to a seq. */
  follow(shop: ShopRecord, upTo: number): Promise<void>
}

/** Asked of the server: the database is with it. */
export type ServerCalls = ArchivedLog
