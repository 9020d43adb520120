import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { Floor } from './floor.ts'

const floor = new Floor()
let browser: Browser
let context: BrowserContext
let page: Page
let complaints: string[]

beforeAll(async () => {
  await floor.start()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await floor.remove()
})

beforeEach(async () => {
  await floor.openShop('晨光数码旗舰店')
  context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' })
  page = await context.newPage()
  complaints = []
  page.on('pageerror', (error) => complaints.push(error.message))
})

afterEach(async () => {
  await context.close()
})

async function openWall(): Promise<void> {
  await page.goto(await floor.link(`/wall/${floor.shop}`))
  await page.waitForSelector('[data-panel=clocks]')
}

const text = (selector: string) => page.locator(selector).first().textContent()

describe('[wall] in a real browser', () => {
  test('a link that signs in leaves nothing of it in the address bar, and is not needed again', async () => {
    await openWall()
    expect(page.url()).toBe(`${floor.url}/wall/${floor.shop}`)
    expect(await page.title()).toContain('晨光数码旗舰店')
    await page.reload()
    await page.waitForSelector('[data-panel=clocks]')
    expect(complaints).toEqual([])
  })

  test('an event posted over HTTP appears', async () => {
    await openWall()
    await floor.post('agent.registered', 'a1', { name: '王小明', queues: ['presales'], capacity: 5 })
    await floor.post('agent.status_changed', 'a1', { status: 'online' })
    await page.waitForSelector('[data-agent=a1]')
    expect(await text('[data-agent=a1]')).toContain('王小明')
    expect(await text('[data-agent=a1]')).toContain('0/5')

    await floor.post('conversation.opened', 'c1', { queue: 'presales', customer: 'u1' })
    await page.waitForFunction(() => document.querySelector('[data-waiting]')?.textContent === '1')
    expect(await text('[data-queue=presales]')).toContain('售前')
    const first = await text('[data-longest]')
    await page.waitForFunction((was) => document.querySelector('[data-longest]')?.textContent !== was, first)

    await floor.post('message.sent', 'c1', { agent: 'a1' })
    await page.waitForFunction(() => document.querySelector('[data-waiting]')?.textContent === '0')
    expect(complaints).toEqual([])
  })

  test('an alert rises at its due instant', async () => {
    await openWall()
    const opened = Date.now()
    // A customer's first message of the day calls for an auto-reply within five seconds.
    await floor.post('conversation.opened', 'c1', { queue: 'presales', customer: 'u1' }, opened)
    const risen = await page.evaluate(async () => {
      while (document.querySelector('[data-alert=auto_reply]') === null) await new Promise(requestAnimationFrame)
      return Date.now()
    })
    const alert = Object.values((await floor.view()).alerts).find(({ rule }) => rule === 'auto_reply')
    expect(alert?.dueAt).toBe(new Date(opened + 5_000).toISOString())
    expect(risen).toBeGreaterThanOrEqual(opened + 5_000)
    expect(await page.locator('[data-panel=alerts]').getAttribute('data-state')).toBe('breach')
    expect(await page.locator('[data-clock=auto_reply]').getAttribute('data-state')).toBe('breach')
  })

  test('it says so when the server dies, and recovers by itself when it returns', async () => {
    await openWall()
    await floor.post('conversation.opened', 'c1', { queue: 'aftersales' })
    await page.waitForSelector('[data-queue=aftersales]')
    await floor.stop()
    await page.waitForSelector('[data-stale]')
    expect(await text('[data-stale]')).toContain('画面已停止更新')
    const frozen = await text('[data-longest]')
    const age = await text('[data-stale] .age')
    await page.waitForFunction((was) => document.querySelector('[data-stale] .age')?.textContent !== was, age)
    expect(await text('[data-longest]')).toBe(frozen)

    await floor.start()
    await page.waitForSelector('[data-stale]', { state: 'detached' })
    await floor.post('conversation.opened', 'c2', { queue: 'vip' })
    await page.waitForSelector('[data-queue=vip]')
    expect(complaints).toEqual([])
  })
})

test('[door] a shop that is not there is said to be so', async () => {
  await page.goto(await floor.link('/wall/nowhere'))
  await page.getByText('没有这个店铺，或者无权查看').waitFor()
})
