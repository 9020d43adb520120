import { checksum } from '#core/checksum.ts'
import { applyPatch } from '#core/mergePatch.ts'
import type { Segment } from '#core/segment.ts'
import type { Verified } from './reel.ts'

/** Holds what a segment shows against what screens were shown live at the very same instants (L4). */
export function verify({ view: first, patches, shown }: Segment): Verified {
  const sums = new Map(shown.map(({ at, sum }) => [at, sum]))
  const different: string[] = []
  let view = first
  const hold = () => {
    const sum = sums.get(view.at)
    if (sum !== undefined && sum !== checksum(view)) different.push(view.at)
    sums.delete(view.at)
  }
  hold()
  for (const { patch } of patches) {
    view = applyPatch(view, patch)
    hold()
  }
  // An instant that the replay does not show at all was not the same either.
  return { checked: shown.length, different: [...different, ...sums.keys()] }
}
