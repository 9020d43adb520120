/**
 * A replay is cut into segments, like video: the whole view at the beginning of a minute, then a merge patch for each
 * second in which something changed. A segment of the past never changes.
 */
import { drawView, type Floor, nextDueAt } from './floor.ts'
import { iso } from './iso.ts'
import { diff, type MergePatch, onlyTime } from './mergePatch.ts'
import type { View } from './view.ts'

export const SEGMENT_MS = 60_000
const STEP_MS = 1_000

/** Instants are RFC 3339 UTC with milliseconds. */
export interface Segment {
  from: string
  /** The next one begins there. */
  to: string
  /** Nothing of it can change any more. */
  final: boolean
  /** At `from`. */
  view: View
  /** Each from the view before it to the view at (`seq`, `at`). */
  patches: { at: string; seq: number; patch: MergePatch }[]
  /** Checksums of what screens were shown live; the replay's view at that very instant must have the same. */
  shown: Shown[]
}

export interface Shown {
  at: string
  sum: string
}

/** The instants at which a segment is drawn, ascending: each second up to `upTo` and those at which a screen was looked at. */
export function instantsOf(from: number, upTo: number, shown: readonly Shown[]): number[] {
  const instants = new Set(shown.map(({ at }) => Date.parse(at)))
  for (let at = from; at < from + SEGMENT_MS && at <= upTo; at += STEP_MS) instants.add(at)
  return [...instants].sort((a, b) => a - b)
}

/** A segment as it is drawn, from one instant to the next. */
export class SegmentDraft {
  #patches: Segment['patches'] = []
  #first: View | undefined
  #last: View | undefined
  #dueAt = Number.POSITIVE_INFINITY
  #shown: Shown[]
  #wanted: ReadonlySet<number>

  constructor(shown: readonly Shown[]) {
    this.#shown = [...shown]
    this.#wanted = new Set(shown.map(({ at }) => Date.parse(at)))
  }

  /** The floor has come to the next instant. */
  see(floor: Floor): void {
    const wanted = this.#wanted.has(floor.now)
    const last = this.#last
    if (last === undefined || wanted || floor.seq !== last.seq || this.#dueAt <= floor.now) {
      const view = drawView(floor)
      this.#first ??= view
      const patch = last && diff(last, view)
      if (patch !== undefined && (wanted || !onlyTime(patch))) {
        this.#patches.push({ at: view.at, seq: view.seq, patch })
        this.#last = view
      }
      this.#last ??= view
    }
    this.#dueAt = nextDueAt(floor)
  }

  /** What was seen. */
  finish(from: number, final: boolean): Segment {
    if (this.#first === undefined) throw new Error('nothing was seen of the segment')
    return {
      from: iso(from),
      to: iso(from + SEGMENT_MS),
      final,
      view: this.#first,
      patches: this.#patches,
      shown: this.#shown,
    }
  }
}
