/** What waits for a Room's next commit: bounded, so that a flood is refused instead of filling the memory. */
import type { Floor } from '#core/floor.ts'
import type { Head, IncomingEvent } from '#server/log/log.ts'

/** An event fit for the log; `data` is what the fold reads: the same that `body` says. */
export interface SoundEvent extends IncomingEvent {
  data: unknown
}
export type Mode = 'live' | 'backfill'
/** Per event where it went, in the order given; `head` is the log's after it. */
export interface Committed {
  results: ({ seq: number; recordedAt: number } | 'duplicate')[]
  head: Head
}

interface Waiting {
  resolve(committed: Committed): void
  reject(error: Error): void
}
export interface Delivery extends Waiting {
  mode: Mode
  events: SoundEvent[]
}
/** `at`: when what it makes will be recorded, epoch ms. */
export type Decide = (floor: Floor, at: number) => SoundEvent[]

/** Events that depend on what is true at the moment of appending; none when it throws. */
export interface Decision extends Waiting {
  decide: Decide
}
export type Request = Delivery | Decision

/** The room cannot take more for now. */
export class Overloaded extends Error {}

const MAX_EVENTS = 50_000
const MAX_CHARS = 64 * 1024 * 1024
/**
 * Events of one statement; a single larger request still goes down whole. Larger groups would leave the database idle
 * while they are folded, and this process while they are written.
 */
const GROUP_EVENTS = 1_000

export class Inbox {
  #requests: Request[] = []
  #events = 0
  #chars = 0

  get events(): number {
    return this.#events
  }

  get isEmpty(): boolean {
    return this.#requests.length === 0
  }

  /** @throws Overloaded when too much waits already. */
  put(request: Request): void {
    if (this.#events >= MAX_EVENTS || this.#chars >= MAX_CHARS)
      throw new Overloaded('Too many events wait for this shop.')
    this.#requests.push(request)
    this.#count(request, 1)
  }

  /** The next commit: one decision, or deliveries of one mode in the order they came. Empty when nothing waits. */
  take(): [Decision] | Delivery[] {
    const [first] = this.#requests
    if (first === undefined) return []
    if ('decide' in first) {
      this.#remove(1)
      return [first]
    }
    const group: Delivery[] = []
    let events = 0
    for (const request of this.#requests) {
      if ('decide' in request || request.mode !== first.mode) break
      if (group.length > 0 && events + request.events.length > GROUP_EVENTS) break
      group.push(request)
      events += request.events.length
    }
    this.#remove(group.length)
    return group
  }

  get beginsWithBackfill(): boolean {
    const [first] = this.#requests
    return first !== undefined && 'mode' in first && first.mode === 'backfill'
  }

  hasBackfill(): boolean {
    return this.#requests.some((request) => 'mode' in request && request.mode === 'backfill')
  }

  #remove(count: number): void {
    for (const request of this.#requests.splice(0, count)) this.#count(request, -1)
  }

  #count(request: Request, sign: 1 | -1): void {
    const events = 'events' in request ? request.events : []
    this.#events += sign * Math.max(1, events.length)
    for (const event of events) this.#chars += sign * event.body.length
  }
}
