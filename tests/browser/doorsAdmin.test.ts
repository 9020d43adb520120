/** The pages of an administrator, by keyboard alone, on a really started server. */
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ACTIONS } from '#core/auditActions.ts'
import { openBrowser } from '../support/browser.ts'
import { cloudEvent, linkAs, startTestServer, type TestServer } from '../support/server.ts'
import { expectAccessible, expectContrast, forbidden, LAPTOP, openScreen } from './screen.ts'

let server: TestServer
let browser: Browser
let page: Page

beforeAll(async () => {
  server = await startTestServer()
  await server.makeShop('demo')
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})
afterEach(async () => {
  expect(await forbidden(page)).toEqual([])
  await page.context().close()
})

async function open(path: string): Promise<void> {
  page = await openScreen(browser, { viewport: LAPTOP, acceptDownloads: true })
  await page.goto(await linkAs(server, path))
  await page.getByRole('navigation', { name: '分类' }).waitFor()
}

/** Goes on by Tab until what has this name has the focus; everything in between is passed, nothing is skipped. */
async function tabTo(name: string | RegExp): Promise<void> {
  const fits = (found: string) => (typeof name === 'string' ? found === name : name.test(found))
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate(() => {
      const it = document.activeElement as HTMLInputElement | null
      return (it?.getAttribute('aria-label') ?? it?.labels?.[0]?.textContent ?? it?.textContent ?? '').trim()
    })
    if (fits(found)) return
  }
  throw new Error(`Tab does not come to ${name}`)
}

async function press(name: string | RegExp): Promise<void> {
  await tabTo(name)
  await page.keyboard.press('Enter')
}

async function type(label: string | RegExp, text: string): Promise<void> {
  await tabTo(label)
  await page.keyboard.type(text)
}

/** Closes the dialog, and waits until it has given the focus back. */
async function leave(): Promise<void> {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
}

const firstEntry = () => page.locator('[data-entry]').first().getAttribute('data-entry')

/** So many choices further down in what has this name. */
async function choose(label: string | RegExp, down: number): Promise<void> {
  await tabTo(label)
  for (let i = 0; i < Math.abs(down); i++) await page.keyboard.press(down > 0 ? 'ArrowDown' : 'ArrowUp')
}

const sends = async (key: string) =>
  (
    await server.ask('POST', '/api/shops/demo/events', {
      key,
      type: 'application/cloudevents+json',
      body: cloudEvent('conversation.opened', 'c1', { queue: 'q' }),
    })
  ).status

