/** Every page in a hand: as wide as the phone, whatever it holds. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { Floor } from './floor.ts'
import { expectAccessible, openScreen, PHONE } from './screen.ts'

const floor = new Floor()
let browser: Browser
let page: Page

beforeAll(async () => {
  await floor.start()
  browser = await openBrowser()
  await floor.openShop('青禾数码旗舰店')
  await floor.post('agent.registered', 'a1', { name: '小林', queues: ['aftersales'], capacity: 2 })
  await floor.post('agent.status_changed', 'a1', { status: 'online' })
  await floor.post('conversation.opened', 'aftersales-1279', { queue: 'aftersales' })
  await floor.post('conversation.assigned', 'aftersales-1279', { agent: 'a1' })
  page = await openScreen(browser, { viewport: PHONE, hasTouch: true })
  await page.goto(await floor.link('/', '王经理', 'admin'))
  await page.getByText('青禾数码旗舰店').first().waitFor()
})
afterAll(async () => {
  await browser?.close()
  await floor.remove()
})

/** Each page, and what is there once it is. */
const PAGES: [page: string, there: string][] = [
  ['wall', '[data-panel="queues"]'],
  ['lead', '[data-row]'],
  ['replay', '[data-panel="queues"]'],
  ['reports', '[role="group"], main a'],
  ['handbook', '[data-rule="pack"]'],
  ['keeping', 'select'],
  ['screens', 'main'],
  ['admin', 'main'],
]

test.each(PAGES)('[phone] %s', async (name, there) => {
  await page.goto(`${floor.url}/${name}/${floor.shop}`)
  await page.locator(there).first().waitFor()
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((it) => it.closest('.scrolls, .unseen') === null && it.getBoundingClientRect().right > innerWidth + 1)
      .map((it) => `${it.tagName} ${it.className} ${it.textContent?.slice(0, 20)}`),
  )
  expect(wide).toEqual([])
  await expectAccessible(page)
})

test('[phone] at the desk a conversation says whole whose it is', async () => {
  await page.goto(`${floor.url}/lead/${floor.shop}`)
  await page.locator('[data-row]').waitFor()
  const cut = await page
    .locator('[data-row] .cut')
    .evaluateAll((texts) => texts.filter((text) => text.scrollWidth > text.clientWidth).map((text) => text.textContent))
  expect(cut).toEqual([])
})

test('[phone] at the desk a finger has room, and no key is named', async () => {
  await page.goto(`${floor.url}/lead/${floor.shop}`)
  await page.locator('[data-row]').waitFor()
  expect(await page.locator('kbd:visible').count()).toBe(0)
  const low = await page
    .locator('button:visible:not([data-figure])')
    .evaluateAll((buttons) =>
      buttons.filter((button) => button.getBoundingClientRect().height < 40).map((button) => button.outerHTML),
    )
  expect(low).toEqual([])
})

test('[phone] the other pages are one line that can be pushed aside', async () => {
  await page.goto(`${floor.url}/lead/${floor.shop}`)
  const links = page.locator('nav a')
  await links.first().waitFor()
  const tops = await links.evaluateAll((all) => new Set(all.map((link) => link.getBoundingClientRect().top)).size)
  expect(tops).toBe(1)
  await links.last().scrollIntoViewIfNeeded()
  expect((await links.last().boundingBox())?.x).toBeLessThan(PHONE.width)
})

test.each([PHONE, { width: PHONE.height, height: PHONE.width }])(
  '[phone] a replay can be read, and is scrolled: $width px wide',
  async (viewport) => {
    await page.setViewportSize(viewport)
    await page.goto(`${floor.url}/replay/${floor.shop}`)
    const wall = page.locator('main.wall')
    await wall.locator('[data-panel="clocks"]').waitFor()
    const smallestPx = await wall.evaluate((main) => {
      const texts = [...main.querySelectorAll('*')].filter(({ childNodes }) =>
        [...childNodes].some(({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && textContent?.trim()),
      )
      return Math.min(...texts.map((text) => Number.parseFloat(getComputedStyle(text).fontSize)))
    })
    expect(smallestPx).toBeGreaterThan(10)
    expect(await wall.evaluate(({ scrollHeight, clientHeight }) => scrollHeight > 1.5 * clientHeight)).toBe(true)
    await page.setViewportSize(PHONE)
  },
)

test('[phone] the zone of a shop may be cut at the wall, its name is not', async () => {
  const body = { name: '青禾数码旗舰店', timezone: 'America/Argentina/Buenos_Aires' }
  expect((await floor.server.ask('PUT', `/api/shops/${floor.shop}`, { body })).status).toBe(200)
  await page.goto(`${floor.url}/wall/${floor.shop}`)
  await page.getByText('UTC-3').waitFor()
  const isCut = (text: Element) => text.scrollWidth > text.clientWidth
  expect(await page.locator('header h1').evaluate(isCut)).toBe(false)
  expect(await page.locator('header .zone .cut').evaluate(isCut)).toBe(true)
})
