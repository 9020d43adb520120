import { applyPatch } from '#core/mergePatch.ts'
import type { View } from '#core/view.ts'
import type { Beat, Frame, Patch, Position } from '#core/wire.ts'

/**
 * One shop's view as its frames and patches make it. A patch is applied only on the very revision it was made for, so
 * that a lost, doubled or reordered one never shows: `missed` means the server has to be asked again with `position`.
 */
export class Track {
  view: View | undefined
  #stream: string | undefined
  #rev = 0

  /** What to ask with: where this track stands; empty before its first frame. */
  get position(): Position {
    return this.#stream === undefined ? {} : { stream: this.#stream, rev: this.#rev }
  }

  frame({ stream, rev, view }: Frame): 'shown' | 'old' {
    if (stream === this.#stream && rev < this.#rev) return 'old'
    this.#stream = stream
    this.#rev = rev
    this.view = view
    return 'shown'
  }

  patch({ stream, rev, patch }: Patch): 'shown' | 'old' | 'missed' {
    if (stream !== this.#stream || this.view === undefined || rev > this.#rev + 1) return 'missed'
    if (rev <= this.#rev) return 'old'
    this.#rev = rev
    this.view = applyPatch(this.view, patch)
    return 'shown'
  }

  beat({ stream, rev }: Beat): 'holds' | 'old' | 'missed' {
    if (stream !== this.#stream || rev > this.#rev) return 'missed'
    return rev < this.#rev ? 'old' : 'holds'
  }
}
