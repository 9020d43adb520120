/** A part of a crowd: those who are always shown, and the page of the others that is. */
export interface Crowd<T> {
  pinned: readonly T[]
  page: readonly T[]
  /** From 0. */
  at: number
  pages: number
}

/**
 * Everybody where there are places enough. Else those in need, who come first in `all`, keep up to half of the places,
 * and the others take turns in the rest: `turn` counts the turns.
 */
export function crowd<T>(all: readonly T[], inNeed: (one: T) => boolean, places: number, turn: number): Crowd<T> {
  if (all.length <= places) return { pinned: all, page: [], at: 0, pages: 1 }
  const pinned = all.filter(inNeed).slice(0, Math.floor(places / 2))
  const others = all.slice(pinned.length)
  // One place says where in the round one is.
  const pages = Math.ceil(others.length / (places - pinned.length - 1))
  const size = Math.ceil(others.length / pages)
  const at = turn % pages
  return { pinned, page: others.slice(at * size, (at + 1) * size), at, pages }
}
