import { SPAN_MS } from '../live/history.ts'

export { SPAN_MS }

const HOUR_MS = 60 * 60_000

/** Where an instant of the span that ends at `to` lies on a chart that is 100 wide. */
export const across = (at: number, to: number) => 100 * (1 - (to - at) / SPAN_MS)

/** The whole hours of the span that ends at `to`. */
export function wholeHours(to: number): number[] {
  const hours: number[] = []
  for (let at = Math.ceil((to - SPAN_MS) / HOUR_MS) * HOUR_MS; at <= to; at += HOUR_MS) hours.push(at)
  return hours
}
