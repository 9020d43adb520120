/** The handbooks of a shop one after another: which held when, which waits, which never came into force. */
import type { HandbookChanges } from './shop.ts'
import { type Difference, differencesOf } from './wholeHandbook.ts'

/** One as it was published. Instants in epoch ms; `version` is the seq of its event. */
export interface PublishedHandbook {
  version: number
  publishedAt: number
  effectiveAt: number
  by?: string
  reason?: string
  handbook: HandbookChanges
}

export interface HandbookVersion extends PublishedHandbook {
  state: 'past' | 'inForce' | 'planned' | 'withdrawn'
  /** What it changed of the one in force before it. */
  differences: Difference[]
}

/** @param published in order of version */
export function handbookVersions(
  first: HandbookChanges | undefined,
  published: readonly PublishedHandbook[],
  now: number,
): HandbookVersion[] {
  let before = first
  let inForce: HandbookVersion | undefined
  return published.map((one, i) => {
    const next = published[i + 1]
    const withdrawn = next !== undefined && next.publishedAt < one.effectiveAt
    const state = withdrawn ? 'withdrawn' : one.effectiveAt > now ? 'planned' : 'inForce'
    const version: HandbookVersion = { ...one, state, differences: differencesOf(before, one.handbook) }
    if (state === 'inForce') {
      if (inForce !== undefined) inForce.state = 'past'
      inForce = version
      before = one.handbook
    }
    return version
  })
}
