/** A manager looks for a planted breach: by jumping, by scrubbing, by a link. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { cloudEvent, linkAs, startTestServer, type TestServer } from '../support/server.ts'
import { expectAccessible, expectContrast, openScreen } from './screen.ts'

const DATE = '2026-11-18'
const at = (time: string) => ({ time: `${DATE}T${time}.000Z` })

let server: TestServer
let browser: Browser
let shop: string
let page: Page

beforeAll(async () => {
  server = await startTestServer()
  shop = await server.makeShop('replayed', 'UTC')
  await server.send(
    shop,
    [
      cloudEvent('agent.registered', 'a1', { name: '小林', queues: ['presales'] }, at('08:00:00')),
      cloudEvent('agent.status_changed', 'a1', { status: 'online' }, at('08:00:00')),
      cloudEvent('conversation.opened', 'c1', { queue: 'presales' }, at('09:00:00')),
      cloudEvent('message.sent', 'c1', { agent: 'a1', auto: 'first_contact' }, at('09:00:01')),
      cloudEvent('message.sent', 'c1', { agent: 'a1' }, at('09:00:10')),
      // The planted one: nobody answers for 50 s.
      cloudEvent('conversation.opened', 'c2', { queue: 'presales' }, at('14:10:00')),
      cloudEvent('message.sent', 'c2', { agent: 'a1', auto: 'first_contact' }, at('14:10:01')),
      cloudEvent('message.sent', 'c2', { agent: 'a1' }, at('14:10:50')),
      cloudEvent('conversation.closed', 'c2', {}, at('14:20:00')),
    ],
    'backfill',
  )
  browser = await openBrowser()
  page = await openScreen(browser, { viewport: { width: 1280, height: 800 } })
  await page.goto(await linkAs(server, `/replay/${shop}/${DATE}`))
  await page.locator('[data-panel="queues"]').waitFor()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const standsAt = (time: string) => page.locator(`[data-replay-at="${DATE}T${time}.000Z"]`).waitFor()
const overdue = (count: number) =>
  page
    .locator('[data-clock="first_response"] b')
    .filter({ hasText: new RegExp(`^\\s*${count}\\s*$`) })
    .waitFor()
const slider = () => page.getByRole('slider', { name: '一天的时间轴' })

describe('[replay] a planted breach is found', () => {
  test('[replay] by jumping: one press goes to the first second in which it counts', async () => {
    await standsAt('08:00:00')
    await page.getByLabel('跳转的规则').selectOption('first_response')
    await page.locator('[data-next-breach]').click()
    await standsAt('14:10:31')
    await page.locator('[data-clock="first_response"][data-state="breach"]').waitFor()
    await overdue(1)
    await page.locator('[data-figure="clocks/first_response/overdue"]').click()
    await page.locator('[data-list-row="c2"]').waitFor()
    expect(await page.locator('[data-count]').getAttribute('data-count')).toBe('1')
    await page.locator('[data-list-row="c2"] button').click()
    await page.getByText('已超').first().waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.keyboard.press(']')
    await page.getByText('这一天没有更多了').waitFor()
  })

  test('[replay] by scrubbing: dragged to the hour, then minute by minute, until it shows', async () => {
    const line = await slider().boundingBox()
    if (line === null) throw new Error('there is no line')
    await page.mouse.move(line.x + line.width / 2, line.y + 20)
    await page.mouse.down()
    await page.mouse.move(line.x + (line.width * 14) / 24, line.y + 20, { steps: 6 })
    await page.mouse.up()
    await page.locator(`[data-replay-at^="${DATE}T14:0"], [data-replay-at^="${DATE}T13:5"]`).waitFor()
    await page.locator('[data-clock="first_response"]:not([data-state="breach"])').waitFor()
    await page.goto(`${server.url}/replay/${shop}/${DATE}?at=${DATE}T14:09:40.000Z`)
    await standsAt('14:09:40')
    await slider().focus()
    await page.keyboard.press('ArrowRight')
    await standsAt('14:10:40')
    await overdue(1)
    await page.keyboard.press('ArrowRight')
    await page.locator('[data-clock="first_response"]:not([data-state="breach"])').waitFor()
  })

  test('[replay] an instant without its day is found on its day', async () => {
    await page.goto(`${server.url}/replay/${shop}?at=${DATE}T14:09:40.000Z`)
    await standsAt('14:09:40')
    expect(await page.getByLabel('日期').inputValue()).toBe(DATE)
  })

  test('[replay] by event: each step is one event of the log, and the address names its instant', async () => {
    await page.goto(`${server.url}/replay/${shop}/${DATE}?at=${DATE}T14:05:00.000Z`)
    await standsAt('14:05:00')
    await page.locator('[data-panel]').first().waitFor()
    await page.keyboard.press('.')
    await standsAt('14:10:00')
    await page.keyboard.press('.')
    await standsAt('14:10:01')
    await page.keyboard.press('.')
    await standsAt('14:10:50')
    expect(new URL(page.url()).searchParams.get('at')).toBe(`${DATE}T14:10:50.000Z`)
    await page.keyboard.press(',')
    await page.locator(`[data-replay-at="${DATE}T14:10:49.999Z"]`).waitFor()
    await overdue(1)
  })

  test('[replay] from the list of alerts, of which some are looked for', async () => {
    await page.keyboard.press('Home')
    await standsAt('00:00:00')
    await page.keyboard.press('a')
    const rows = page.locator('[data-alert-row]')
    await page.getByLabel('找会话、订单、客服').fill('nobody')
    await page.getByText('没有符合的告警').waitFor()
    expect(await rows.count()).toBe(0)
    await page.getByLabel('找会话、订单、客服').fill('C2')
    await rows.first().waitFor()
    expect(new Set(await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-alert-row'))))).toEqual(
      new Set(['c2']),
    )
    await page.getByLabel('哪一类').selectOption({ label: '已撤回' })
    await page.getByText('没有符合的告警').waitFor()
    await page.getByLabel('哪一类').selectOption({ label: '超时' })
    await page.locator('[data-alert-row="c2"]').click()
    await standsAt('14:10:31')
  })

  test('[replay] played, it moves on, second by second, until it is stopped', async () => {
    await page.keyboard.press('Home')
    await standsAt('00:00:00')
    await page.keyboard.press('+')
    expect(await page.getByLabel('速度').inputValue()).toBe('120')
    await page.keyboard.press('Space')
    // Whoever looks now and then may miss a minute that lasts half a second: later is as good.
    const isPast = (at: string) =>
      (document.querySelector('[data-replay-at]')?.getAttribute('data-replay-at') ?? '') >= at
    await page.waitForFunction(isPast, `${DATE}T00:02:00.000Z`)
    await page.keyboard.press('Space')
    await page.locator('[data-play][aria-label="播放"]').waitFor()
    const stopped = await page.locator('[data-replay-at]').getAttribute('data-replay-at')
    expect(stopped).toMatch(/^2026-11-18T\d\d:\d\d:\d\d\.000Z$/)
    await page.keyboard.press('.')
    await standsAt('08:00:00')
  })

  test('[replay] a day that is not there yet says so, with a way to today', async () => {
    const other = await openScreen(browser)
    await other.goto(await linkAs(server, `/replay/${shop}/2099-01-01`))
    await other.getByRole('alert').filter({ hasText: '这一天还没有到' }).waitFor()
    expect(await other.getByRole('link', { name: '看今天' }).getAttribute('href')).toBe(`/replay/${shop}`)
    await other.context().close()
  })

  test('[replay] where it cannot be read on it says so, and the head still says when the figures are of', async () => {
    await page.goto(`${server.url}/replay/${shop}/${DATE}?at=${DATE}T14:05:00.000Z`)
    await page.locator('[data-panel="queues"]').waitFor()
    await page.route('**/segments/**', (route) => route.abort())
    await page.keyboard.press('Home')
    await page.locator('.panels.stale').waitFor()
    await page.getByRole('status').getByRole('button', { name: '重试' }).waitFor()
    expect(await page.locator('.panels > header').evaluate((head) => getComputedStyle(head).opacity)).toBe('1')
    await page.unroute('**/segments/**')
    await page.getByRole('status').getByRole('button', { name: '重试' }).click()
    await page.locator('.panels:not(.stale)').waitFor()
  })

  test('[replay] axe finds nothing, in either theme', async () => {
    await expectAccessible(page)
    await expectContrast(page)
  })
})
