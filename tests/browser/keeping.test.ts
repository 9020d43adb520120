/** The page of what a shop keeps, on a really started server: a customer is erased, old days go, the log is taken along. */
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { dateOf, Zone } from '#core/zone.ts'
import { openBrowser } from '../support/browser.ts'
import { cloudEvent, linkAs, startTestServer, type TestServer } from '../support/server.ts'
import { expectAccessible, expectContrast, forbidden, LAPTOP, openScreen } from './screen.ts'

const CUSTOMER = 'ann@example.com'
const TIMEZONE = 'Asia/Shanghai'
const zone = new Zone(TIMEZONE)
const today = zone.dayOf(Date.now())
const noonAgo = (days: number) => new Date(zone.startOf(today - days) + 43_200_000).toISOString()

let server: TestServer
let browser: Browser
let page: Page
let shop: string
let shops = 0

beforeAll(async () => {
  server = await startTestServer()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})
beforeEach(async () => {
  shop = await server.makeShop(`shop-${++shops}`, TIMEZONE)
})
afterEach(async () => {
  expect(await forbidden(page)).toEqual([])
  await page.context().close()
})

/** Something said and ordered by somebody on each of some days ago. */
async function fill(daysAgo: number[]): Promise<void> {
  const events = daysAgo.flatMap((days) => {
    const more = { time: noonAgo(days) }
    return [
      cloudEvent('conversation.opened', `c${days}`, { queue: 'presales', customer: CUSTOMER }, more),
      cloudEvent('order.placed', `o${days}`, { customer: CUSTOMER, mail: CUSTOMER }, more),
      cloudEvent('order.placed', `p${days}`, { customer: 'bob' }, more),
    ]
  })
  await server.send(shop, events, 'backfill')
}

async function open(role: 'lead' | 'manager' | 'admin' = 'admin'): Promise<void> {
  page = await openScreen(browser, { viewport: LAPTOP, acceptDownloads: true })
  await page.goto(await linkAs(server, `/keeping/${shop}`, `某${role}`, role))
}

const keeping = async () => (await server.ask('GET', `/api/shops/${shop}/keeping`)).json
const log = async () => (await server.ask('GET', `/api/shops/${shop}/events?after=0&limit=1000`)).text
const line = (kind: string) => page.locator(`[data-kind=${kind}]`)
const erasing = () => page.getByRole('region', { name: '删除顾客的个人数据' })

test('[keeping] a customer is looked for, confirmed by name, and erased; by keyboard', async () => {
  await fill([2, 1])
  await open()
  await page.getByText('还没有删除过顾客').waitFor()
  await expectAccessible(page)
  await expectContrast(page)

  const field = erasing().getByLabel('顾客标识', { exact: true })
  await field.focus()
  await page.keyboard.press('Enter')
  await erasing().getByText('请填写').waitFor()
  await page.keyboard.type('ANN@example.com')
  await page.keyboard.press('Enter')
  await erasing().getByText('没有找到“ANN@example.com”').waitFor()
  expect(await log()).toContain(CUSTOMER)

  await field.fill(CUSTOMER)
  await page.keyboard.press('Enter')
  const found = page.locator('[data-found]')
  await found.getByText(`找到“${CUSTOMER}”`).waitFor()
  expect(await found.locator('dl').innerText()).toMatch(
    /^会话\s+2\s+订单\s+2\s+退换货\s+0\s+投诉\s+0\s+要改写的事件\s+4\s+被拒收的事件\s+0$/,
  )
  await expectAccessible(page)
  await expectContrast(page)
  // The hand goes on from what was found.
  await page.keyboard.press('Tab')
  await page.keyboard.type('顾客来信要求')
  await page.keyboard.press('Tab')
  await page.keyboard.type('bob')
  await page.keyboard.press('Enter')
  await found.getByText('与上面的顾客标识不一致').waitFor()
  expect(await log()).toContain(CUSTOMER)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(CUSTOMER)
  await page.keyboard.press('Enter')

  const pseudonym = await page.locator('[data-pseudonym]').innerText()
  expect(pseudonym).toMatch(/^erased-[0-9a-f]{18}$/)
  await page
    .locator(`[data-erasure=${pseudonym}]`)
    .filter({ hasText: '顾客来信要求' })
    .filter({ hasText: '某admin' })
    .waitFor()
  await expectAccessible(page)
  await expectContrast(page)
  const text = await log()
  expect(text).not.toContain(CUSTOMER)
  expect(text).toContain('bob')
  expect(text.match(new RegExp(pseudonym, 'g'))).toHaveLength(4)

  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await field.fill(CUSTOMER)
  await page.keyboard.press('Enter')
  await erasing().getByText('也可能已经删除').waitFor()
})

