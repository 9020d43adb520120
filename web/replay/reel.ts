/** The segments of a recording: fetched when they are needed, a few ahead, and held against what was shown live. */
import { SEGMENT_MS, type Segment } from '#core/segment.ts'
import { UnderWay } from '#core/underWay.ts'
import { verify } from './verify.ts'

/** Past segments kept ready, for going back and forth. */
const KEPT = 30

export interface Verified {
  /** Instants at which screens were looked at. */
  checked: number
  /** Of those, where the replay shows something else. */
  different: readonly string[]
}

export const startOf = (at: number) => Math.floor(at / SEGMENT_MS) * SEGMENT_MS

export class Reel {
  #fetch: (from: number) => Promise<Segment>
  #ready = new Map<number, Segment>()
  #underWay = new UnderWay<number, void>()
  /** By segment: fetched again, one counts once. */
  #verified = new Map<number, Verified>()
  #tell: (verified: Verified) => void

  constructor(fetch: (from: number) => Promise<Segment>, tell: (verified: Verified) => void) {
    this.#fetch = fetch
    this.#tell = tell
  }

  /** The segment that holds an instant, if it is here. */
  at(instant: number): Segment | undefined {
    return this.#ready.get(startOf(instant))
  }

  /** Fetches the segment of an instant. @throws what the fetch throws */
  async need(instant: number): Promise<void> {
    const from = startOf(instant)
    if (this.#ready.has(from)) return
    await this.#underWay.of(from, () => this.#load(from))
  }

  /** Where the next segment begins that is not here, of so many after an instant and before `end`. */
  missing(instant: number, count: number, end: number): number | undefined {
    for (let from = startOf(instant) + SEGMENT_MS; count > 0 && from < end; count--, from += SEGMENT_MS)
      if (!this.#ready.has(from)) return from
    return undefined
  }

  async #load(from: number): Promise<void> {
    const segment = await this.#fetch(from)
    this.#verified.set(from, verify(segment))
    this.#tell(this.#sum())
    this.#ready.set(from, segment)
    for (const oldest of this.#ready.keys()) {
      if (this.#ready.size <= KEPT) break
      this.#ready.delete(oldest)
    }
  }

  #sum(): Verified {
    const all = [...this.#verified.values()]
    return {
      checked: all.reduce((sum, { checked }) => sum + checked, 0),
      different: all.flatMap(({ different }) => different).sort(),
    }
  }
}
