/** A handbook goes out as a file and comes in again; one that waits is withdrawn; two managers do not undo each other. */
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { Floor } from './floor.ts'
import { openScreen } from './screen.ts'

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
beforeEach(async () => {
  await page?.context().close()
  await floor.openShop('青禾数码')
  page = await openHandbook('王经理')
})

async function openHandbook(name: string): Promise<Page> {
  const opened = await openScreen(browser, { viewport: { width: 1280, height: 800 }, acceptDownloads: true })
  await opened.goto(await floor.link(`/handbook/${floor.shop}`, name))
  await pack(opened).waitFor()
  return opened
}

const pack = (of: Page) => of.getByLabel('打包 时限', { exact: true })
const inForce = async () => (await floor.server.ask('GET', `/api/shops/${floor.shop}/handbook`)).json

/** Sets how long packing may take, in minutes, and opens what is then said before it is published. */
async function review(of: Page, minutes: string, reason: string): Promise<void> {
  await of.getByLabel('打包 时限 (小时)', { exact: true }).selectOption({ label: '分' })
  await pack(of).fill(minutes)
  await of.getByRole('button', { name: '核对并发布' }).click()
  await of.getByLabel('原因').fill(reason)
}
const publish = (of: Page) => of.getByRole('button', { name: '发布', exact: true }).click()

test('[handbook] exported, changed since, imported again: it is as the file says, and only then published', async () => {
  await review(page, '10', '大促')
  await publish(page)
  await page.locator('summary').filter({ hasText: '大促' }).waitFor()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出' }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toMatch(/^handbook-.*\.json$/)
  const file = { name: 'handbook.json', mimeType: 'application/json', buffer: await readFile(await saved.path()) }
  expect(JSON.parse(file.buffer.toString()).handbook.rules.pack).toEqual({ targetMs: 600_000 })

  await floor.openShop('另一家')
  await page.goto(await floor.link(`/handbook/${floor.shop}`, '王经理'))
  await page.getByText('出厂手册').waitFor()
  await page.locator('input[type=file]').setInputFiles({ ...file, buffer: Buffer.from('{"handbook": 7}') })
  await page.getByText('这个文件里没有手册').waitFor()
  const bad = { handbook: { rules: { pack: { targetMs: -1 } } } }
  await page.locator('input[type=file]').setInputFiles({ ...file, buffer: Buffer.from(JSON.stringify(bad)) })
  await page.getByText('文件里 rules.pack.targetMs 的值不对').waitFor()
  await page.getByText('没有改动').waitFor()
  await pack(page).fill('25')
  let asked = ''
  const answer = (yes: boolean) =>
    page.once('dialog', (dialog) => {
      asked = dialog.message()
      return yes ? dialog.accept() : dialog.dismiss()
    })
  answer(false)
  await page.locator('input[type=file]').setInputFiles(file)
  expect(await pack(page).inputValue()).toBe('25')
  expect(asked).toBe('导入会替换尚未发布的 1 处改动，继续吗？')
  answer(true)
  await page.locator('input[type=file]').setInputFiles(file)
  await page.locator('[data-changed]').filter({ hasText: '1 处改动' }).waitFor()
  expect((await inForce()).handbook.rules?.pack).toBeUndefined()
  await page.getByRole('button', { name: '核对并发布' }).click()
  await page.locator('dialog [data-differences]').filter({ hasText: '打包 · 时限 1 小时 → 10 分' }).waitFor()
  await page.getByLabel('原因').fill('同总店')
  await publish(page)
  await page.locator('summary').filter({ hasText: '同总店' }).waitFor()
  expect((await inForce()).handbook.rules.pack).toEqual({ targetMs: 600_000 })
})

test('[handbook] one that cannot be exported says why', async () => {
  await page.route('**/handbook/export', (route) => route.abort())
  await page.getByRole('button', { name: '导出' }).click()
  await page.getByRole('alert').filter({ hasText: '连不上服务器' }).waitFor()
})

