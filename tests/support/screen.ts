/** A screen without a network: keeps every view it was shown on its present stream. */
import { applyPatch } from '#core/mergePatch.ts'
import type { View } from '#core/view.ts'
import type { Beat, Frame, Patch, Position } from '#core/wire.ts'
import type { Audience, Greeting } from '#server/live/publisher.ts'

export class Screen implements Audience {
  view: View | undefined
  stream = ''
  rev = -1
  frames = 0
  patches = 0
  beats = 0
  readonly shown: View[] = []

  get position(): Position {
    return { stream: this.stream, rev: this.rev }
  }

  greet(greeting: Greeting): void {
    if ('frame' in greeting) this.frame(greeting.frame)
    else for (const patch of greeting.patches) this.patch(patch)
  }

  frame({ stream, rev, view }: Frame): void {
    this.frames++
    if (stream !== this.stream) this.shown.length = 0
    this.stream = stream
    this.rev = rev
    this.#show(view)
  }

  patch({ stream, rev, seq, at, patch }: Patch): void {
    this.patches++
    if (stream === this.stream && rev <= this.rev) return
    if (stream !== this.stream || rev !== this.rev + 1) throw new Error(`rev ${rev} of ${stream} after ${this.rev}`)
    this.rev = rev
    this.#show(applyPatch(this.view as View, patch))
    if (this.view?.seq !== seq || this.view.at !== at) throw new Error('the patch leads elsewhere than it says')
  }

  beat({ stream, rev, at }: Beat): void {
    this.beats++
    if (stream !== this.stream || rev !== this.rev) throw new Error(`beat of rev ${rev} after ${this.rev}`)
    this.#show({ ...(this.view as View), at })
  }

  #show(view: View): void {
    this.view = view
    this.shown.push(structuredClone(view))
  }
}
