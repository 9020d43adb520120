/** A changed shop or handbook: a new version from that instant on. Clocks that run keep the one they started under. */
import { holdCapacities } from './agents.ts'
import { Book } from './book.ts'
import { refresh } from './clocks.ts'
import { markRate } from './conditions.ts'
import { recountNotes } from './conversations.ts'
import { recount } from './counting.ts'
import type { RecordedEvent } from './events.ts'
import { clocksThatMayRun, everyClock } from './everyClock.ts'
import { retimeWaves } from './pickups.ts'
import { handbookChanges, type ShopConfig } from './shop.ts'
import type { Floor, Planned, Version } from './state.ts'
import { followFacts } from './subjects.ts'

/** Folds a change of the shop's settings or of its handbook. A handbook published anew takes the place of one that waits. */
export function configure(floor: Floor, event: RecordedEvent<'shop.configured' | 'handbook.changed'>): void {
  const was = floor.config
  if (event.type === 'shop.configured') {
    const { name = was.name, timezone = was.timezone } = event.data
    return begin(floor, { ...was, name, timezone }, event.time)
  }
  const handbook = handbookChanges.parse(event.data.handbook)
  const at = Date.parse(event.data.effectiveAt ?? '')
  floor.handbookSeq = event.seq
  floor.planned = at > floor.now ? { at, handbook } : undefined
  if (floor.planned === undefined) begin(floor, { ...was, handbook }, event.time)
}

/** The instant of the handbook that waited has come. */
export function beginPlanned(floor: Floor): void {
  const { at, handbook } = floor.planned as Planned
  floor.planned = undefined
  begin(floor, { ...floor.config, handbook }, at)
}

function begin(floor: Floor, config: ShopConfig, at: number): void {
  const was = floor.versions.at(-1) as Version
  floor.config = config
  floor.book = new Book(config)
  // An event may have happened before, and come after, the instant of one that waited.
  floor.versions.push({ from: Math.max(at, was.from), config, book: floor.book })
  for (const clock of clocksThatMayRun(floor)) refresh(floor, clock)
  // What starts only later starts under the new version.
  for (const order of floor.subjects.order.values()) followFacts(floor, order)
  holdCapacities(floor)
  if (config.timezone !== was.config.timezone) {
    recountDay(floor)
    retimeWaves(floor)
  }
  markEverything(floor)
}

/** Any condition may stand otherwise under the new figures, one that was off or idle for days too. */
function markEverything(floor: Floor): void {
  const { conditions } = floor
  for (const ring of conditions.all()) conditions.markRing(ring)
  for (const queue of floor.queues.keys()) {
    conditions.mark('queue_depth', queue)
    conditions.mark('no_agent', queue)
    markRate(floor, queue)
  }
  for (const agent of floor.agents.keys()) {
    conditions.mark('over_capacity', agent)
    conditions.mark('away_too_long', agent)
  }
  for (const wave of floor.pickups.waves.keys()) conditions.mark('wave_at_risk', wave)
  for (const sku of floor.skus.keys()) conditions.mark('stock_out', sku)
  for (const source of floor.sources.keys()) conditions.mark('source_silent', source)
}

/** Today is another stretch of time now: its figures are counted anew from every subject. */
function recountDay(floor: Floor): void {
  floor.tallies.startDay(floor.book.zone, floor.now)
  for (const clock of everyClock(floor)) recount(floor, clock)
  for (const conversation of floor.conversations.values()) recountNotes(floor, conversation)
}
