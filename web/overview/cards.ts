import type { View } from '#core/view.ts'
import { overall } from '../wall/overall.ts'
import type { State } from '../wall/state.ts'

/** Room a card asks for, in units. */
export const CARD = { across: 46, down: 27 }
/** Smaller than this nobody can read a card, in pixels a unit: then the page goes on below the screen. */
const READABLE_PX = 4.6

/** How many cards stand side by side so that they are as large as can be, and whether all fit the screen. In pixels. */
export function cardGrid(cards: number, width: number, height: number): { columns: number; fits: boolean } {
  let best = { columns: 1, px: 0 }
  for (let columns = 1; columns <= Math.max(1, cards); columns++) {
    const rows = Math.ceil(cards / columns)
    const px = Math.min(width / columns / CARD.across, height / rows / CARD.down)
    if (px > best.px) best = { columns, px }
  }
  if (best.px >= READABLE_PX) return { columns: best.columns, fits: true }
  return { columns: Math.max(1, Math.floor(width / (CARD.across * READABLE_PX))), fits: false }
}

/** How a shop stands: unknown before its first view, and when what is shown may be wrong. */
export function standing(view: View | undefined, stale: boolean): State {
  return view === undefined || stale ? 'unknown' : overall(view).state
}

const WORST_FIRST: readonly State[] = ['breach', 'unknown', 'risk', 'fine']

/** The worst first: what is over, what nobody can see, what is at risk; then by name. */
export function worstFirst<T extends { name: string; state: State }>(shops: readonly T[]): T[] {
  return [...shops].sort(
    (a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state) || a.name.localeCompare(b.name),
  )
}
