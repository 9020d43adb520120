/** The night on which clocks go back has 25 hours, and an hour twice: the replay walks through both. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { cloudEvent, linkAs, startTestServer, type TestServer } from '../support/server.ts'
import { openScreen } from './screen.ts'

const AUTUMN = '2026-10-25'
const SPRING = '2026-03-29'
const at = (time: string) => ({ time: `${time}:00.000Z` })

let server: TestServer
let browser: Browser
let page: Page
let shop: string

beforeAll(async () => {
  server = await startTestServer()
  shop = await server.makeShop('berlin', 'Europe/Berlin')
  await server.send(
    shop,
    [
      cloudEvent('conversation.opened', 's1', { queue: 'presales' }, at('2026-03-29T00:30')),
      cloudEvent('conversation.closed', 's1', {}, at('2026-03-29T01:10')),
      // 02:15 in summer time, and an hour later 02:15 again.
      cloudEvent('conversation.opened', 'c1', { queue: 'presales' }, at('2026-10-25T00:15')),
      cloudEvent('conversation.opened', 'c2', { queue: 'presales' }, at('2026-10-25T01:15')),
      cloudEvent('conversation.closed', 'c1', {}, at('2026-10-25T22:50')),
    ],
    'backfill',
  )
  browser = await openBrowser()
  page = await openScreen(browser, { viewport: { width: 1280, height: 800 }, timezoneId: 'Asia/Shanghai' })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const line = () => page.getByRole('slider', { name: '一天的时间轴' })
const hoursOfLine = async () => {
  const [from, to] = await Promise.all(['aria-valuemin', 'aria-valuemax'].map((name) => line().getAttribute(name)))
  return (Number(to) - Number(from)) / 3_600_000
}
const shows = async (instant: string, local: string, waiting: number) => {
  const second = instant.length === 16 ? `${instant}:00` : instant
  await page.locator(`[data-replay-at="${second}.000Z"]`).filter({ hasText: local }).waitFor()
  await page
    .locator('[data-waiting]')
    .filter({ hasText: new RegExp(`^${waiting}$`) })
    .waitFor()
}

test('[replay] clocks go back: the hour that comes twice is replayed twice, minute by minute and to the day’s end', async () => {
  await page.goto(await linkAs(server, `/replay/${shop}/${AUTUMN}?at=2026-10-25T00:30:00.000Z`))
  await shows('2026-10-25T00:30', '02:30:00', 1)
  expect(await hoursOfLine()).toBe(25)
  for (const _ of [1, 2, 3]) await page.keyboard.press('Shift+ArrowRight')
  await shows('2026-10-25T01:00', '02:00:00', 1)
  await page.keyboard.press('ArrowLeft')
  await shows('2026-10-25T00:59', '02:59:00', 1)
  for (const _ of [1, 2]) await page.keyboard.press('Shift+ArrowRight')
  await shows('2026-10-25T01:19', '02:19:00', 2)
  await page.keyboard.press('Home')
  await shows('2026-10-24T22:00', '00:00:00', 0)
  await page.keyboard.press('End')
  await shows('2026-10-25T22:59:59', '23:59:59', 1)
})

test('[replay] clocks go forward: after 01:59 comes 03:00, and the day has 23 hours', async () => {
  await page.goto(`${server.url}/replay/${shop}/${SPRING}?at=2026-03-29T00:59:00.000Z`)
  await shows('2026-03-29T00:59', '01:59:00', 1)
  expect(await hoursOfLine()).toBe(23)
  await page.keyboard.press('ArrowRight')
  await shows('2026-03-29T01:00', '03:00:00', 1)
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('ArrowRight')
  await shows('2026-03-29T01:11', '03:11:00', 0)
})
