/** A lead reads a day's report on a really started server: what fell outside, its cases, a note on it, other periods. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { Floor } from './floor.ts'
import { expectAccessible, expectContrast, openScreen } from './screen.ts'

const LAPTOP = { width: 1280, height: 800 }

const floor = new Floor()
let browser: Browser
let page: Page
let today: string

beforeAll(async () => {
  await floor.start()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await floor.remove()
})
beforeEach(async () => {
  await floor.openShop('青禾数码')
  const now = Date.now()
  await floor.post('agent.registered', 'a1', { name: '小林', queues: ['presales'] })
  for (const [id, tookMs] of [
    ['c1', 20_000],
    ['c2', 95_000],
  ] as const) {
    await floor.post('conversation.opened', id, { queue: 'presales' }, now - 200_000)
    await floor.post('conversation.assigned', id, { agent: 'a1' }, now - 199_000)
    await floor.post('message.sent', id, { agent: 'a1', chars: 30, typingMs: 20_000 }, now - 200_000 + tookMs)
  }
  const { timezone } = await floor.view()
  today = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' }).format(now)
})
afterEach(() => page.context().close())

async function open(place = '', locale = 'zh-CN'): Promise<void> {
  page = await openScreen(browser, { viewport: LAPTOP, locale })
  await page.goto(await floor.link(`/reports/${floor.shop}${place}`))
}

const outside = (figure: string) => page.locator(`[data-outside="${figure}"]`)
const figure = (id: string) => page.locator(`[data-figure="${id}"]`)

describe('[report] the page', () => {
  test('[report] what fell outside comes first, with a case that opens in the replay at its instant', async () => {
    await open(`/${today}`)
    await outside('first_response_rate').filter({ hasText: '50.0%' }).waitFor()
    const worst = outside('first_response_rate').locator('li', { hasText: 'c2' })
    expect(await worst.textContent()).toMatch(/小林 · 售前.*超时 1:05/)
    const link = new URL((await worst.locator('a').getAttribute('href')) ?? '', floor.url)
    expect(link.pathname).toBe(`/replay/${floor.shop}/${today}`)
    const { alerts } = { alerts: await floor.alerts('first_response') }
    expect(alerts).toContainEqual(expect.objectContaining({ subject: 'c2', dueAt: link.searchParams.get('at') }))
    await figure('complaints').filter({ hasText: '没有数据源报告过投诉' }).waitFor()
    await figure('typing_speed').filter({ hasText: '90 字/分' }).waitFor()
  })

  test('[report] on a screen whose clock is three days fast, the newest day is the one that is over at the shop', async () => {
    page = await openScreen(browser, { viewport: LAPTOP, locale: 'zh-CN' })
    await page.clock.setFixedTime(Date.now() + 3 * 86_400_000)
    await page.goto(await floor.link(`/reports/${floor.shop}`))
    const day = page.locator('input[type="date"]')
    await day.waitFor()
    const yesterday = Temporal.PlainDate.from(today).subtract({ days: 1 }).toString()
    expect(await day.inputValue()).toBe(yesterday)
  })

  test('[report] a figure is opened and annotated; the note is there for whoever comes next', async () => {
    await open(`/${today}`)
    await figure('first_response_rate').getByRole('button').click()
    const inside = page.locator('tr.inside').filter({ hasText: '手册 2.1-1' }).filter({ hasText: '1 / 2' })
    await inside.filter({ hasText: '在时限内由人答复的占比' }).waitFor()
    await page.locator('tr.inside').getByRole('button', { name: '批注' }).click()
    await page.getByLabel('原因').fill('午间只有一人在岗')
    await page.getByLabel('后续').fill('排班加一人')
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: '保存' }).click()
    await outside('first_response_rate').filter({ hasText: '午间只有一人在岗' }).filter({ hasText: '王组长' }).waitFor()
    await page.reload()
    await outside('first_response_rate').filter({ hasText: '排班加一人' }).waitFor()
  })

  test('[report] the focus goes back to the button of a note that was not written after all', async () => {
    await open(`/${today}`)
    const annotate = outside('first_response_rate').getByRole('button')
    await annotate.press('Enter')
    await page.locator('dialog').getByRole('button', { name: '取消' }).press('Enter')
    await annotate.and(page.locator(':focus')).waitFor()
  })

  test('[report] the week holds the day; the day before is empty and leads back', async () => {
    await open(`/${today}`)
    await page.getByRole('link', { name: '周报' }).click()
    await page.getByRole('heading', { name: /第 \d+ 周/ }).waitFor()
    await figure('conversations').filter({ hasText: '2' }).waitFor()
    await page.getByRole('link', { name: '日报' }).click()
    await page.getByRole('link', { name: '前一天' }).click()
    await page.getByText('这段时间没有任何事件').waitFor()
    await page.getByRole('link', { name: '后一天' }).click()
    await outside('first_response_rate').waitFor()
  })

  test('[report] a shop of today is empty yesterday, where the page opens, and is led to today', async () => {
    await open()
    await page.getByText('这段时间没有任何事件').waitFor()
    await page.getByRole('link', { name: '今天到现在' }).click()
    await outside('first_response_rate').waitFor()
    await page.goto(`${floor.url}/reports/${floor.shop}/2020-02-02`)
    await page.getByRole('link', { name: '最近结束的一天' }).click()
    await page.getByRole('link', { name: '今天到现在' }).waitFor()
  })

  test('[report] it can be taken along as a file, and on paper has nothing to press', async () => {
    await open(`/${today}`, 'en')
    await outside('first_response_rate').waitFor()
    const saved = page.waitForEvent('download')
    await page.locator('header').getByRole('button', { name: 'CSV' }).first().click()
    expect((await saved).suggestedFilename()).toBe(`${floor.shop}-${today}.csv`)
    await page.emulateMedia({ media: 'print' })
    await outside('first_response_rate').waitFor()
    expect(await page.locator('button:visible', { hasText: /Annotate|CSV|Print/ }).count()).toBe(0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  })

  test('[report] a table that cannot be taken along says why', async () => {
    await open(`/${today}`)
    await page.route(/format=csv/, (route) => route.abort())
    const card = page.getByRole('region', { name: '按规则' })
    await card.getByRole('button', { name: 'CSV' }).click()
    await card.getByRole('alert').filter({ hasText: '连不上服务器' }).waitFor()
  })

  test('[report] axe finds nothing, in both themes, with a figure open and while annotating', async () => {
    await open(`/${today}`)
    await outside('first_response_rate').waitFor()
    await figure('first_response_rate').getByRole('button').click()
    await expectAccessible(page)
    await expectContrast(page)
    await outside('first_response_rate').getByRole('button').click()
    await page.getByLabel('原因').waitFor()
    await expectAccessible(page)
  })

  test('[report] a shop that is not there says so, with a way back', async () => {
    page = await openScreen(browser, { viewport: LAPTOP })
    await page.goto(await floor.link('/reports/nowhere'))
    await page.getByRole('alert').filter({ hasText: 'nowhere' }).waitFor()
    await page.getByRole('button', { name: '重试' }).waitFor()
    await page.goto(`${floor.url}/reports/nowhere/2026-11-23`)
    await page.getByRole('alert').filter({ hasText: '没有这个店铺' }).waitFor()
  })

  test('[report] a period that is none, or not yet, is told in the reader’s words', async () => {
    await open('/2026-13-99')
    await page.getByRole('alert').filter({ hasText: '地址里的日期不对' }).waitFor()
    await page.goto(`${floor.url}/reports/${floor.shop}/2099-01-01`)
    await page.getByRole('alert').filter({ hasText: '这一天还没有到' }).waitFor()
    await page.goto(`${floor.url}/replay/${floor.shop}/2099-01-01`)
    await page.getByRole('alert').filter({ hasText: '这一天还没有到' }).waitFor()
  })

  test.each([
    ['zh-CN', '连不上服务器'],
    ['en', 'The server cannot be reached'],
  ])('[report] a server that does not answer is told in the reader’s words: %s', async (locale, words) => {
    page = await openScreen(browser, { viewport: LAPTOP, locale })
    await page.route(/\/reports\/\d{4}-/, (route) =>
      route.request().isNavigationRequest() ? route.continue() : route.abort(),
    )
    await page.goto(await floor.link(`/reports/${floor.shop}/${today}`))
    await page.getByRole('alert').filter({ hasText: words }).waitFor()
  })
})