test('[keeping] a shorter time says what it would delete, and nothing goes before it is confirmed', async () => {
  await fill([60, 50, 10, 1])
  await open()
  const review = page.getByRole('button', { name: '核对并保存' })
  await page.getByText(`从 ${dateOf(today - 60)} 到今天共 61 天`).waitFor()
  expect(await review.isDisabled()).toBe(true)
  await line('events').getByText('12 条').waitFor()
  await page.getByLabel('事件保留', { exact: true }).selectOption('limited')
  const days = page.getByLabel('事件保留的天数')
  await days.fill('34')
  await line('events').getByText('请填 35 到 36500 的整数').waitFor()
  expect(await review.isDisabled()).toBe(true)
  await expectAccessible(page)
  await days.fill('40')
  await page.getByRole('img', { name: `其中 ${dateOf(today - 40)} 之前的会删除` }).waitFor()
  await expectContrast(page)

  await review.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(`${dateOf(today - 40)} 之前 20 天的事件：6 条`).waitFor()
  await expectAccessible(page)
  await expectContrast(page)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect((await keeping()).settings).toEqual({})

  await review.click()
  await dialog.getByRole('button', { name: '保存并删除' }).click()
  await page.getByText('期限已保存，过期的已删除。').waitFor()
  await page.getByText(`从 ${dateOf(today - 10)} 到今天共 11 天。更早的事件已按期限删除`).waitFor()
  await line('events').getByText('6 条').waitFor()
  expect(await keeping()).toMatchObject({ settings: { eventsDays: 40 }, kept: { events: 6 } })
  await page.getByText(`${dateOf(today - 40)} 之前的事件已删除`).waitFor()
  expect(await log()).not.toContain('"c60"')

  await page.getByLabel('报表保留', { exact: true }).selectOption('limited')
  await page.getByLabel('报表保留的天数').fill('90')
  await review.click()
  await dialog.getByText('现在没有要删除的').waitFor()
  await dialog.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('期限已保存。', { exact: true }).waitFor()
  await page.reload()
  expect(await page.getByLabel('报表保留的天数').inputValue()).toBe('90')
})

test('[keeping] what the server refuses is said beside the setting', async () => {
  await open()
  await page.getByText('期限可以先定好').waitFor()
  await expectAccessible(page)
  await page.route('**/keeping/look', (route) => route.continue({ postData: '{"settings":{"snapshotsDays":0}}' }))
  await page.getByLabel('快照保留', { exact: true }).selectOption('limited')
  await page.getByRole('button', { name: '核对并保存' }).click()
  await line('snapshots').getByText('请填 1 到 36500 的整数').waitFor()
  expect(await keeping()).toMatchObject({ settings: {} })
  await page.getByRole('button', { name: '放弃改动' }).click()
  await line('snapshots').getByText('请填').waitFor({ state: 'detached' })
})

test('[keeping] some days are taken along as a file', async () => {
  await fill([3, 2, 1])
  await open()
  const [from, to] = [page.getByLabel('从', { exact: true }), page.getByLabel('到', { exact: true })]
  const download = page.getByRole('button', { name: '下载' })
  await from.fill(dateOf(today - 2))
  await to.fill(dateOf(today - 3))
  await download.click()
  await page.getByText('不能早于开始的日期').waitFor()
  await expectAccessible(page)
  await to.fill(dateOf(today - 2))
  const saved = page.waitForEvent('download')
  await download.click()
  const file = await saved
  expect(file.suggestedFilename()).toBe(`${shop}_${dateOf(today - 2)}_${dateOf(today - 2)}.ndjson`)
  const [head = '', ...events] = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\n')
  expect(JSON.parse(head)).toMatchObject({ floorwatch: 'export', shop, after: 3, head: 6 })
  expect(events.map((event) => JSON.parse(event).subject)).toEqual(['c2', 'o2', 'p2'])
})

test('[keeping] a manager sets how long; erasing and exporting are an administrator’s; a lead is told', async () => {
  await fill([1])
  await open('manager')
  await page.getByText('这里需要本店的“管理员”角色').waitFor()
  await line('events').getByText('3 条').waitFor()
  expect(await page.getByRole('button', { name: '下载' }).count()).toBe(0)
  await expectAccessible(page)
  await expectContrast(page)
  await page.goto(`${server.url}/lead/${shop}`)
  await page.getByRole('navigation', { name: '页面' }).getByRole('link', { name: '数据' }).click()
  await line('events').waitFor()
  await page.context().close()

  await open('lead')
  await page.getByRole('heading', { name: '这一页你还不能打开' }).waitFor()
  await page.getByText('“数据”需要').filter({ hasText: '“经理”' }).waitFor()
  await page.goto(`${server.url}/lead/${shop}`)
  await page.getByRole('navigation', { name: '页面' }).getByRole('link', { name: '手册' }).waitFor()
  expect(await page.getByRole('link', { name: '数据', exact: true }).count()).toBe(0)
})
