/** What was decided and answered in the last 15 minutes: after now − 15 min, up to and including now. */
import { Histogram } from './histogram.ts'
import { MINUTE } from './zone.ts'

export const RECENT_MS = 15 * MINUTE

/** One decided clock (`met` given) or one answer (`ms` given) at an instant. */
export interface Mark {
  at: number
  queue: string | undefined
  met: boolean | undefined
  ms: number | undefined
}

export class Recent {
  /** Ascending by `at`; those before `#first` have left the window. */
  #marks: Mark[] = []
  #first = 0
  count = 0
  met = 0
  answers = new Histogram()
  queues = new Map<string, { count: number; met: number }>()

  /** The instant at which the oldest mark leaves; Infinity when there is none. Asked for at every event. */
  nextExit = Number.POSITIVE_INFINITY

  /** Adds a mark if it is still recent at `now`; true if it was. */
  add(mark: Mark, now: number): boolean {
    if (mark.at <= now - RECENT_MS) return false
    const marks = this.#marks
    let i = marks.length
    while (i > this.#first && (marks[i - 1] as Mark).at > mark.at) i--
    if (i === marks.length) marks.push(mark)
    else marks.splice(i, 0, mark)
    this.#lookAhead()
    this.#tally(mark, 1)
    return true
  }

  /** Takes back a mark equal to this one, if it is still recent at `now`; true if it was. */
  remove(mark: Mark, now: number): boolean {
    if (mark.at <= now - RECENT_MS) return false
    for (let i = this.#marks.length - 1; i >= this.#first; i--) {
      const other = this.#marks[i] as Mark
      if (other.at < mark.at) return false
      if (other.at === mark.at && other.queue === mark.queue && other.met === mark.met && other.ms === mark.ms) {
        this.#marks.splice(i, 1)
        this.#lookAhead()
        this.#tally(mark, -1)
        return true
      }
    }
    return false
  }

  /** Lets go of what has left the window; the queues whose figures changed. */
  expire(now: number): (string | undefined)[] {
    const touched: (string | undefined)[] = []
    while (this.nextExit <= now) {
      const mark = this.#marks[this.#first++] as Mark
      this.#lookAhead()
      this.#tally(mark, -1)
      if (mark.met !== undefined) touched.push(mark.queue)
    }
    if (this.#first > 1024 && this.#first * 2 > this.#marks.length) {
      this.#marks = this.#marks.slice(this.#first)
      this.#first = 0
    }
    return touched
  }

  marks(): Mark[] {
    return this.#marks.slice(this.#first)
  }

  #lookAhead(): void {
    const oldest = this.#marks[this.#first]
    this.nextExit = oldest === undefined ? Number.POSITIVE_INFINITY : oldest.at + RECENT_MS
  }

  #tally(mark: Mark, sign: 1 | -1): void {
    if (mark.ms !== undefined) this.answers.add(mark.ms, sign)
    if (mark.met === undefined) return
    const met = mark.met ? sign : 0
    this.count += sign
    this.met += met
    if (mark.queue === undefined) return
    let queue = this.queues.get(mark.queue)
    if (queue === undefined) {
      queue = { count: 0, met: 0 }
      this.queues.set(mark.queue, queue)
    }
    queue.count += sign
    queue.met += met
  }
}
