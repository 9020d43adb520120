/** A point of a line; `y` is left out where there is nothing to draw. */
export interface Point {
  x: number
  y?: number | undefined
}

const round = (n: number) => Math.round(n * 100) / 100

/** The `d` of an SVG path through the points, with gaps where a `y` is missing. */
export function line(points: readonly Point[]): string {
  let pen = 'M'
  let d = ''
  for (const { x, y } of points) {
    if (y === undefined) pen = 'M'
    else {
      d += `${pen}${round(x)} ${round(y)}`
      pen = 'L'
    }
  }
  return d
}

/** The area between the points and `base`: each value holds until the next. */
export function steps(points: readonly Point[], base: number): string {
  const known = points.filter((point): point is { x: number; y: number } => point.y !== undefined)
  const [first] = known
  const last = known.at(-1)
  if (first === undefined || last === undefined) return ''
  const across = known.map(({ x, y }) => `H${round(x)}V${round(y)}`).join('')
  return `M${round(first.x)} ${base}${across}H${round(last.x)}V${base}Z`
}
