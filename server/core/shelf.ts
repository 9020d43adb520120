/**
 * Where subjects are kept by their id. Most are over, or wait for days: those are put away as a line of text each, a
 * tenth of their size, and unpacked when they are asked for or one of their timers falls due. A shelf also knows what
 * changed since it was last written down, so that a snapshot need not say it all again.
 */
import { Changed } from './changed.ts'
import type { Clock } from './clocks.ts'
import type { Heap } from './heap.ts'
import type { Line, WrittenLines } from './savedFloor.ts'
import type { Timer } from './state.ts'

interface Keepable {
  readonly id: string
  readonly clocks: readonly Clock[]
}

/** How one kind of subject is put away and unpacked. */
export interface Keeping<T extends Keepable, P> {
  /** It may be put away: nothing else on the floor refers to it. */
  mayRest(thing: T): boolean
  /** When it was last heard of. */
  heardAt(thing: T): number
  /** As JSON. */
  pack(thing: T): P
  /** What `pack` wrote, to be looked at. */
  read(id: string, packed: P): T
  /** What is read again lives on: the timers of its clocks are set. */
  revive(thing: T): T
}

/** A subject put away; it wakes when the first timer of its clocks falls due. */
export class Sealed {
  readonly kind = 'sealed'
  readonly id: string
  readonly heardAt: number
  timerAt: number
  /** Itself, or where it is written. */
  #text: string | Line
  #shelf: { get(id: string): unknown }

  constructor(id: string, text: string | Line, heardAt: number, timerAt: number, shelf: { get(id: string): unknown }) {
    this.id = id
    this.heardAt = heardAt
    this.timerAt = timerAt
    this.#text = text
    this.#shelf = shelf
  }

  get text(): string {
    return typeof this.#text === 'string' ? this.#text : this.#text.text
  }

  open(): void {
    this.#shelf.get(this.id)
  }
}

export class Shelf<T extends Keepable, P = unknown> {
  #keeping: Keeping<T, P>
  #timers: Heap<Timer>
  #things = new Map<string, T | Sealed>()
  /** The ids of those not put away. */
  #out = new Set<string>()
  /** Put away, or taken from the shelf. */
  written = new Changed()

  constructor(timers: Heap<Timer>, keeping: Keeping<T, P>) {
    this.#timers = timers
    this.#keeping = keeping
  }

  get size(): number {
    return this.#things.size
  }

  get(id: string): T | undefined {
    const kept = this.#things.get(id)
    return kept instanceof Sealed ? this.#open(kept) : kept
  }

  add(thing: T): void {
    this.#things.set(thing.id, thing)
    this.#out.add(thing.id)
  }

  delete(id: string): void {
    this.#things.delete(id)
    this.#out.delete(id)
    this.written.add(id)
  }

  /** All of them, unpacked. */
  *values(): Generator<T> {
    for (const id of this.#things.keys()) yield this.get(id) as T
  }

  /** Those heard of since an instant, or not put away: only to be looked at, what is put away stays so. */
  *seen(since = Number.NEGATIVE_INFINITY): Generator<T> {
    for (const [id, kept] of this.#things) {
      if (!(kept instanceof Sealed)) yield kept
      else if (kept.heardAt >= since) yield this.#keeping.read(id, JSON.parse(kept.text))
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
    const text = JSON.stringify(this.#keeping.pack(thing))
    for (const clock of thing.clocks) {
      if (!(first <= clock.timerAt)) first = Number.isNaN(clock.timerAt) ? first : clock.timerAt
      clock.timerAt = Number.NaN
    }
    this.#out.delete(thing.id)
    this.written.add(thing.id)
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

  /** The line of each at the floor's now, or of what changed since it was written down at a seq; empty for one that is out. */
  write(since: number | undefined, now: number): WrittenLines {
    const lines: WrittenLines = { gone: [], ids: [], wakes: [], heard: [], texts: [] }
    for (const id of since === undefined ? this.#things.keys() : this.written.since(since).union(this.#out)) {
      const kept = this.#things.get(id)
      if (kept === undefined) {
        lines.gone.push(id)
        continue
      }
      const sealed = kept instanceof Sealed ? kept : { timerAt: Number.NaN, heardAt: now, text: '' }
      lines.ids.push(id)
      lines.wakes.push(Number.isNaN(sealed.timerAt) ? null : sealed.timerAt - now)
      lines.heard.push(now - sealed.heardAt)
      lines.texts.push(sealed.text)
    }
    return lines
  }

  /** Each that is not put away. */
  writeOut(): [id: string, packed: P][] {
    return [...this.#out].sort().map((id) => [id, this.#keeping.pack(this.#things.get(id) as T)])
  }

  /** Takes in what `write` and `writeOut` wrote, in the order of the lines. */
  restore(lines: Iterable<Line>, out: readonly [id: string, packed: P][]): void {
    const packedOf = new Map(out)
    for (const line of lines) {
      const packed = packedOf.get(line.id)
      if (packed === undefined) this.#keep(line.id, line, line.heardAt, line.wakesAt)
      else this.add(this.#unpack(line.id, packed))
    }
  }

  #keep(id: string, text: string | Line, heardAt: number, timerAt: number): void {
    const sealed = new Sealed(id, text, heardAt, timerAt, this)
    this.#things.set(id, sealed)
    if (!Number.isNaN(timerAt)) this.#timers.push(timerAt, sealed)
  }

  #open(sealed: Sealed): T {
    sealed.timerAt = Number.NaN
    const thing = this.#unpack(sealed.id, JSON.parse(sealed.text))
    this.add(thing)
    return thing
  }

  #unpack(id: string, packed: P): T {
    return this.#keeping.revive(this.#keeping.read(id, packed))
  }
}
