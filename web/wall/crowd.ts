/** What is shown of a crowd: those who always are, and the page of the others whose turn it is. */
export interface Crowd<T> {
  pinned: readonly T[]
  page: readonly T[]
  /** From 0. */
  at: number
  pages: number
}

/**
 * Everybody where there are places enough. Else those in need, who come first in `all`, keep up to half of the places,
 * the last place says where in the round one is, and the others take turns in the rest, which is at least one place:
 * `turn` counts the turns. A single place is that of the first in `all`.
 */
export function crowd<T>(all: readonly T[], inNeed: (one: T) => boolean, places: number, turn: number): Crowd<T> {
  if (all.length <= places || places < 2) return { pinned: all.slice(0, places), page: [], at: 0, pages: 1 }
  const free = places - 1
  const pinned = all.filter(inNeed).slice(0, Math.min(Math.floor(places / 2), free - 1))
  const others = all.slice(pinned.length)
  const pages = Math.ceil(others.length / (free - pinned.length))
  const size = Math.ceil(others.length / pages)
  const at = turn % pages
  return { pinned, page: others.slice(at * size, (at + 1) * size), at, pages }
}
