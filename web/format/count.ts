/** A count for a narrow place: whole up to 999, then in thousands, cut: `12k`. */
export function compact(n: number): string {
  return n < 1_000 ? String(n) : `${Math.floor(n / 1_000)}k`
}
