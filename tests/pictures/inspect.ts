import type { Page } from 'playwright-core'

/** What a look at the page found, each as a line to read. Sizes are those of a panel of 1080 lines: 10 to a unit. */
export interface Findings {
  scrolls: boolean
  /** Text in Chinese under 28, and other text under 23. */
  small: string[]
  /** Figures a room looks for, under 60. */
  smallFigures: string[]
  /** Text that something cuts off, names apart. */
  cut: string[]
  /** Text that goes on in a second line. */
  broken: string[]
  /** Texts, or signs and texts, that lie over one another. */
  overlapping: string[]
}

const FIGURES = [
  '[data-waiting]',
  '[data-longest]',
  '[data-response] .rate',
  '[data-wave-next] .time',
  '[data-next-due]',
]

/** Walks all text of a page. */
export function inspect(page: Page): Promise<Findings> {
  return page.evaluate((figures) => {
    const root = document.documentElement
    const scale = Number.parseFloat(getComputedStyle(root).getPropertyValue('--u')) / 10
    const unseen = (element: Element) =>
      element.closest('.unseen') !== null ||
      !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    const sizeOf = (element: Element) => Number.parseFloat(getComputedStyle(element).fontSize) / scale

    const texts: { text: string; parent: Element; box: DOMRect; lines: number }[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const node = walker.currentNode
      const parent = node.parentElement
      const text = node.textContent?.trim() ?? ''
      if (parent === null || text === '' || unseen(parent) || parent.closest('script, style') !== null) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const box = range.getBoundingClientRect()
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size
      if (box.width > 0) texts.push({ text, parent, box, lines })
    }

    const small = texts
      .filter(
        ({ text, parent }) => sizeOf(parent) < (/\p{Script=Han}/u.test(text) && root.lang === 'zh-CN' ? 27.9 : 22.9),
      )
      .map(({ text, parent }) => `${text}: ${sizeOf(parent).toFixed(1)}`)

    const smallFigures = figures
      .flatMap((selector) => [...document.querySelectorAll(selector)])
      .filter((element) => sizeOf(element) < 59.9)
      .map((element) => `${element.textContent}: ${sizeOf(element)}`)

    /** The part of a text that its names may lose at the end: whatever lies beyond the box of the nearest `.cut`. */
    const shown = (parent: Element, box: DOMRect) => {
      const name = parent.closest('.cut')?.getBoundingClientRect()
      return name === undefined
        ? { left: box.left, right: box.right }
        : { left: Math.max(box.left, name.left), right: Math.min(box.right, name.right) }
    }
    const cut: string[] = []
    for (const { text, parent, box } of texts) {
      const { left, right } = shown(parent, box)
      const middle = (box.top + box.bottom) / 2
      const half = box.height * 0.3
      for (let at: Element | null = parent; at !== null; at = at.parentElement) {
        if (getComputedStyle(at).overflowX === 'visible' || at.classList.contains('cut')) continue
        const frame = at.getBoundingClientRect()
        const inside =
          left >= frame.left - 1 &&
          right <= frame.right + 1 &&
          middle - half >= frame.top &&
          middle + half <= frame.bottom
        if (!inside) cut.push(`${text} in ${at.getAttribute('data-panel') ?? at.tagName}`)
      }
    }

    const broken = texts.filter(({ lines }) => lines > 1).map(({ text }) => text)

    // Where each is seen is looked up once: there are half a million pairs.
    const seen = texts.map(({ text, parent, box }) => {
      const { top, height } = box
      return { text, ...shown(parent, box), top: top + height * 0.3, bottom: top + height * 0.7 }
    })
    for (const sign of document.querySelectorAll('svg')) {
      if (unseen(sign)) continue
      const { left, right, top, bottom } = sign.getBoundingClientRect()
      seen.push({
        text: `the sign of ${sign.parentElement?.parentElement?.textContent?.trim()}`,
        left,
        right,
        top,
        bottom,
      })
    }
    const overlapping: string[] = []
    for (const [i, a] of seen.entries())
      for (let j = i + 1; j < seen.length; j++) {
        const b = seen[j] as (typeof seen)[number]
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
        if (across > 1 && down > 1) overlapping.push(`${a.text} | ${b.text}`)
      }

    const scrolls = root.scrollWidth > innerWidth || root.scrollHeight > innerHeight
    return { scrolls, small, smallFigures, cut, broken, overlapping }
  }, FIGURES)
}

/** Where the panels stand, by name. */
export function places(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => {
    const panels = [...document.querySelectorAll('[data-panel], [data-headline], [data-next]')]
    return Object.fromEntries(
      panels.map((panel) => {
        const { x, y, width, height } = panel.getBoundingClientRect()
        return [panel.getAttribute('data-panel') ?? panel.tagName + x, [x, y, width, height].join(' ')]
      }),
    )
  })
}
