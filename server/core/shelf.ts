/**
 * Where subjects are kept by their id. Most are over, or wait for days: those are put away as a line of text each, a
 * tenth of their size, and unpacked when they are asked for or one of their timers falls due. A shelf also knows what
 * changed since it was last written down, so that a snapshot need not say it all again.
 */
import { Changed } from './changed.ts'
import type { Clock } from './clocks.ts'
import type { Heap } from './heap.ts'
import type { Line, Lines, WrittenLines } from './savedFloor.ts'
import { Standing } from './standing.ts'
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

type Shelved = { get(id: string): unknown; rests(line: Line): boolean }

/** Lines of a saved floor, in the order in which they wake. */
export class Waking {
  readonly kind = 'sealed'
  timerAt = Number.NaN
  #lines: readonly Line[]
  #next = 0
  #timers: Heap<Timer>
  #shelf: Shelved

  constructor(lines: readonly Line[], timers: Heap<Timer>, shelf: Shelved) {
    this.#lines = lines
    this.#timers = timers
    this.#shelf = shelf
    this.#wait()
  }

  open(at: number): void {
    for (let line = this.#lines[this.#next]; line !== undefined && line.wakesAt <= at; line = this.#lines[++this.#next])
      if (this.#shelf.rests(line)) this.#shelf.get(line.id)
    this.#wait()
  }

  #wait(): void {
    let line = this.#lines[this.#next]
    while (line !== undefined && !this.#shelf.rests(line)) line = this.#lines[++this.#next]
    if (line === undefined) return
    this.timerAt = line.wakesAt
    this.#timers.push(line.wakesAt, this)
  }
}

export class Shelf<T extends Keepable, P = unknown> {
  #keeping: Keeping<T, P>
  #timers: Heap<Timer>
  #things = new Map<string, T | Sealed>()
  /** Those of a saved floor, under what became of them since. */
  #saved: Standing<Line> | undefined
  /** The ids of those not put away. */
  #out = new Set<string>()
  /** Put away, or taken from the shelf. */
  written = new Changed()

  constructor(timers: Heap<Timer>, keeping: Keeping<T, P>) {
    this.#timers = timers
    this.#keeping = keeping
  }

  get size(): number {
    this.#unfold()
    return this.#things.size
  }

  get(id: string): T | undefined {
    const kept = this.#things.get(id)
    if (kept instanceof Sealed) return this.#open(kept)
    const line = kept === undefined ? this.#saved?.get(id) : undefined
    return line === undefined ? kept : this.#bring(id, line.text)
  }

  add(thing: T): void {
    this.#things.set(thing.id, thing)
    this.#out.add(thing.id)
  }

  delete(id: string): void {
    this.#unfold()
    this.#things.delete(id)
    this.#out.delete(id)
    this.written.add(id)
  }

  /** All of them, unpacked. */
  *values(): Generator<T> {
    this.#unfold()
    for (const id of this.#things.keys()) yield this.get(id) as T
  }

  /** Those heard of since an instant, or not put away: only to be looked at, what is put away stays so. */
  *seen(since = Number.NEGATIVE_INFINITY): Generator<T> {
    this.#unfold()
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
    this.#unfold()
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
    if (since === undefined) this.#unfold()
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

  /** Takes in what was saved of `write`, and of `writeOut`. */
  restore(saved: readonly Lines[], out: readonly [id: string, packed: P][]): void {
    this.#saved = new Standing(saved)
    for (const [id, packed] of out) this.add(this.#unpack(id, packed))
    for (const { waking } of saved) new Waking(waking, this.#timers, this)
  }

  /** True while a line of a saved floor is all there is of its subject. */
  rests(line: Line): boolean {
    return this.#saved?.get(line.id) === line && !this.#things.has(line.id)
  }

  /** Makes one of what was saved and what became of it since: for who wants to see all there is. */
  #unfold(): void {
    if (this.#saved === undefined) return
    const since = this.#things
    const lines = this.#saved.joined()
    this.#saved = undefined
    this.#things = new Map()
    for (const [id, line] of lines) {
      const kept = since.get(id)
      if (kept === undefined) this.#keep(id, line, line.heardAt, line.wakesAt)
      else this.#things.set(id, kept)
    }
    for (const [id, kept] of since) this.#things.set(id, kept)
  }

  #keep(id: string, text: string | Line, heardAt: number, timerAt: number): void {
    const sealed = new Sealed(id, text, heardAt, timerAt, this)
    this.#things.set(id, sealed)
    if (!Number.isNaN(timerAt)) this.#timers.push(timerAt, sealed)
  }

  #open(sealed: Sealed): T {
    sealed.timerAt = Number.NaN
    return this.#bring(sealed.id, sealed.text)
  }

  #bring(id: string, text: string): T {
    const thing = this.#unpack(id, JSON.parse(text))
    this.add(thing)
    return thing
  }

  #unpack(id: string, packed: P): T {
    return this.#keeping.revive(this.#keeping.read(id, packed))
  }
}
