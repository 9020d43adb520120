import type { View } from '#core/view.ts'

/** Where a board gets its views from: a live socket, or a recorded day. */
export interface Feed {
  /** Plays onto `screen` until the returned function is called. */
  play(screen: Screen): () => void
}

/** What a feed tells. Instants are RFC 3339, the server's. */
export interface Screen {
  /** The whole view, as it is at `view.at`. */
  show(view: View): void
  /** Nothing has changed up to `at`: what is shown still holds. */
  holds(at: string): void
  /** The server will not show this shop, and why: its code for it, or its own words. */
  refused(reason: string): void
}
