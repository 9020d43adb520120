/** What the archive's thread and the server ask of each other. */
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
  /** Snapshots of what is in the log up to a seq. */
  follow(shop: ShopRecord, upTo: number): Promise<void>
}

/** Asked of the server: the database is with it. */
export type ServerCalls = ArchivedLog
