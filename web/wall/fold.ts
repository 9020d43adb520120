/** What a panel with so many places shows: everything, or as much as leaves the last place to say how many more there are. */
export function fold<T>(items: readonly T[], places: number): { shown: readonly T[]; more: readonly T[] } {
  if (items.length <= places) return { shown: items, more: [] }
  const kept = Math.max(0, places - 1)
  return { shown: items.slice(0, kept), more: items.slice(kept) }
}

/** How many rows of a height fit one below the other, with a gap between them. All in one unit. */
export function rowsThatFit(height: number, row: number, gap: number): number {
  return Math.max(1, Math.floor((height + gap + 0.5) / (row + gap)))
}
