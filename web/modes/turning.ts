/** Which of several pages a screen is at. Instants in milliseconds of any one clock. */
export interface Turning {
  page: number
  /** Since when it has been there. */
  since: number
  paused: boolean
  /** The page was brought up by a fresh breach; until all pages have had their turn, none is brought up again. */
  calledAt?: number
}

export const begin = (now: number): Turning => ({ page: 0, since: now, paused: false })

/** A step by hand: back or forth, round the ends. The page then stays for its whole time. */
export function step(turning: Turning, by: 1 | -1, pages: number, now: number): Turning {
  return { ...turning, page: (turning.page + by + pages) % pages, since: now }
}

/** Time has moved on: the next page, if this one has had its time. */
export function pass(turning: Turning, pages: number, everyMs: number, now: number): Turning {
  return turning.paused || now - turning.since < everyMs ? turning : step(turning, 1, pages, now)
}

/**
 * A fresh breach brings up the page it shows on, for the whole time of a page. In a storm the other pages still get
 * their turn: after such a call there is no other for a whole round.
 */
export function call(turning: Turning, page: number, pages: number, everyMs: number, now: number): Turning {
  if (turning.paused) return turning
  if (turning.calledAt !== undefined && now - turning.calledAt < pages * everyMs) return turning
  return { ...turning, page, since: now, calledAt: now }
}

/** Stops on the page it is at, or goes on from there. */
export function pause(turning: Turning, now: number): Turning {
  return { ...turning, paused: !turning.paused, since: now }
}
