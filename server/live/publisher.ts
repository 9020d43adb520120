/** Shows a shop's floor to its screens: when to draw, how often to send, and whom to send what. */

import type { View } from '#core/view.ts'
import type { Beat, Frame, Patch, Position } from '#core/wire.ts'
import { formatInstant } from '#server/instant.ts'
import { Broadcast } from './broadcast.ts'
import type { FloorKeeper } from './keeper.ts'

/** All screens of a shop together. */
export interface Audience {
  frame(frame: Frame): void
  patch(patch: Patch): void
  beat(beat: Beat): void
}
/** What one screen is told when it comes, or comes back. */
export type Greeting = { frame: Frame } | { patches: Patch[] }

/** At most ten a second. */
const PACE_MS = 100
/** A little less than the promised second, for the way to the screen. */
const BEAT_MS = 900

export class Publisher {
  #broadcast = new Broadcast()
  #audience: Audience | undefined
  #waiting: { position: Position; tell: (greeting: Greeting) => void }[] = []
  #drawnAt = Number.NEGATIVE_INFINITY
  #sentAt = Number.NEGATIVE_INFINITY

  /** From now on there are screens; or, with undefined, none any more. Nothing is drawn for nobody. */
  attend(audience: Audience | undefined): void {
    this.#audience = audience
  }

  /** Tells a screen where things stand, at once or as soon as that is possible. */
  greet(position: Position, tell: (greeting: Greeting) => void): void {
    this.#waiting.push({ position, tell })
  }

  /** What was shown has turned out otherwise: everybody gets a new frame of a new stream. */
  restart(): void {
    this.#broadcast.restart()
    this.#drawnAt = Number.NEGATIVE_INFINITY
  }

  /** What the screens are shown; nothing while there are none. */
  get shown(): View | undefined {
    return this.#audience && this.#broadcast.frame?.view
  }

  /** When there is something to do next, if nothing happens before. */
  wakeAt(changed: boolean): number {
    if (this.#audience === undefined) return Number.POSITIVE_INFINITY
    return changed ? this.#drawnAt + PACE_MS : this.#sentAt + BEAT_MS
  }

  /**
   * Sends what is due.
   * @param now by the clock
   * @param instant the latest that may be published of this floor; the floor is moved there if anything is sent
   * @returns whether anything of that instant was given out
   */
  publish(keeper: FloorKeeper, now: number, instant: number): boolean {
    // A clock that was set back must not have screens wait until it is where it was.
    this.#drawnAt = Math.min(this.#drawnAt, now)
    this.#sentAt = Math.min(this.#sentAt, now)
    const first = this.#broadcast.frame === undefined
    const due = this.#waiting.length > 0 || (this.#audience !== undefined && now >= this.wakeAt(keeper.changed))
    if (!due) return false
    keeper.moveTo(instant)
    if (keeper.changed && (first || now >= this.#drawnAt + PACE_MS)) {
      this.#drawnAt = now
      keeper.changed = false
      const patch = this.#broadcast.next(keeper.draw())
      if (first) this.#send(now, (audience) => audience.frame(this.#broadcast.frame as Frame))
      else if (patch !== undefined) this.#send(now, (audience) => audience.patch(patch))
    }
    if (!keeper.changed) {
      const beat = this.#broadcast.beat(formatInstant(instant))
      if (now >= this.#sentAt + BEAT_MS) this.#send(now, (audience) => audience.beat(beat))
    }
    this.#greetAll()
    return true
  }

  #send(now: number, send: (audience: Audience) => void): void {
    this.#sentAt = now
    if (this.#audience !== undefined) send(this.#audience)
  }

  #greetAll(): void {
    for (const { position, tell } of this.#waiting.splice(0)) {
      const patches = this.#broadcast.since(position)
      tell(patches === undefined ? { frame: this.#broadcast.frame as Frame } : { patches })
    }
  }
}
