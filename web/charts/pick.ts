import type { HistoryPoint } from '../live/history.ts'

/** What a line of a chart draws: the figure whose list is behind each of its points. */
export interface Line {
  figure: string
  name: string
  valueOf(point: HistoryPoint): number | undefined
  /** As it is said. */
  say(value: number): string
}

/** The point of a line that lies nearest to an instant; where two are as near, the later. */
export function nearest(points: readonly HistoryPoint[], line: Line, at: number): HistoryPoint | undefined {
  let found: HistoryPoint | undefined
  for (const point of points) {
    if (line.valueOf(point) === undefined) continue
    if (found === undefined || Math.abs(point.at - at) <= Math.abs(found.at - at)) found = point
  }
  return found
}

/** The point of a line that comes so many after the one at an instant; the last that way where there are not so many. */
export function beside(points: readonly HistoryPoint[], line: Line, at: number, by: number): HistoryPoint | undefined {
  const told = points.filter((point) => line.valueOf(point) !== undefined)
  const here = told.findIndex((point) => point.at === at)
  return told[Math.max(0, Math.min(told.length - 1, here + by))]
}
