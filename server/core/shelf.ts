/**
 * Where subjects are kept by their id. Most are over, or wait for days: those are put away as a line of text each, a
 * tenth of their size, and unpacked when they are asked for or one of their timers falls due. A shelf also knows what
 * changed since it was last written down, so that a snapshot need not say it all again.
 */
import { Changed } from './changed.ts'
import type { Clock } from './clocks.ts'
import type { Heap } from './heap.ts'
import { LayeredMap } from './layeredMap.ts'
import { type Line, linesOn, type Page } from './pages.ts'
import type { Part, SavedLines, WrittenFloor } from './savedFloor.ts'
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
  /** It was found not to be over, and will not be as long as it rests. */
  isKept = false
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

type Shelved = { get(id: string): unknown; rests(id: string, layer: SavedLines): boolean }

/** Wakes the lines of a layer of a saved floor, in order. */
export class Waking {
  readonly kind = 'sealed'
  timerAt = Number.NaN
  #id = ''
  #layer: SavedLines
  #from: number
  #lines: Iterator<string>
  #timers: Heap<Timer>
  #shelf: Shelved

  /** @param from when the floor was saved: what was to wake before has woken */
  constructor(layer: SavedLines, from: number, timers: Heap<Timer>, shelf: Shelved) {
    this.#layer = layer
    this.#from = from
    this.#lines = linesOn(pagesFrom(layer.waking, from))
    this.#timers = timers
    this.#shelf = shelf
    this.#wait()
  }

  open(): void {
    if (this.#shelf.rests(this.#id, this.#layer)) this.#shelf.get(this.#id)
    this.#wait()
  }

  #wait(): void {
    for (let line = this.#lines.next().value; line !== undefined; line = this.#lines.next().value) {
      const end = line.indexOf('\t')
      const at = Number(line.slice(0, end))
      if (at < this.#from) continue
      this.#id = JSON.parse(line.slice(end + 1))
      if (!this.#shelf.rests(this.#id, this.#layer)) continue
      this.timerAt = at
      this.#timers.push(at, this)
      return
    }
  }
}

/** Without the pages on which all is earlier than an instant. */
function pagesFrom(waking: SavedLines['waking'], instant: number): Page[] {
  return waking.filter((_, i) => !((waking[i + 1]?.from ?? Number.POSITIVE_INFINITY) < instant)).map(({ page }) => page)
}

export class Shelf<T extends Keepable, P = unknown> {
  #keeping: Keeping<T, P>
  #timers: Heap<Timer>
  #things = new Map<string, T | Sealed>()
  /** Those of a saved floor, under what became of them since. */
  #saved: LayeredMap<Line> | undefined
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
    return line === undefined ? kept : this.#bring(id, packedOn(line.text))
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
      else if (kept.heardAt >= since) yield this.#keeping.read(id, packedOn(kept.text))
    }
  }

  /** Those that are not put away. */
  *out(): Generator<T> {
    for (const id of this.#out) yield this.#things.get(id) as T
  }

  /** Lets go of those that are over and have not been heard of since an instant. */
  forget(before: number, isOver: (thing: T) => boolean): void {
    this.#unfold()
    for (const [id, kept] of this.#things) {
      if (!(kept instanceof Sealed)) {
        if (this.#keeping.heardAt(kept) < before && isOver(kept)) this.delete(id)
      } else if (kept.heardAt < before && !kept.isKept) {
        if (isOver(this.#keeping.read(id, packedOn(kept.text)))) this.delete(id)
        else kept.isKept = true
      }
    }
  }

  /** Puts one away, if it may rest. */
  putAway(thing: T): void {
    if (!this.#keeping.mayRest(thing)) return
    let first = Number.NaN
    const packed = JSON.stringify(this.#keeping.pack(thing))
    for (const clock of thing.clocks) {
      if (!(first <= clock.timerAt)) first = Number.isNaN(clock.timerAt) ? first : clock.timerAt
      clock.timerAt = Number.NaN
    }
    this.#out.delete(thing.id)
    this.written.add(thing.id)
    const heardAt = this.#keeping.heardAt(thing)
    const line = `${heardAt}\t${Number.isNaN(first) ? '' : first}\t${packed}`
    this.#keep(thing.id, line, heardAt, first)
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

  /** What is put away, or what of it changed since it was written down at a seq. */
  write(since: number | undefined): WrittenFloor['parts'][Part] {
    if (since === undefined) this.#unfold()
    const gone: string[] = []
    const all = new Map<string, { line: string; wakesAt: number }>()
    for (const id of since === undefined ? this.#things.keys() : this.written.since(since)) {
      const kept = this.#things.get(id)
      if (kept === undefined) gone.push(id)
      else if (kept instanceof Sealed) all.set(id, { line: kept.text, wakesAt: kept.timerAt })
    }
    return { gone, all }
  }

  /** Each that is not put away. */
  writeOut(): [id: string, packed: P][] {
    return [...this.#out].sort().map((id) => [id, this.#keeping.pack(this.#things.get(id) as T)])
  }

  /** Takes in what was saved of `write`, and of `writeOut`, at an instant. */
  restore(saved: readonly SavedLines[], out: readonly [id: string, packed: P][], now: number): void {
    this.#saved = new LayeredMap(saved)
    for (const [id, packed] of out) this.add(this.#unpack(id, packed))
    for (const layer of saved) new Waking(layer, now, this.#timers, this)
  }

  /** True while the line on a layer of the saved floor is all there is of its subject. */
  rests(id: string, layer: SavedLines): boolean {
    return !this.#things.has(id) && this.#saved?.isLast(id, layer) === true
  }

  /** Makes one of what was saved and what became of it since: for who wants to see all there is. */
  #unfold(): void {
    if (this.#saved === undefined) return
    const lines = this.#saved.joined()
    this.#saved = undefined
    for (const [id, line] of lines) {
      if (this.#things.has(id)) continue
      const [heardAt, wakesAt] = instantsOn(line.text)
      this.#keep(id, line, heardAt, wakesAt)
    }
  }

  #keep(id: string, text: string | Line, heardAt: number, timerAt: number): void {
    const sealed = new Sealed(id, text, heardAt, timerAt, this)
    this.#things.set(id, sealed)
    if (!Number.isNaN(timerAt)) this.#timers.push(timerAt, sealed)
  }

  #open(sealed: Sealed): T {
    sealed.timerAt = Number.NaN
    return this.#bring(sealed.id, packedOn(sealed.text))
  }

  #bring(id: string, packed: P): T {
    const thing = this.#unpack(id, packed)
    this.add(thing)
    return thing
  }

  #unpack(id: string, packed: P): T {
    return this.#keeping.revive(this.#keeping.read(id, packed))
  }
}

/** A line says when its subject was heard of, when it wakes, if by itself, and what it is. */
const packedOn = (line: string) => JSON.parse(line.slice(line.indexOf('\t', line.indexOf('\t') + 1) + 1))

function instantsOn(line: string): [heardAt: number, wakesAt: number] {
  const [heardAt, wakesAt] = line.split('\t', 2)
  return [Number(heardAt), wakesAt === '' ? Number.NaN : Number(wakesAt)]
}
