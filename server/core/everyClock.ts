/** Every clock of a floor. */
import type { Clock } from './clocks.ts'
import { clocksOf } from './conversations.ts'
import type { Floor } from './state.ts'

/** All that it remembers. Subjects that rest are unpacked on the way: for a floor that is only looked at. */
export function* everyClock(floor: Floor): Generator<Clock> {
  for (const conversation of floor.conversations.values()) yield* clocksOf(floor, conversation)
  yield* otherClocks(floor)
}

/** Those that may run: a conversation that is put away has none. */
export function* clocksThatMayRun(floor: Floor): Generator<Clock> {
  for (const conversation of floor.conversations.out()) yield* conversation.clocks
  yield* otherClocks(floor)
}

function* otherClocks(floor: Floor): Generator<Clock> {
  for (const shelf of Object.values(floor.subjects)) for (const subject of shelf.values()) yield* subject.clocks
  for (const sku of floor.skus.values()) yield* sku.clocks
}
