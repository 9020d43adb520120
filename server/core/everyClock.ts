/** Every clock that the floor remembers. Subjects that rest are unpacked on the way: for a floor that is only looked at. */
import type { Clock } from './clocks.ts'
import { clocksOf } from './conversations.ts'
import type { Floor } from './state.ts'

export function* everyClock(floor: Floor): Generator<Clock> {
  for (const conversation of floor.conversations.values()) yield* clocksOf(floor, conversation)
  for (const shelf of Object.values(floor.subjects)) for (const subject of shelf.values()) yield* subject.clocks
  for (const sku of floor.skus.values()) yield* sku.clocks
}
