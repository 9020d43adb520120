/** A page of a real browser that looks at what a player shows. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { inspect } from '../pictures/inspect.ts'
import { violations } from '../support/axe.ts'

export const LYING = { width: 1920, height: 1080 }
export const LAPTOP = { width: 1280, height: 800 }
export const PHONE = { width: 390, height: 844 }

const PATIENCE_MS = 15_000

export async function openScreen(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: LYING, locale: 'zh-CN', ...options })
  context.setDefaultTimeout(PATIENCE_MS)
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      const told = JSON.parse(sessionStorage.getItem('forbidden') ?? '[]')
      sessionStorage.setItem('forbidden', JSON.stringify([...told, `${violatedDirective} ${blockedURI} ${sourceFile}`]))
    })
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => {
    throw error
  })
  return page
}

/** What the page tried in this tab against the policy it was served with: nothing, if all is well. */
export const forbidden = (page: Page): Promise<string[]> =>
  page.evaluate(() => JSON.parse(sessionStorage.getItem('forbidden') ?? '[]'))

/** Until what was just shown is drawn. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame)
  })
}

/** Nothing scrolls, no text is cut, or broken, or lies over another. */
export async function expectWhole(page: Page): Promise<void> {
  await drawn(page)
  const { scrolls, cut, broken, overlapping } = await inspect(page)
  expect({ scrolls, cut, broken, overlapping }).toEqual({ scrolls: false, cut: [], broken: [], overlapping: [] })
}

/** Axe finds nothing; about colours it is asked apart, as that takes it most of its time. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await violations(page, { rules: { 'color-contrast': { enabled: false } } })).toEqual([])
}

/** Everything stands out from what it stands on, in both themes. */
export async function expectContrast(page: Page): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await page.evaluate((theme) => {
      document.documentElement.dataset.theme = theme
    }, theme)
    expect(await violations(page, { runOnly: ['color-contrast'] }), theme).toEqual([])
  }
}
