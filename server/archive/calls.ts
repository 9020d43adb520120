/** What the archive's thread and the server ask of each other. */
import type { Belongings } from '#core/erase.ts'
import type { Shown } from '#core/segment.ts'
import type { WhatIf } from '#core/whatIf.ts'
import type { NewSnapshot } from '#server/log/snapshots.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { WrittenLog } from './archivedLog.ts'
import type { LookName } from './looks.ts'
import type { WhatIfAsked } from './whatIf.ts'

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
  /** Undefined when it was given up. */
  whatIf(shop: ShopRecord, asked: WhatIfAsked, ticket: number): Promise<WhatIf | undefined>
  /** Snapshots of what is in the log up to a seq. */
  follow(shop: ShopRecord, upTo: number, edition: number): Promise<void>
  /** Saves a whole floor at the last event recorded before an instant. @returns its seq; 0 for none */
  found(shop: ShopRecord, before: number, edition: number): Promise<number>
  /** What is a customer's on the floor before an instant, and that floor as a whole one with the customer renamed. */
  renamedBase(
    shop: ShopRecord,
    before: number,
    customer: string,
    pseudonym: string,
  ): Promise<{ belongings: Belongings; base: NewSnapshot }>
  /** The log of a shop was rewritten: nothing that was read of it counts any more. */
  forget(shopId: number): Promise<void>
}

/** Asked of the server: the database is with it. */
export interface ServerCalls {
  cutOf: WrittenLog['cutOf']
  readPage: WrittenLog['readPage']
  newestSnapshot: WrittenLog['snapshots']['newest']
  snapshotPieces: WrittenLog['snapshots']['pieces']
  snapshotPosition: WrittenLog['snapshots']['position']
  saveSnapshot: WrittenLog['snapshots']['save']
  /** How far the what-if of a ticket is, from 0 to 1. Answers whether it is still wanted. */
  goOn(ticket: number, share: number): Promise<boolean>
}