describe('[admin] by keyboard alone', () => {
  test('[admin] a key is made, shown once, rotated with an overlap, and revoked; the record tells of it', async () => {
    await open('/admin/demo?show=keys')
    await page.getByText('还没有密钥').waitFor()
    await expectAccessible(page)
    await press('新建密钥')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('订单系统')
    await type(/^限定来源/, 'test')
    await press('新建')
    const shown = page.getByRole('textbox', { name: '密钥' })
    const key = await shown.inputValue()
    await expectAccessible(page)
    await expectContrast(page)
    expect(await sends(key)).toBe(202)
    await leave()
    await shown.waitFor({ state: 'detached' })
    expect(await page.content()).not.toContain(key)
    await page.locator('[data-key=订单系统]').filter({ hasText: '来源 test' }).filter({ hasText: '刚刚用过' }).waitFor()

    await press(/^更换“订单系统”/)
    await page.getByRole('dialog').waitFor()
    await expectAccessible(page)
    await press('更换')
    const next = await shown.inputValue()
    expect(next).not.toBe(key)
    expect([await sends(key), await sends(next)]).toEqual([202, 202])
    await leave()
    const old = page.locator('[data-key=订单系统]').filter({ hasText: '失效' })
    await old.waitFor()
    expect(await page.locator('[data-key=订单系统]').count()).toBe(2)

    for (let left = 2; left > 0; left--) {
      await press(/^吊销“订单系统”/)
      await page.getByText('不能恢复').waitFor()
      await press('吊销')
      await expect.poll(() => page.locator('[data-key=订单系统]').count()).toBe(left - 1)
    }
    expect([await sends(key), await sends(next)]).toEqual([401, 401])

    await press('操作记录')
    await page
      .locator('[data-action=key_rotated]')
      .filter({ hasText: '订单系统' })
      .filter({ hasText: '王组长' })
      .waitFor()
    await expectAccessible(page)
    await expectContrast(page)
    await choose(/^操作\s+全部操作/, 1 + ACTIONS.indexOf('key_revoked'))
    await page.locator('[data-action=key_made]').waitFor({ state: 'detached' })
    await expect.poll(() => page.locator('[data-action]').count(), { timeout: 30_000 }).toBe(2)
    const saved = page.waitForEvent('download')
    await press('下载 CSV')
    const csv = readFileSync(await (await saved).path(), 'utf8')
    expect(csv).toContain('key_revoked')
    expect(csv).not.toContain('key_made')
  })

  test('[admin] somebody is added, given another role, a new link, and removed; what cannot be undone is asked first', async () => {
    await open('/admin?show=people')
    await page.locator('[data-person]').first().waitFor()
    await expectAccessible(page)
    await expectContrast(page)
    await press('添加人员')
    await page.getByRole('dialog').waitFor()
    await expectAccessible(page)
    await page.keyboard.type('孙经理')
    await type('用户名', 'sun')
    await choose(/^在 Shop demo 的角色/, 3)
    await press('添加')
    const first = await page.getByRole('textbox', { name: '密码链接' }).inputValue()
    expect(first).toMatch(new RegExp(`^${server.url}/welcome#token=`))
    await leave()
    const row = page.locator('[data-person=sun]')
    await row.filter({ hasText: 'demo · 经理' }).waitFor()

    await press('更改“孙经理”')
    await choose(/^在 Shop demo 的角色/, -1)
    await press('保存')
    await row.filter({ hasText: 'demo · 组长' }).waitFor()

    await press('给“孙经理”的密码链接')
    await press('生成链接')
    expect(await page.getByRole('textbox', { name: '密码链接' }).inputValue()).not.toBe(first)
    await leave()
    await press('“孙经理”的登录情况')
    await page.getByText('现在没有登录').waitFor()
    await leave()

    await press('删除“孙经理”？')
    await page.getByText('此人马上被退出登录').waitFor()
    await leave()
    await press('删除“孙经理”？')
    await press('删除')
    await row.waitFor({ state: 'detached' })

    await press('删除“王组长”？')
    await press('删除')
    await page.getByRole('alert').filter({ hasText: '最后一位' }).waitFor()
    await leave()
  })

  test('[admin] what the server finds wrong is said beside its field; two of a kind are told', async () => {
    await server.ask('POST', '/api/people', { body: { name: '吴', username: 'taken' } })
    await open('/admin?show=people')
    await press('添加人员')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('另一位')
    await type('用户名', 'taken')
    await press('添加')
    await page.getByRole('alert').filter({ hasText: '已有人用这个用户名' }).waitFor()
    await type('邮箱', 'no address')
    await page.keyboard.press('Enter')
    await leave()
    await page.goto(`${server.url}/admin?show=shops`)
    await press('新建店铺')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('某店')
    await type('代号', 'other')
    await tabTo('时区')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('Mars/Olympus')
    await press('新建')
    await page.getByText('没有这个时区').waitFor()
    await expectAccessible(page)
  })

  test('[admin] the record turns its pages', async () => {
    for (let i = 0; i < 60; i++) await server.makeKey(['read'], 'demo')
    await open('/admin/demo?show=record')
    await page.locator('[data-action]').first().waitFor()
    expect(await page.locator('[data-action]').count()).toBe(50)
    const newest = await firstEntry()
    await press('更早')
    await page.getByRole('button', { name: '回到最新' }).waitFor()
    await expect.poll(() => firstEntry()).not.toBe(newest)
    await press('回到最新')
    await expect.poll(() => firstEntry()).toBe(newest)
  })
})
