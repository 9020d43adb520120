/** How each pickup wave stands: the orders that go with it, cancelled ones left out. */
import { effectiveAt, type Order } from './milestones.ts'
import { bookAt, type Floor } from './state.ts'
import type { Subject } from './subjects.ts'

export interface WaveCount {
  /** When it comes, by the shop's clock of today. */
  at: number
  orders: number
  packed: number
  tracked: number
  collected: number
  onTime: number
}

export interface Pickups {
  waves: Map<string, WaveCount>
}

/** Counts the order in the wave it now belongs to, as what it now is. */
export function placeOrder(floor: Floor, subject: Subject): void {
  const order = subject.facts as Order
  const effective = order.cancelled === undefined ? effectiveAt(order) : undefined
  const was = subject.wave
  if (effective === undefined) {
    if (was !== undefined) count(floor, was, -1)
    subject.wave = undefined
    return
  }
  const { pickups } = bookAt(floor, effective)
  const { id } = pickups.waveOf(effective)
  const at = floor.pickups.waves.get(id)?.at ?? floor.book.pickups.instantOf(id)
  const packed = order.packed !== undefined
  const tracked = order.tracked !== undefined
  const collected = order.collected !== undefined
  const onTime = order.collected !== undefined && order.collected <= at + pickups.graceMs
  if (was !== undefined) {
    const isSame = was.packed === packed && was.tracked === tracked && was.collected === collected
    if (isSame && was.id === id && was.onTime === onTime) return
    count(floor, was, -1)
  }
  if (!floor.pickups.waves.has(id))
    floor.pickups.waves.set(id, { at, orders: 0, packed: 0, tracked: 0, collected: 0, onTime: 0 })
  subject.wave = { id, packed, tracked, collected, onTime }
  count(floor, subject.wave, 1)
}

/** The shop's clock is another: its waves come at other instants, and other orders are in time for them. */
export function retimeWaves(floor: Floor): void {
  for (const [id, wave] of floor.pickups.waves) wave.at = floor.book.pickups.instantOf(id)
  for (const order of floor.subjects.order.values()) placeOrder(floor, order)
}

function count(floor: Floor, as: NonNullable<Subject['wave']>, sign: 1 | -1): void {
  const wave = floor.pickups.waves.get(as.id)
  if (wave === undefined) return
  wave.orders += sign
  if (as.packed) wave.packed += sign
  if (as.tracked) wave.tracked += sign
  if (as.collected) wave.collected += sign
  if (as.onTime) wave.onTime += sign
  floor.conditions.mark('wave_at_risk', as.id)
}
