/**
 * Where subjects are kept by their id. Most are over, or wait for days: those are put away as a line of text each, a
 * tenth of their size, and unpacked when they are asked for or one of their timers falls due. A shelf also knows what
 * changed since it was last written down, so that a snapshot need not say it all again.
 */
import type { Clock } from './clocks.ts'
import type { Written } from './floorText.ts'
import type { Heap } from './heap.ts'
import type { Timer } from './state.ts'

interface Keepable {
  readonly id: string
  readonly clocks: readonly Clock[]
}

/** How one kind of subject is put away and unpacked. */
export interface Keeping<T extends Keepable> {
  /** It may be put away: nothing else on the floor refers to it. */
  mayRest(thing: T): boolean
  /** When it was last heard of. */
  heardAt(thing: T): number
  /** Without line breaks. */
  pack(thing: T): string
  /** What `pack` wrote, to be looked at. */
  read(id: string, text: string): T
  /** What is read again lives on: the timers of its clocks are set. */
  revive(thing: T): T
}

/** A subject put away; it wakes when the first timer of its clocks falls due. */
export class Sealed {
  readonly kind = 'sealed'
  readonly text: string
  readonly heardAt: number
  readonly open: () => void
  timerAt: number

  constructor(text: string, heardAt: number, timerAt: number, open: () => void) {
    this.text = text
    this.heardAt = heardAt
    this.timerAt = timerAt
    this.open = open
  }
}

/** Stands in its line for the next timer of one that is not put away. */
const OUT = '!'

export class Shelf<T extends Keepable> implements Written {
  #keeping: Keeping<T>
  #timers: Heap<Timer>
  #things = new Map<string, T | Sealed>()
  /** The ids of those not put away. */
  #out = new Set<string>()
  /** Put away, or taken from the shelf, since last written down. */
  #changed = new Set<string>()

  constructor(timers: Heap<Timer>, keeping: Keeping<T>) {
    this.#timers = timers
    this.#keeping = keeping
  }

  get size(): number {
    return this.#things.size
  }

  get(id: string): T | undefined {
    const kept = this.#things.get(id)
    return kept instanceof Sealed ? this.#open(id, kept) : kept
  }

  add(thing: T): void {
    this.#things.set(thing.id, thing)
    this.#out.add(thing.id)
  }

  delete(id: string): void {
    this.#things.delete(id)
    this.#out.delete(id)
    this.#changed.add(id)
  }

  /** All of them, unpacked. */
  *values(): Generator<T> {
    for (const id of this.#things.keys()) yield this.get(id) as T
  }

  /** Those heard of since an instant, or not put away: only to be looked at, what is put away stays so. */
  *seen(since = Number.NEGATIVE_INFINITY): Generator<T> {
    for (const [id, kept] of this.#things) {
      if (!(kept instanceof Sealed)) yield kept
      else if (kept.heardAt >= since) yield this.#keeping.read(id, kept.text)
    }
  }

  /** Those that are not put away. */
  *out(): Generator<T> {
    for (const id of this.#out) yield this.#things.get(id) as T
  }

  /** The ids of those not heard of since an instant. */
  *heardBefore(instant: number): Generator<string> {
    for (const [id, kept] of this.#things) {
      const heardAt = kept instanceof Sealed ? kept.heardAt : this.#keeping.heardAt(kept)
      if (heardAt < instant) yield id
    }
  }

  /** Puts one away, if it may rest. */
  putAway(thing: T): void {
    if (!this.#keeping.mayRest(thing)) return
    let first = Number.NaN
    const text = this.#keeping.pack(thing)
    for (const clock of thing.clocks) {
      if (!(first <= clock.timerAt)) first = Number.isNaN(clock.timerAt) ? first : clock.timerAt
      clock.timerAt = Number.NaN
    }
    this.#out.delete(thing.id)
    this.#changed.add(thing.id)
    this.#keep(thing.id, text, this.#keeping.heardAt(thing), first)
  }

  /** Puts away all that may rest. */
  putAllAway(): void {
    for (const id of [...this.#out]) this.putAway(this.#things.get(id) as T)
  }

  /** How many are not put away. */
  get outside(): number {
    return this.#out.size
  }

  /** Puts away what may rest of those that have been out longest, `most` of them; the others go to the end of the line. */
  putSomeAway(most: number): void {
    for (const id of [...this.#out.values().take(most)]) {
      this.putAway(this.#things.get(id) as T)
      if (this.#out.delete(id)) this.#out.add(id)
    }
  }

  /** A line for each, in no order that matters. */
  *lines(): Generator<[id: string, line: string]> {
    for (const id of this.#things.keys()) yield [id, this.#line(id)]
    this.#changed.clear()
  }

  /** A line for each that may have changed since last written down; none for one that is gone. */
  *changes(): Generator<[id: string, line: string | undefined]> {
    for (const id of this.#out) yield [id, this.#line(id)]
    for (const id of this.#changed) {
      if (!this.#out.has(id)) yield [id, this.#things.has(id) ? this.#line(id) : undefined]
    }
    this.#changed.clear()
  }

  /** Takes in what `lines` wrote. */
  restore(lines: Iterable<[id: string, line: string]>): void {
    for (const [id, line] of lines) this.#restore(id, line)
  }

  #restore(id: string, line: string): void {
    const timer = line.indexOf('\t')
    const heard = line.indexOf('\t', timer + 1)
    const next = line.slice(0, timer)
    const text = line.slice(heard + 1)
    if (next === OUT) this.add(this.#unpack(id, text))
    else this.#keep(id, text, Number(line.slice(timer + 1, heard)), next === '' ? Number.NaN : Number(next))
  }

  #line(id: string): string {
    const kept = this.#things.get(id) as T | Sealed
    if (!(kept instanceof Sealed)) return `${OUT}\t${this.#keeping.heardAt(kept)}\t${this.#keeping.pack(kept)}`
    return `${Number.isNaN(kept.timerAt) ? '' : kept.timerAt}\t${kept.heardAt}\t${kept.text}`
  }

  #keep(id: string, text: string, heardAt: number, timerAt: number): void {
    const sealed = new Sealed(text, heardAt, timerAt, () => this.#open(id, sealed))
    this.#things.set(id, sealed)
    if (!Number.isNaN(timerAt)) this.#timers.push(timerAt, sealed)
  }

  #open(id: string, sealed: Sealed): T {
    sealed.timerAt = Number.NaN
    const thing = this.#unpack(id, sealed.text)
    this.add(thing)
    return thing
  }

  #unpack(id: string, text: string): T {
    return this.#keeping.revive(this.#keeping.read(id, text))
  }
}
