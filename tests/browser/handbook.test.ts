/** A manager changes a rule, tries it on a past day, and publishes it: on a really started server. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { Floor } from './floor.ts'
import { expectAccessible, expectContrast, openScreen } from './screen.ts'

const floor = new Floor()
let browser: Browser
let page: Page

beforeAll(async () => {
  await floor.start()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await floor.remove()
})

/** Packing may take so many minutes. */
async function allow(minutes: string): Promise<void> {
  await page.getByLabel(/^打包 时限 \(/).selectOption({ label: '分' })
  await page.getByLabel('打包 时限', { exact: true }).fill(minutes)
}

test('[handbook] a target is changed, tried on today, published with a reason, and stands in the history', async () => {
  await floor.openShop('青禾数码')
  const minutesAgo = (n: number) => Date.now() - n * 60_000
  await floor.post('order.confirmed', 'o1', {}, minutesAgo(30))
  await floor.post('order.packed', 'o1', {}, minutesAgo(5))
  page = await openScreen(browser, { viewport: { width: 1280, height: 800 } })
  await page.goto(await floor.link(`/handbook/${floor.shop}`))
  await page.getByLabel('打包 时限', { exact: true }).waitFor()
  await page.getByText('出厂手册').waitFor()
  await expectAccessible(page)
  await expectContrast(page)

  const review = page.getByRole('button', { name: '核对并发布' })
  // It is in the unit of the target.
  await page.getByLabel('打包 临界点', { exact: true }).fill('1.5')
  expect(await page.getByLabel('打包 临界点 (小时)', { exact: true }).inputValue()).toBe('3600000')
  await page.getByText('临界点要早于时限').waitFor()
  expect(await review.isDisabled()).toBe(true)
  await page.getByRole('button', { name: '放弃改动' }).click()
  await page.getByText('没有改动').waitFor()

  await allow('10')
  await page.getByLabel('中级').fill('6')
  await page.getByText('2 处改动').waitFor()
  await page.getByLabel('中级').fill('')
  await page.getByText('1 处改动').waitFor()
  const local = new Intl.DateTimeFormat('sv', { timeZone: (await floor.view()).timezone }).format(Date.now())
  await page.getByLabel('某天').fill(local)
  await page.getByRole('button', { name: '开始试算' }).click()
  await page.locator('[data-sum]').filter({ hasText: '多出 1 次' }).waitFor()
  expect(await page.locator('[data-what-if] tbody tr').filter({ hasText: '打包' }).textContent()).toMatch(/0.*1.*\+1/)

  await review.click()
  await page.locator('dialog [data-differences]').filter({ hasText: '打包 · 时限 1 小时 → 10 分' }).waitFor()
  await page.getByLabel('原因').fill('大促期间加快')
  await expectAccessible(page)
  await page.getByRole('button', { name: '发布', exact: true }).click()
  await page.locator('summary').filter({ hasText: '生效中' }).filter({ hasText: '大促期间加快' }).waitFor()
  await page.getByText('没有改动').waitFor()
})

test('[handbook] a rate is typed in percent, key by key; what is none says so where it stands', async () => {
  const raise = page.getByLabel('响应率偏低 触发', { exact: true })
  const review = page.getByRole('button', { name: '核对并发布' })
  expect(await raise.inputValue()).toBe('90')

  await raise.fill('120')
  await page.getByText('要在 0% 到 100% 之间').waitFor()
  await raise.fill('')
  await page.getByText('请填写有效的值').waitFor()
  expect(await raise.inputValue()).toBe('')
  expect(await review.isDisabled()).toBe(true)

  await raise.pressSequentially('85.05')
  expect(await raise.inputValue()).toBe('85.05')
  await review.click()
  await page.locator('dialog [data-differences]').filter({ hasText: '响应率偏低 · 触发 90% → 85.05%' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '放弃改动' }).click()
  await page.getByText('没有改动').waitFor()
  expect(await raise.inputValue()).toBe('90')
})

test('[handbook] what was tried is told in the days of the shop, and said to be older once something is changed', async () => {
  await page?.context().close()
  floor.shop = 'angeles'
  const shop = { name: '洛杉矶店', timezone: 'America/Los_Angeles' }
  expect((await floor.server.ask('PUT', `/api/shops/${floor.shop}`, { body: shop })).status).toBe(201)
  // A Tuesday afternoon there; in UTC it is Wednesday.
  await floor.fill('order.confirmed', 'o1', {}, Date.parse('2026-01-14T00:10:00Z'))
  await floor.fill('order.packed', 'o1', {}, Date.parse('2026-01-14T00:50:00Z'))
  // A history counts as loaded when nothing more of it comes for a second.
  const answered = async () => (await floor.server.ask('GET', `/api/shops/${floor.shop}/handbook`)).status
  await expect.poll(answered, { timeout: 15_000 }).toBe(200)
  page = await openScreen(browser, { viewport: { width: 1280, height: 800 } })
  await page.goto(await floor.link(`/handbook/${floor.shop}`))
  await page.getByLabel('打包 时限', { exact: true }).waitFor()
  await allow('10')
  await page.getByLabel('某天').fill('2026-01-13')
  await page.locator('[data-what-if] select').selectOption({ label: '某周' })
  await page.getByRole('button', { name: '开始试算' }).click()
  await page.locator('summary').filter({ hasText: '多出的超时' }).click()
  await page.locator('[data-what-if] li').filter({ hasText: '2026-01-13 16:20:00' }).waitFor()
  expect(await page.locator('[data-what-if] .hours span').allTextContents()).toContain('01-13 18:00')

  const older = page.locator('[data-what-if]').getByRole('status').filter({ hasText: '2026-W03' })
  expect(await older.count()).toBe(0)
  await allow('60')
  await older.waitFor()
  await allow('10')
  await older.waitFor({ state: 'detached' })
  await allow('50')
  await older.getByRole('button', { name: '重新试算' }).click()
  await page.locator('[data-sum]').filter({ hasText: '多出 0 次' }).waitFor()
  expect(await older.count()).toBe(0)
})
