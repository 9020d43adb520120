/** What the fold remembers. Plain data; each noun's own file says how it changes. */

import type { Agent } from './agents.ts'
import type { Alerts } from './alerts.ts'
import type { Book } from './book.ts'
import type { Clock } from './clocks.ts'
import type { Conditions, Ring } from './conditions.ts'
import type { Conversation, Queue } from './conversations.ts'
import type { Customers } from './customers.ts'
import type { Heap } from './heap.ts'
import type { Pickups } from './pickups.ts'
import type { Samples } from './samples.ts'
import type { Sealed, Shelf, Waking } from './shelf.ts'
import type { HandbookChanges, ShopConfig } from './shop.ts'
import type { Source } from './sources.ts'
import type { Sku } from './stock.ts'
import type { MilestoneSubjects } from './subjects.ts'
import type { Tallies } from './tallies.ts'

/** A handbook in force from an instant on. */
export interface Version {
  from: number
  config: ShopConfig
  book: Book
}

/** A handbook that is published and waits for its instant. */
export interface Planned {
  at: number
  handbook: HandbookChanges
}

/** An alert that someone put to sleep. */
export interface Snooze {
  kind: 'snooze'
  alert: string
  timerAt: number
}

/** What waits in the heap; an entry whose `timerAt` has since changed is stale. */
export type Timer = Clock | Ring | Snooze | Sealed | Waking

export interface Floor {
  config: ShopConfig
  /** Ascending by `from`; the first holds from the beginning of time. */
  versions: Version[]
  /** The last version's. */
  book: Book
  /** The seq of the last published handbook, in force or planned; 0 when none ever was. */
  handbookSeq: number
  planned: Planned | undefined
  seq: number
  /** Epoch ms up to which time has moved on. */
  now: number
  timers: Heap<Timer>
  tallies: Tallies
  alerts: Alerts
  conditions: Conditions
  conversations: Shelf<Conversation>
  queues: Map<string, Queue>
  agents: Map<string, Agent>
  subjects: MilestoneSubjects
  skus: Map<string, Sku>
  pickups: Pickups
  sources: Map<string, Source>
  customers: Customers
  samples: Samples
}

/** The version in force at an instant, as an index. */
export function versionAt(floor: Floor, instant: number): number {
  let index = floor.versions.length - 1
  while (index > 0 && (floor.versions[index] as Version).from > instant) index--
  return index
}

/** The rules in force at an instant. */
export const bookAt = (floor: Floor, instant: number): Book =>
  (floor.versions[versionAt(floor, instant)] as Version).book