test('[handbook] what is looked through and left gives the focus back to its button', async () => {
  await review(page, '10', '大促')
  await page.locator('dialog').getByRole('button', { name: '取消' }).press('Enter')
  await page.getByRole('button', { name: '核对并发布' }).and(page.locator(':focus')).waitFor()
})

test('[handbook] a duration said in another unit is as long as before', async () => {
  await page.getByLabel('打包 时限 (小时)', { exact: true }).selectOption({ label: '分' })
  expect(await pack(page).inputValue()).toBe('60')
  await page.getByText('没有改动').waitFor()
})

test('[handbook] what is not published yet is there again, and checked against a version that came meanwhile', async () => {
  await pack(page).fill('2')
  await page.locator('[data-changed]').filter({ hasText: '1 处改动' }).waitFor()
  await page.reload()
  await page.getByText('接着上次没有发布的 1 处改动').waitFor()
  expect(await pack(page).inputValue()).toBe('2')

  const other = await openHandbook('李经理')
  await other.getByText('没有改动').waitFor()
  await review(other, '30', '对方的')
  await publish(other)
  await other.locator('summary').filter({ hasText: '对方的' }).waitFor()
  await other.context().close()
  await page.reload()
  await page.getByText('其间手册有了新版，现在与它相差 1 处').waitFor()
  await page.reload()
  await page.getByText('其间手册有了新版，现在与它相差 1 处').waitFor()

  await page.getByRole('button', { name: '放弃改动' }).click()
  await page.getByText('没有改动').waitFor()
  await page.reload()
  await page.getByText('没有改动').waitFor()
  expect(await pack(page).inputValue()).toBe('30')
})

test('[page] light or dark is chosen in the header, and kept', async () => {
  const theme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)
  expect(await theme()).toBe('dark')
  await page.getByRole('button', { name: '换成浅色' }).click()
  expect(await theme()).toBe('light')
  await page.reload()
  await page.getByRole('button', { name: '换成深色' }).waitFor()
  expect(await theme()).toBe('light')
})

test('[page] an address that leads nowhere says so and shows the way back', async () => {
  const answer = await page.goto(new URL('/no/such/page', page.url()).href)
  expect(answer?.status()).toBe(404)
  await page.getByRole('heading', { name: '没有这一页' }).waitFor()
  await page.getByRole('link', { name: '全部店铺' }).click()
  await page.waitForURL('**/')
})

test('[handbook] one that waits for its day is withdrawn: it never comes into force, and the history says so', async () => {
  await review(page, '20', '明天起')
  const tomorrow = new Date(Date.now() + 36 * 3_600_000).toISOString().slice(0, 16)
  await page.locator('dialog input[type=datetime-local]').fill(tomorrow)
  await publish(page)
  const planned = page.locator('.planned').filter({ hasText: '明天起' })
  await planned.waitFor()
  expect((await inForce()).handbook.rules?.pack).toBeUndefined()
  await planned.getByRole('button', { name: '撤回' }).click()
  await planned.waitFor({ state: 'detached' })
  await page.locator('summary').filter({ hasText: '未生效' }).filter({ hasText: '明天起' }).waitFor()
  expect(await inForce()).not.toHaveProperty('planned')
})

test('[handbook] another was published meanwhile: who and why is said, nothing is lost, and then it can be done', async () => {
  const other = await openHandbook('李经理')
  await review(page, '10', '我的')
  await review(other, '30', '对方的')
  await publish(other)
  await other.locator('summary').filter({ hasText: '对方的' }).waitFor()
  await other.context().close()
  await publish(page)
  await page.locator('dialog [role=alert]').filter({ hasText: '李经理' }).filter({ hasText: '对方的' }).waitFor()
  expect((await inForce()).handbook.rules.pack).toEqual({ targetMs: 1_800_000 })
  await page.locator('dialog [data-differences]').filter({ hasText: '打包 · 时限 30 分 → 10 分' }).waitFor()
  await publish(page)
  await page.locator('summary').filter({ hasText: '生效中' }).filter({ hasText: '我的' }).waitFor()
  expect((await inForce()).handbook.rules.pack).toEqual({ targetMs: 600_000 })
})
