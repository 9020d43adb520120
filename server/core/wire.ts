/** What a screen and the server say to each other about one shop: “Reading live” in docs/integrating.md. */
import type { View } from './view.ts'

/** Where a stream of patches starts, or starts anew. */
export interface Frame {
  stream: string
  rev: number
  view: View
}

/** From the view of `rev` - 1 to the one at (`seq`, `at`): an RFC 7396 merge patch. */
export interface Patch {
  stream: string
  rev: number
  seq: number
  at: string
  patch: object
}

/** The view of `rev` still holds at `at`. */
export interface Beat {
  stream: string
  rev: number
  at: string
}

/** Where a screen stands that has been told something before; empty before its first frame. */
export interface Position {
  stream?: string | undefined
  rev?: number | undefined
}
