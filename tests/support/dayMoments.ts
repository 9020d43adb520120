/** When things happen on a made-up day: mostly where a millisecond makes a difference. */
import type { Chance } from './chance.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** What the handbook allows for one thing or another. */
const TARGETS = [5 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 24 * HOUR]
const EDGES = ['00:00', '08:00', '09:00', '10:00', '13:00', '16:00', '17:00', '20:00']

export class Moments {
  readonly #chance: Chance
  readonly #first: number
  readonly #edges: number[]
  /** Half an hour in which the chat desk has its hands full. */
  readonly #rush: number
  readonly #used: number[] = []

  constructor(chance: Chance, timezone: string, date: string) {
    this.#chance = chance
    this.#edges = [0, 1, 2].flatMap((days) =>
      EDGES.map((time) => {
        const local = Temporal.PlainDate.from(date).add({ days }).toPlainDateTime(Temporal.PlainTime.from(time))
        return local.toZonedDateTime(timezone).epochMilliseconds
      }),
    )
    this.#first = this.#edges[0]!
    this.#rush = chance.happens(0.3) ? chance.pick(this.#edges) - 15 * MINUTE : this.#first + chance.whole(8, 40) * HOUR
  }

  /** When a story begins. */
  any(): number {
    const chance = this.#chance
    const kind = chance.share()
    if (kind < 0.3) return this.#use(chance.pick(this.#edges) + chance.whole(-1, 1))
    if (kind < 0.5 && this.#used.length > 0) return this.#use(chance.pick(this.#used) + chance.whole(-1, 1))
    return this.#use(this.#first + chance.whole(0, 60 * HOUR))
  }

  /** When something begins at the chat desk. */
  rush(): number {
    if (this.#chance.happens(0.2)) return this.any()
    return this.#use(this.#rush + this.#chance.whole(0, 30) * MINUTE + this.#chance.whole(0, 3) * 10 * SECOND)
  }

  /** When the next step of a story follows: often at a target to the millisecond, now and then before what it follows. */
  after(time: number): number {
    const chance = this.#chance
    const kind = chance.share()
    if (kind < 0.35) return this.#use(time + chance.pick(TARGETS) + chance.whole(-1, 1))
    if (kind < 0.45) return this.#use(time)
    if (kind < 0.5) return this.#use(time - chance.whole(1, 2 * HOUR))
    if (kind < 0.6) return this.#use(chance.pick(this.#edges) + chance.whole(-1, 1))
    return this.#use(time + chance.whole(1, chance.pick([MINUTE, HOUR, 8 * HOUR])))
  }

  /** When the same is told a second time, by another clock. */
  around(time: number): number {
    return this.#chance.happens(0.5) ? this.after(time) : this.#use(time - this.#chance.whole(1, HOUR))
  }

  /** When the next step follows at the chat desk, where a few seconds count. */
  soon(time: number): number {
    const chance = this.#chance
    const kind = chance.share()
    if (kind < 0.4) return this.#use(time + chance.pick(TARGETS.slice(0, 5)) + chance.whole(-1, 1))
    if (kind < 0.5) return this.#use(time)
    if (kind < 0.55) return this.#use(time - chance.whole(1, 60 * SECOND))
    return this.#use(time + chance.whole(1, 3 * MINUTE))
  }

  /** About 24 hours later. */
  dayAfter(time: number): number {
    return this.#use(time + 24 * HOUR + this.#chance.pick([-1, 0, 1, 30 * MINUTE, HOUR, HOUR + 1, 3 * HOUR]))
  }

  #use(time: number): number {
    this.#used.push(time)
    return time
  }
}
