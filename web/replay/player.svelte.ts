/** Plays a recording: where it stands, how fast it goes, and what is shown there. */
import { applyPatch } from '#core/mergePatch.ts'
import { SEGMENT_MS, type Segment } from '#core/segment.ts'
import type { View } from '#core/view.ts'
import type { Feed, Screen } from '../live/feed.ts'
import { reasonOf } from '../page/reason.ts'
import type { Reel } from './reel.ts'

export const SPEEDS = [1, 5, 15, 60, 120, 240] as const
export type Speed = (typeof SPEEDS)[number]
/** A view is shown at most so often; faster than this nobody sees more. */
const TICK_MS = 50
/** So much of the recording is fetched ahead, in ms of watching. */
const AHEAD_MS = 4_000

export class Player {
  #at = $state(0)
  #playing = $state(false)
  #waiting = $state(false)
  #failed = $state<string | undefined>()
  #reel: Reel
  #end: number
  #begin: number
  #screen: Screen | undefined
  /** What is shown, and how far into its segment. */
  #cursor: { segment: Segment; next: number; view: View } | undefined
  #shown: View | undefined
  #still: View | undefined
  #needed: number | undefined
  #mayFetchAhead = true
  speed = $state<Speed>(60)

  /** @param span epoch ms: the first and the last instant that can be seen */
  constructor(reel: Reel, span: { from: number; upTo: number }, at: number) {
    this.#reel = reel
    this.#begin = span.from
    this.#end = span.upTo
    this.#at = this.#within(at)
  }

  /** What is shown, a frame before it is painted. */
  get view(): View | undefined {
    return this.#shown
  }

  /** Epoch ms. */
  get at(): number {
    return this.#at
  }

  get playing(): boolean {
    return this.#playing
  }

  /** What is to be shown is still under way. */
  get waiting(): boolean {
    return this.#waiting
  }

  get failed(): string | undefined {
    return this.#failed
  }

  get ended(): boolean {
    return this.#at >= wholeSecond(this.#end)
  }

  /** The feed that a board plays. */
  get feed(): Feed {
    return {
      play: (screen) => {
        this.#screen = screen
        this.#shown = undefined
        this.pass(0)
        let before = performance.now()
        const ticking = setInterval(() => {
          const now = performance.now()
          this.pass(now - before)
          before = now
        }, TICK_MS)
        return () => {
          clearInterval(ticking)
          this.#screen = undefined
        }
      },
    }
  }

  toggle(): void {
    if (this.#playing) return this.pause()
    if (this.ended) this.#at = this.#begin
    this.#playing = true
    this.#failed = undefined
  }

  /** Stands still, at what is shown. */
  pause(): void {
    if (!this.#playing) return
    this.#playing = false
    this.#at = wholeSecond(this.#at)
  }

  /** Goes to the second of an instant; it goes on playing if it played. */
  seek(at: number): void {
    this.#still = undefined
    this.#at = wholeSecond(this.#within(at))
    this.#failed = undefined
    this.pass(0)
  }

  /** Stands still at an instant between two seconds, with its own view. */
  stand(at: number, view: View): void {
    this.#playing = false
    this.#failed = undefined
    this.#at = this.#within(at)
    this.#still = view
    this.pass(0)
  }

  /** So many ms have passed for whoever watches. */
  pass(ms: number): void {
    if (this.#still !== undefined && !this.#playing) return this.#tell(this.#still)
    const segment = this.#reel.at(this.#at)
    if (segment === undefined) return this.#fetch()
    this.#still = undefined
    this.#waiting = false
    if (this.#playing) {
      // Not beyond what is there: a second that is not fetched yet is never skipped.
      this.#at = Math.min(this.#at + ms * this.speed, this.#end, Date.parse(segment.to))
      if (this.ended) this.pause()
    }
    const now = this.#reel.at(this.#at)
    if (now === undefined) return this.#fetch()
    this.#show(now)
    this.#fetchAhead()
  }

  #show(segment: Segment): void {
    const known = this.#cursor
    const at = new Date(this.#at).toISOString()
    const goesOn = known?.segment === segment && (segment.patches[known.next - 1]?.at ?? segment.from) <= at
    const cursor = goesOn ? known : { segment, next: 0, view: segment.view }
    for (;;) {
      const patch = segment.patches[cursor.next]
      if (patch === undefined || patch.at > at) break
      cursor.view = applyPatch(cursor.view, patch.patch)
      cursor.next++
    }
    this.#cursor = cursor
    this.#tell(cursor.view)
  }

  #tell(view: View): void {
    if (this.#screen === undefined) return
    if (view !== this.#shown) this.#screen.show(view)
    this.#shown = view
    this.#screen.holds(new Date(this.#at).toISOString())
  }

  #fetch(): void {
    if (this.#needed !== undefined || this.#failed !== undefined) return
    const needed = this.#at
    this.#needed = needed
    this.#waiting = true
    this.#reel
      .need(needed)
      .then(() => {
        this.#mayFetchAhead = true
      })
      .catch((error) => {
        this.#failed = reasonOf(error)
        this.#playing = false
        this.#waiting = false
      })
      .finally(() => {
        this.#needed = undefined
        this.pass(0)
      })
  }

  /** One after the other: the server then goes on where it is. Where that fails, it is left until it is needed. */
  #fetchAhead(): void {
    if (!this.#mayFetchAhead) return
    const count = this.#playing ? Math.max(1, Math.ceil((AHEAD_MS * this.speed) / SEGMENT_MS)) : 1
    const missing = this.#reel.missing(this.#at, count, this.#end)
    if (missing === undefined) return
    this.#mayFetchAhead = false
    this.#reel.need(missing).then(
      () => {
        this.#mayFetchAhead = true
      },
      () => undefined,
    )
  }

  #within(at: number): number {
    return Math.max(this.#begin, Math.min(at, this.#end))
  }
}

const wholeSecond = (at: number) => Math.floor(at / 1_000) * 1_000
