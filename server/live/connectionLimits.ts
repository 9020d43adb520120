/** How many connections an address may hold, and how often one of them may ask. */
import type { Clock } from './clock.ts'

const MAX_PER_ADDRESS = 5_000
const MAX_ASKED = 600
const WINDOW_MS = 60_000

export class ConnectionLimits {
  #inside = new Map<string, number>()
  #asked = new Map<string, number>()
  #windowEnds = 0
  #clock: Pick<Clock, 'now'>

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  /** @returns whether there is room */
  enter(address: string): boolean {
    const inside = this.#inside.get(address) ?? 0
    this.#inside.set(address, inside + 1)
    return inside < MAX_PER_ADDRESS
  }

  leave(address: string): void {
    const inside = this.#inside.get(address) ?? 1
    if (inside <= 1) this.#inside.delete(address)
    else this.#inside.set(address, inside - 1)
  }

  /** @returns whether the connection may ask once more */
  asks(connection: string): boolean {
    const now = this.#clock.now()
    if (now >= this.#windowEnds) {
      this.#asked.clear()
      this.#windowEnds = now + WINDOW_MS
    }
    const asked = (this.#asked.get(connection) ?? 0) + 1
    this.#asked.set(connection, asked)
    return asked <= MAX_ASKED
  }
}
