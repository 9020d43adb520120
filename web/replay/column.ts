import { PANELS, SHAPES } from '../modes/panels.ts'

/** In units of the page: on a phone they are as large as on a page of its wall. */
const ACROSS = 74.4
const HEAD = 9.6
const GAP = 1.2

/** The panels one below the other under their head, as a phone scrolls through them: CSS `grid-template`, and the units they take. */
export function column() {
  const rows = PANELS.map((name) => {
    const { down } = SHAPES[name].find(({ across }) => across <= ACROSS - 2 * GAP)!
    return { name, down }
  })
  const areas = rows.map(({ name, down }) => `"${name}" minmax(0, ${down}fr)`)
  return {
    panels: PANELS,
    grid: `"head" calc(${HEAD} * var(--u)) ${areas.join(' ')} / minmax(0, 1fr)`,
    across: ACROSS,
    down: rows.reduce((sum, { down }) => sum + down, HEAD) + (rows.length + 2) * GAP,
  }
}
