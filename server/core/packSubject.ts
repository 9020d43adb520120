/** An order, return, complaint or inquiry as a line of text and back. */
import { type PackedClock, packClock, unpackClock } from './packClock.ts'
import type { Subject } from './subjects.ts'

type Wave = NonNullable<Subject['wave']>
type Packed = [facts: Subject['facts'], heardAt: number, clocks: PackedClock[], wave?: string, counted?: number]

export function packSubject({ facts, heardAt, clocks, wave }: Subject): string {
  const packed: Packed = [facts, heardAt, clocks.map((clock) => packClock(clock, heardAt))]
  if (wave !== undefined) packed.push(wave.id, bitsOf(wave))
  return JSON.stringify(packed)
}

export function unpackSubject(id: string, text: string): Subject {
  const [facts, heardAt, list, wave, counted = 0] = JSON.parse(text) as Packed
  const clocks = list.map((clock) => unpackClock(clock, heardAt, id))
  const subject: Subject = { id, facts, heardAt, clocks }
  if (wave !== undefined) subject.wave = { id: wave, ...countedAs(counted) }
  return subject
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
