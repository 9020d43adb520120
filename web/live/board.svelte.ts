import type { View } from '#core/view.ts'
import type { Feed } from './feed.ts'
import { LiveView } from './liveView.svelte.ts'
import { type Clock, ServerClock } from './serverClock.ts'
import { Since } from './since.ts'

/** The server speaks at least every second; silent for longer than this, what is shown may be wrong. */
export const STALE_AFTER_MS = 3_000
const TICK_MS = 200

/**
 * What a screen shows: the view as it stands and the instant it is read at. `now` moves on by whole seconds of the
 * server's clock, so that everything that counts, counts together; it stops when the view is stale, because nobody
 * knows then whether a wait is over. Epoch milliseconds.
 */
export class Board {
  #shown = $state.raw<LiveView | undefined>()
  #clock = $state(0)
  #heldUntil = $state(0)
  #refusal = $state<string | undefined>()
  #serverClock: Clock
  #heardLast: Since | undefined
  #silentMs = $state(0)
  #stale = $state(false)
  #waiting: View | undefined

  /** @param clock what tells the time that is shown; that of the server when it is played live */
  constructor(clock: Clock = new ServerClock()) {
    this.#serverClock = clock
  }

  /** Undefined until the first frame; then always the same object, whose parts change. */
  get view(): View | undefined {
    return this.#shown?.view
  }

  /** The server's clock, in whole seconds. */
  get clock(): number {
    return this.#clock
  }

  get stale(): boolean {
    return this.#stale
  }

  /** The instant the figures are read at. */
  get now(): number {
    return this.#stale ? this.#heldUntil : this.#clock
  }

  /** The last instant the server vouched for what is shown. */
  get heldUntil(): number {
    return this.#heldUntil
  }

  /** How long nothing has been heard, in milliseconds, by whole seconds. */
  get silentMs(): number {
    return this.#silentMs
  }

  /** Why the server shows nothing, in its own words. */
  get refusal(): string | undefined {
    return this.#refusal
  }

  /** Plays the feed until the returned function is called. */
  play(feed: Feed): () => void {
    const stop = feed.play({
      show: (view) => {
        this.#heard(Date.parse(view.at))
        this.#paint(view)
      },
      holds: (at) => this.#heard(Date.parse(at)),
      refused: (reason) => {
        this.#refusal = reason
      },
    })
    const ticking = setInterval(() => this.#tick(), TICK_MS)
    return () => {
      clearInterval(ticking)
      stop()
    }
  }

  #heard(at: number): void {
    this.#refusal = undefined
    this.#heardLast = new Since()
    this.#serverClock.heard(at, performance.now())
    this.#heldUntil = at
    this.#tick()
  }

  /** Views that arrive within one frame of the display are shown once. */
  #paint(view: View): void {
    const alreadyDue = this.#waiting !== undefined
    this.#waiting = view
    if (this.#shown === undefined || document.hidden) this.#showWaiting()
    else if (!alreadyDue) requestAnimationFrame(() => this.#showWaiting())
  }

  #showWaiting(): void {
    const next = this.#waiting
    this.#waiting = undefined
    if (next === undefined) return
    if (this.#shown === undefined) this.#shown = new LiveView(next)
    else this.#shown.show(next)
  }

  #tick(): void {
    const now = this.#serverClock.now(performance.now())
    this.#clock = wholeSeconds(now)
    if (this.#heardLast === undefined) return
    // A page that was frozen finds old messages waiting: what they say is as old as it is, however late it is heard.
    const silentMs = Math.max(this.#heardLast.ms, now - this.#heldUntil)
    this.#silentMs = wholeSeconds(silentMs)
    this.#stale = silentMs > STALE_AFTER_MS
  }
}

const wholeSeconds = (ms: number) => Math.floor(ms / 1_000) * 1_000
