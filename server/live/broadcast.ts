/** What the screens of one shop are told: one frame each, then the patches they all share. */
import { randomUUID } from 'node:crypto'
import { diff, onlyTime } from '#core/mergePatch.ts'
import type { View } from '#core/view.ts'
import type { Beat, Frame, Patch, Position } from '#core/wire.ts'

/** Patches kept for screens that missed some: ten seconds at full pace. */
const KEPT_PATCHES = 100

/** Frame plus patches always equal the newest view; a new stream begins wherever that cannot be kept up. */
export class Broadcast {
  #stream = randomUUID()
  #rev = 0
  #view: View | undefined
  #patches: Patch[] = []

  /** The next view; the patch that leads to it, or undefined when nothing but the time is new. */
  next(view: View): Patch | undefined {
    const before = this.#view
    this.#view = view
    const change = before && diff(before, view)
    if (change === undefined || onlyTime(change)) return undefined
    this.#rev++
    const patch: Patch = { stream: this.#stream, rev: this.#rev, seq: view.seq, at: view.at, patch: change }
    this.#patches.push(patch)
    if (this.#patches.length > KEPT_PATCHES) this.#patches.shift()
    return patch
  }

  /** What was told can no longer be built upon. */
  restart(): void {
    this.#stream = randomUUID()
    this.#rev = 0
    this.#view = undefined
    this.#patches = []
  }

  get frame(): Frame | undefined {
    return this.#view && { stream: this.#stream, rev: this.#rev, view: this.#view }
  }

  /** The newest view still holds at a later instant. */
  beat(at: string): Beat {
    if (this.#view !== undefined) this.#view = { ...this.#view, at }
    return { stream: this.#stream, rev: this.#rev, at }
  }

  /** The patches a screen lacks; undefined when only a frame helps. */
  since({ stream, rev }: Position): Patch[] | undefined {
    if (stream !== this.#stream || rev === undefined || rev > this.#rev) return undefined
    const missing = this.#patches.filter((patch) => patch.rev > rev)
    return missing.length === this.#rev - rev ? missing : undefined
  }
}
