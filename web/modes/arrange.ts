import { PANELS, type PanelName, SHAPES, type Shape } from './panels.ts'

/** In pixels. */
export interface Viewport {
  width: number
  height: number
}

/** What a screen shows at one time. */
export interface Page {
  panels: readonly PanelName[]
  /** The page is so many units wide and high, at least: as many as fit, `--u` is as large as that allows. */
  across: number
  down: number
  /** Where the head and the panels stand, as CSS `grid-template`; left out for the whole wall, which has a grid of its own. */
  grid?: string
}

/** The whole wall as it is drawn for a panel that lies or stands; theme.css has the same unit. */
export const LYING: Page = { panels: PANELS, across: 192, down: 108 }
const UPRIGHT: Page = { panels: PANELS, across: 108, down: 192 }

/** The smallest unit in pixels at which everything can still be read: the smallest Chinese text is 2.8 units high. */
const READABLE_PX = 5
/** The unit grows no further than this, or so many along the longer side of a large screen: panels then grow by themselves. */
const LARGEST_PX = 6
const UNITS_ALONG = 140
const GAP = 1.2
/** One line of the head, two on a screen that stands. */
const HEAD = { lying: 5.6, upright: 9.6 }
/** Where several pages say which of them this is. */
const FOOT = 5
/** The width of a column: on a phone its unit is as large as on a page of its wall. */
const COLUMN = 72
/** Parts of a page's width at which a panel may begin. */
const PARTS = 48

/** The pages on which all the panels can be read: one where that is enough, else as many as it takes, in their order. */
export function pagesOf(panels: readonly PanelName[], viewport: Viewport): Page[] {
  const single = arrange(panels, viewport)
  if (unitPx(single, viewport) >= READABLE_PX || panels.length === 1) return [single]
  const pages: Page[] = []
  let rest = panels
  while (rest.length > 0) {
    let page = arrange(rest, viewport, FOOT)
    for (let n = rest.length - 1; n > 0 && unitPx(page, viewport) < READABLE_PX; n--) {
      page = arrange(rest.slice(0, n), viewport, FOOT)
    }
    pages.push(page)
    rest = rest.slice(page.panels.length)
  }
  return pages
}

/** Each panel on a page of its own. */
export function pageEach(panels: readonly PanelName[], viewport: Viewport): Page[] {
  return panels.map((panel) => arrange([panel], viewport, panels.length > 1 ? FOOT : 0))
}

/** One panel below the other: what a narrow screen scrolls through. */
export function columnOf(panels: readonly PanelName[]): Page {
  const rows = panels.map((name) => [{ name, ...SHAPES[name].find(({ across }) => across <= COLUMN)! }])
  return pageOf(rows, HEAD.upright, 0)
}

/** These panels on one page, in rows in their order, so that the text is as large as can be. `foot` is kept free below. */
function arrange(panels: readonly PanelName[], viewport: Viewport, foot = 0): Page {
  if (panels.length === PANELS.length) {
    if (viewport.width >= 1.4 * viewport.height) return LYING
    if (viewport.height >= 1.4 * viewport.width) return UPRIGHT
  }
  const head = viewport.width >= viewport.height ? HEAD.lying : HEAD.upright
  let best: { page: Page; px: number } | undefined
  for (const rows of rowsOf(panels.map((name) => ({ name, shapes: SHAPES[name] })))) {
    const page = pageOf(rows, head, foot)
    const px = unitPx(page, viewport)
    if (best === undefined || px > best.px) best = { page, px }
  }
  const { page, px } = best!
  const growth = Math.max(1, px / Math.max(LARGEST_PX, Math.max(viewport.width, viewport.height) / UNITS_ALONG))
  return { ...page, across: page.across * growth, down: page.down * growth }
}

/** How many pixels a unit of the page has. */
export function unitPx({ across, down }: Pick<Page, 'across' | 'down'>, { width, height }: Viewport): number {
  return Math.min(width / across, height / down)
}

interface Placed extends Shape {
  name: PanelName
}

/** Every way to break the panels into rows, each panel in each of its shapes. */
function* rowsOf(panels: readonly { name: PanelName; shapes: readonly Shape[] }[]): Generator<Placed[][]> {
  const [first, ...others] = panels
  if (first === undefined) {
    yield []
    return
  }
  for (const rest of rowsOf(others)) {
    for (const shape of first.shapes) {
      const placed = { name: first.name, ...shape }
      yield [[placed], ...rest]
      const [row, ...below] = rest
      if (row !== undefined) yield [[placed, ...row], ...below]
    }
  }
}

function pageOf(rows: readonly Placed[][], head: number, foot: number): Page {
  const across = Math.max(...rows.map((row) => sum(row.map((panel) => panel.across)) + (row.length + 1) * GAP))
  const heights = rows.map((row) => Math.max(...row.map((panel) => panel.down)))
  const down = head + sum(heights) + (rows.length + 2) * GAP + (foot > 0 ? foot + GAP : 0)
  return { panels: rows.flat().map(({ name }) => name), across, down, grid: gridOf(rows, heights, head, foot) }
}

/** As every row is divided in its own way, the columns are the parts between all the places where a panel begins. */
function gridOf(rows: readonly Placed[][], heights: readonly number[], head: number, foot: number): string {
  const begins = rows.map((row) => {
    const whole = sum(row.map((panel) => panel.across))
    let before = 0
    return row.map(({ across }) => {
      const begin = Math.round((PARTS * before) / whole)
      before += across
      return begin
    })
  })
  const lines = [...new Set(begins.flat())].sort((a, b) => a - b)
  const areas = rows.map((row, i) => lines.map((line) => row[begins[i]!.findLastIndex((begin) => begin <= line)]!.name))
  const columns = lines.map((line, i) => `minmax(0, ${(lines[i + 1] ?? PARTS) - line}fr)`)
  const band = (name: string, units: number) => `"${lines.map(() => name).join(' ')}" calc(${units} * var(--u))`
  return [
    band('head', head),
    ...areas.map((names, i) => `"${names.join(' ')}" minmax(0, ${heights[i]}fr)`),
    ...(foot > 0 ? [band('foot', foot)] : []),
    `/ ${columns.join(' ')}`,
  ].join(' ')
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
