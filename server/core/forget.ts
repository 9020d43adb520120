/** What is let go when the local day turns: ended subjects after 30 days, and what no late event could still change. */
import { forgetStatuses } from './agents.ts'
import { forgetSamples } from './samples.ts'
import type { Floor } from './state.ts'
import { forgetChanges } from './stock.ts'
import { isSettled } from './subjects.ts'
import { DAY } from './zone.ts'

const KEEP_MS = 30 * DAY
const KEEP_STATUSES_MS = 2 * DAY
/** Longer than subjects are kept: an order still remembered finds its wave. */
const KEEP_WAVES_MS = 60 * DAY

/** Lets go of what is old at the beginning of the floor's local day. */
export function forget(floor: Floor): void {
  const { dayStart, day } = floor.tallies
  const before = dayStart - KEEP_MS
  floor.conversations.forget(before, ({ open }) => !open)
  for (const subjects of Object.values(floor.subjects)) subjects.forget(before, isSettled)
  for (const sku of floor.skus.values()) forgetChanges(sku, before)
  for (const agent of floor.agents.values()) forgetStatuses(agent, dayStart - KEEP_STATUSES_MS)
  for (const [id, wave] of floor.pickups.waves) if (wave.at < dayStart - KEEP_WAVES_MS) floor.pickups.waves.delete(id)
  floor.customers.forget(day - 1)
  forgetSamples(floor.samples, day)
  for (const ring of [...floor.conditions.all()]) {
    const idle = ring.alert === undefined && ring.since === undefined && Number.isNaN(ring.timerAt)
    if (idle && !ring.isMarked) floor.conditions.drop(ring)
  }
}
