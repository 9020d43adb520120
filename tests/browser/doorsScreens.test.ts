/** A panel becomes a screen of a really started server: paired, arranged, restarted, removed. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { Floor } from './floor.ts'
import { expectAccessible, expectContrast, forbidden, LAPTOP, LYING, openScreen } from './screen.ts'

const floor = new Floor()
let browser: Browser
const pages: Page[] = []

beforeAll(async () => {
  await floor.start()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await floor.remove()
})
beforeEach(() => floor.openShop('青禾数码'))
afterEach(async () => {
  for (const page of pages.splice(0)) {
    expect(await forbidden(page)).toEqual([])
    await page.context().close()
  }
})

async function open(url: string, options: Parameters<typeof openScreen>[1] = {}): Promise<Page> {
  const page = await openScreen(browser, { viewport: LAPTOP, ...options })
  pages.push(page)
  await page.goto(url)
  return page
}

const openPanel = () => open(`${floor.url}/pair`, { viewport: LYING })
const openScreens = async (query = '') => open(await floor.link(`/screens/${floor.shop}${query}`, '李组长', 'lead'))

async function codeOn(panel: Page): Promise<string> {
  const code = panel.locator('.code')
  await code.filter({ hasText: /^[A-Z0-9]{4}-[A-Z0-9]{4}$/ }).waitFor()
  return (await code.textContent()) ?? ''
}

/** What a screen shows, by panel. */
const panelsOf = (panel: Page) =>
  panel.evaluate(() => [...document.querySelectorAll<HTMLElement>('[data-panel]')].map((it) => it.dataset.panel))

describe('[screens]', () => {
  test('[screens] a panel is paired by its code, arranged from the desk, comes back after a restart, and goes dark', async () => {
    const panel = await openPanel()
    const code = await codeOn(panel)
    await expectAccessible(panel)
    await expectContrast(panel)

    const lead = await openScreens()
    await lead.getByText('还没有配对的屏幕').waitFor()
    await lead.getByRole('button', { name: '配对一块屏' }).click()
    await lead.getByLabel('配对码').fill('AAAA-AAAA')
    await lead.getByLabel('名称').fill('售前大屏')
    await lead.getByRole('button', { name: '确认配对' }).click()
    await lead.getByRole('alert').filter({ hasText: '没有这个配对码' }).waitFor()
    await expectAccessible(lead)
    await expectContrast(lead)
    await lead.getByLabel('配对码').fill(code.replace('-', '').toLowerCase())
    await lead.getByLabel('位置').fill('三楼东侧')
    for (const name of ['排队', '告警']) await lead.getByLabel(name, { exact: true }).check()
    await lead.getByRole('button', { name: '确认配对' }).click()
    await lead.getByText('“售前大屏”已配对').waitFor()

    await panel.locator('[data-panel=queues]').waitFor()
    expect(new URL(panel.url()).pathname).toBe(`/wall/${floor.shop}`)
    expect(await panelsOf(panel)).toEqual(['queues', 'alerts'])
    const card = lead.locator('[data-standing=live]').filter({ hasText: '三楼东侧' })
    await card.filter({ hasText: /正在显示\s*排队 · 告警/ }).waitFor()
    await expectAccessible(lead)
    await expectContrast(lead)

    await lead.getByRole('button', { name: '更改“售前大屏”' }).click()
    await lead.getByLabel('告警', { exact: true }).uncheck()
    await lead.getByLabel('缺货', { exact: true }).check()
    await lead.getByLabel('浅色', { exact: true }).check()
    await lead.getByLabel('English').check()
    await lead.getByLabel('名称').fill('缺货大屏')
    await lead.getByRole('button', { name: '保存' }).click()
    await panel.locator('[data-panel=stock]').waitFor()
    await panel.getByRole('heading', { name: 'Out of stock' }).waitFor()
    expect(await panelsOf(panel)).toEqual(['queues', 'stock'])
    expect(await panel.evaluate(() => document.documentElement.dataset.theme)).toBe('light')
    await lead.locator('[data-standing=live]').filter({ hasText: '缺货大屏' }).waitFor()

    // Nobody at the panel can have it otherwise.
    await panel.getByRole('button', { name: 'Display settings' }).press('Enter')
    const menu = panel.getByRole('dialog')
    await menu.filter({ hasText: '缺货大屏' }).waitFor()
    expect(await menu.getByRole('checkbox').count()).toBe(0)
    expect(await menu.getByRole('link').count()).toBe(0)
    await panel.keyboard.press('Escape')
    await panel.goto(`${floor.url}/lead/${floor.shop}?layout=clocks&theme=dark`)
    await panel.locator('[data-panel=stock]').waitFor()
    expect(new URL(panel.url()).pathname).toBe(`/wall/${floor.shop}`)
    expect(await panel.evaluate(() => document.documentElement.dataset.theme)).toBe('light')

    await floor.stop()
    await panel.locator('[data-stale]').waitFor()
    await floor.start()
    await panel.locator('[data-stale]').waitFor({ state: 'detached' })
    await panel.reload()
    await panel.locator('[data-panel=stock]').waitFor()

    await lead.goto(await floor.link(`/screens/${floor.shop}`, '李组长', 'lead'))
    await lead.locator('[data-standing=live]').waitFor()
    await lead.getByRole('button', { name: '移除“缺货大屏”？' }).click()
    await lead.getByText('它会立刻变黑').waitFor()
    await lead.getByRole('button', { name: '移除', exact: true }).last().click()
    await panel.getByText('This screen was removed').or(panel.getByText('这块屏已被移除')).waitFor()
    expect(await panelsOf(panel)).toEqual([])
    await expectAccessible(panel)
    await expectContrast(panel)
    await lead.getByText('还没有配对的屏幕').waitFor()

    // Switched off and on it is still no screen, and says so to nobody's password.
    await panel.reload()
    await panel.getByText('这块屏已被移除').waitFor()
    await panel.getByRole('link', { name: '重新配对' }).click()
    expect(await codeOn(panel)).not.toBe(code)
  })

  test('[screens] the address that a panel shows as a picture has the code filled in; of several shops one is chosen', async () => {
    const panel = await openPanel()
    const code = await codeOn(panel)
    const lead = await open(await floor.link(`/screens?user_code=${code.replace('-', '')}`, '李组长', 'lead'))
    await lead.getByRole('heading', { name: '给哪家店铺？' }).waitFor()
    await expectAccessible(lead)
    await lead.getByRole('link', { name: floor.shop }).click()
    expect(await lead.getByLabel('配对码').inputValue()).toBe(code.replace('-', ''))
    await lead.getByLabel('名称').fill('仓库')
    await lead.getByRole('button', { name: '确认配对' }).click()
    await panel.locator('[data-panel=clocks]').waitFor()
    expect(new URL(lead.url()).search).toBe('')
  })

  test('[screens] a screen that is switched off is offline, with when it was last seen', async () => {
    const panel = await openPanel()
    const code = await codeOn(panel)
    const made = await floor.server.ask('POST', `/api/shops/${floor.shop}/screens`, { body: { code, name: '侧门' } })
    expect(made.status).toBe(201)
    await panel.locator('[data-panel=clocks]').waitFor()
    const lead = await openScreens()
    await lead.locator('[data-standing=live]').filter({ hasText: '整面墙' }).waitFor()
    await panel.context().close()
    pages.splice(pages.indexOf(panel), 1)
    await lead.locator('[data-standing=offline]').filter({ hasText: '刚刚在线' }).waitFor()
  })
})
