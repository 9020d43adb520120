/** An order, return, complaint or inquiry as a short list and back. */
import { factsOf } from './milestones.ts'
import { type PackedClock, packClock, unpackClock } from './packClock.ts'
import type { Subject } from './subjects.ts'

type Wave = NonNullable<Subject['wave']>
export type PackedSubject = [
  facts: Subject['facts'],
  heardAt: number,
  clocks: PackedClock[],
  wave?: string,
  counted?: number,
]

export function packSubject({ facts, heardAt, clocks, wave }: Subject): PackedSubject {
  const packed: PackedSubject = [facts, heardAt, clocks.map((clock) => packClock(clock, heardAt))]
  if (wave !== undefined) packed.push(wave.id, bitsOf(wave))
  return packed
}

export function unpackSubject(id: string, [facts, heardAt, list, wave, counted = 0]: PackedSubject): Subject {
  const clocks = list.map((clock) => unpackClock(clock, heardAt, id))
  return {
    id,
    facts: factsOf(facts.kind, facts),
    heardAt,
    clocks,
    wave: wave === undefined ? undefined : { id: wave, ...countedAs(counted) },
  }
}

function bitsOf({ packed, tracked, collected, onTime }: Wave): number {
  return (packed ? 1 : 0) + (tracked ? 2 : 0) + (collected ? 4 : 0) + (onTime ? 8 : 0)
}

function countedAs(bits: number): Omit<Wave, 'id'> {
  return {
    packed: (bits & 1) !== 0,
    tracked: (bits & 2) !== 0,
    collected: (bits & 4) !== 0,
    onTime: (bits & 8) !== 0,
  }
}
