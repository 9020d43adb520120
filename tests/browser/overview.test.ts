import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { View } from '#core/view.ts'
import { floor } from '../pictures/cases/floor.ts'
import * as moods from '../pictures/cases/moods.ts'
import { openBrowser } from '../support/browser.ts'
import { DIST } from '../support/buildWeb.ts'
import { Player } from '../support/player.ts'
import { aView } from '../web/view.ts'
import { expectAccessible, expectContrast, expectWhole, openScreen, PHONE } from './screen.ts'

let player: Player
let browser: Browser
let page: Page

const calm = { ...floor(moods.calm), alerts: {}, alertCounts: {} }
const now = () => new Date().toISOString()
const shop = (n: number, parts: Partial<View> = {}): View => ({
  ...calm,
  shop: `s${n}`,
  name: `店 ${n}`,
  at: now(),
  ...parts,
})
const breach = { alertCounts: { first_response: { warn: 0, breach: 2 } } }

beforeAll(async () => {
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
})

afterEach(async () => {
  await page?.context().close()
  player?.close()
})

async function openOverview(
  shops: View[],
  options: Parameters<typeof openScreen>[1] = {},
  prepare?: (page: Page) => Promise<unknown>,
): Promise<void> {
  player = new Player(DIST)
  for (const view of shops) player.show(view)
  await player.open()
  page = await openScreen(browser, options)
  await prepare?.(page)
  await page.goto(`${player.url}/`)
  await page.waitForSelector(shops.length > 0 ? '[data-shop] [data-waiting]' : '.none')
}

const order = () =>
  page.evaluate(() => [...document.querySelectorAll('[data-shop]')].map((it) => it.getAttribute('data-shop')))

describe('[overview]', () => {
  test('all shops, live, the worst first; the keyboard opens a wall', async () => {
    await openOverview([shop(1), shop(2), shop(3, { alertCounts: { pack: { warn: 1, breach: 0 } } }), shop(4)])
    await page.waitForSelector('[data-shop=s4] [data-waiting]')
    expect(await order()).toEqual(['s3', 's1', 's2', 's4'])
    player.show(shop(4, { seq: calm.seq + 1, ...breach }))
    await page.waitForSelector('[data-shop=s4][data-state=breach]')
    expect(await order()).toEqual(['s4', 's3', 's1', 's2'])
    expect(await page.locator('[data-shop=s4]').textContent()).toContain('2 项超时')
    await expectAccessible(page)
    await expectContrast(page)
    while ((await page.evaluate(() => document.activeElement?.getAttribute('data-shop'))) !== 's4')
      await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForSelector('[data-panel=clocks]')
    expect(page.url()).toBe(`${player.url}/wall/s4`)
  })

  test('each card says by itself that it has stopped', async () => {
    await openOverview([shop(1), shop(2)], {}, (page) => page.clock.install())
    player.close()
    player.pass(4_000)
    await page.clock.fastForward(4_000)
    await page.waitForSelector('[data-shop=s1] [data-stale]')
    await player.open()
    await page.waitForSelector('[data-stale]', { state: 'detached' })
  })

  test.each([1, 4, 20])('%i shops fill the screen, nothing cut', async (n) => {
    const long = 'A Very Long Name of a Flagship Store 超长的店铺名称旗舰店'
    await openOverview(
      Array.from({ length: n }, (_, i) =>
        shop(i, {
          timezone: 'America/Argentina/Buenos_Aires',
          ...(i % 2 === 0 && { ...breach, name: `${long} ${i}` }),
        }),
      ),
      { locale: n === 4 ? 'en' : 'zh-CN' },
    )
    await page.waitForFunction((n) => document.querySelectorAll('[data-waiting]').length === n, n)
    await expectWhole(page)
  })

  test.each([
    [1, 'zh-CN'],
    [4, 'en'],
  ])(
    'of %i shops, a queue of thousands that has waited for an hour, or for nearly ten, fits, in %s',
    async (n, locale) => {
      const minutes = [599.9, 59.99]
      await openOverview(
        Array.from({ length: n }, (_, i) => {
          const since = new Date(Date.now() - minutes[i % 2]! * 60_000).toISOString()
          const [queue] = Object.values(calm.queues)
          return shop(i, { queues: { presales: { ...queue!, waiting: 1234, oldestWaitingSince: since } } })
        }),
        { locale, viewport: { width: 1280, height: 800 } },
      )
      await page.waitForFunction((n) => document.querySelectorAll('[data-waiting]').length === n, n)
      await expectWhole(page)
    },
  )

  test('on a phone it goes on below; with no shop it says so', async () => {
    await openOverview([shop(1), shop(2), shop(3), shop(4), shop(5)], { viewport: PHONE })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
    await page.context().close()
    player.close()
    await openOverview([])
    expect(await page.locator('.none').textContent()).toContain('还没有可看的店铺')
    await expectAccessible(page)
  })
})

test('[overview] an empty view is no calm one', async () => {
  await openOverview([aView({ shop: 's1', at: now() })])
  expect(await page.locator('[data-shop=s1]').getAttribute('data-state')).toBe('unknown')
})
