import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { RecordedEvent } from '#core/events.ts'
import { advance, apply, createFloor, drawView } from '#core/floor.ts'
import { floor } from '../pictures/cases/floor.ts'
import * as moods from '../pictures/cases/moods.ts'
import { openBrowser } from '../support/browser.ts'
import { DIST } from '../support/buildWeb.ts'
import { Player } from '../support/player.ts'
import { openScreen } from './screen.ts'

const distDir = mkdtempSync(path.join(tmpdir(), 'floorwatch-lasting-'))
const calm = { ...floor(moods.calm), alerts: {}, alertCounts: {} }
let player: Player
let browser: Browser
let page: Page

beforeAll(async () => {
  cpSync(DIST, distDir, { recursive: true })
  player = new Player(distDir)
  await player.open()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  player?.close()
  rmSync(distDir, { recursive: true, force: true })
})

afterEach(async () => {
  await page?.context().close()
})

async function openWall(prepare?: (page: Page) => Promise<unknown>): Promise<void> {
  page = await openScreen(browser)
  await prepare?.(page)
  await page.goto(`${player.url}/wall/${calm.shop}`)
  await page.waitForSelector('[data-panel=clocks]')
}

const textOf = async (selector: string) => (await page.locator(selector).first().textContent()) ?? ''

describe('[wall] left on', () => {
  test('midnight in the shop turns the day', async () => {
    const midnight = Date.parse('2026-11-23T16:00:00Z')
    const shop = createFloor({ shop: calm.shop, name: 'A shop', timezone: 'Asia/Shanghai' })
    const tell = (type: string, subject: string, time: number, data: object) => {
      const seq = shop.seq + 1
      apply(shop, { seq, recordedAt: time, time, source: 'chat', id: `e${seq}`, type, subject, data } as RecordedEvent)
    }
    const noon = midnight - 12 * 3_600_000
    tell('conversation.opened', 'c1', noon, { queue: 'presales' })
    tell('message.sent', 'c1', noon + 10_000, { agent: 'a1' })
    advance(shop, midnight - 2_000)
    player.show(drawView(shop))
    await openWall()
    expect(await textOf('header .day')).toContain('11月23日')
    expect(await textOf('[data-response=first] .rate')).toContain('100%')

    advance(shop, midnight)
    player.show(drawView(shop))
    await page.waitForFunction(() => document.querySelector('header .day')?.textContent?.includes('11月24日'))
    await page.waitForFunction(() => document.querySelector('[data-response=first] .rate')?.textContent === '—')
  })

  test('a laptop that slept for an hour says at once that its figures are old, and has new ones without a hand', async () => {
    player.show({ ...calm, at: new Date().toISOString() })
    await openWall((page) => page.clock.install())
    expect(await page.locator('[data-stale]').count()).toBe(0)
    // It may be gone before anybody looks again: the first beat that comes in takes it away.
    await page.evaluate(() => {
      const shown = new Promise<number>((tell) => {
        const look = () => document.querySelector('[data-stale]') !== null && tell(Date.now())
        new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
      })
      Object.assign(window, { shown })
    })
    await sleep(3_600_000)
    const awake = await page.evaluate(() => Date.now())
    const shown = await page.evaluate(() => (window as unknown as { shown: Promise<number> }).shown)
    expect(shown - awake).toBeLessThan(1_000)
    await page.waitForSelector('[data-stale]', { state: 'detached' })
    player.show({ ...calm, name: 'Awake', seq: calm.seq + 1, at: new Date().toISOString() })
    await page.getByText('Awake').waitFor()
  })

  test('a connection that hangs without a word is noticed and made anew', async () => {
    player.show({ ...calm, at: new Date().toISOString() })
    await openWall((page) => page.clock.install())
    const devtools = await page.context().newCDPSession(page)
    const network = (offline: boolean) =>
      devtools.send('Network.emulateNetworkConditions', {
        offline,
        latency: 0,
        downloadThroughput: offline ? 0 : -1,
        uploadThroughput: offline ? 0 : -1,
      })
    await devtools.send('Network.enable')
    await network(true)
    await sleep(11_000)
    await page.waitForSelector('[data-stale]')
    await network(false)
    await page.waitForSelector('[data-stale]', { state: 'detached' })
  })

  test('a new release is taken up once, and not while somebody is at the screen', async () => {
    player.show({ ...calm, at: new Date().toISOString() })
    await openWall((page) => page.clock.install())
    // All of it is there: a part that a page wants and cannot have has it loaded anew at once.
    await page.waitForLoadState('networkidle')
    // What is for hands comes with the first key.
    const arrived = (part: RegExp) => page.waitForEvent('requestfinished', (request) => part.test(request.url()))
    const forHands = [arrived(/Picker-.*\.js$/), arrived(/Picker-.*\.css$/)]
    await page.keyboard.press('Shift')
    await Promise.all(forHands)
    let loads = 0
    page.on('domcontentloaded', () => loads++)
    deploy('next')
    await restart()
    expect(loads).toBe(0)
    await sleep(31_000)
    await page.waitForSelector('script[src*=next]', { state: 'attached' })
    await page.waitForSelector('[data-panel=clocks]')
    await restart()
    expect(loads).toBe(1)
  })

  test('a page that could not have all its parts, as the server was away, is loaded anew when it is back, and not for ever', async () => {
    player.show({ ...calm, at: new Date().toISOString() })
    page = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
    await page.clock.install()
    let loads = 0
    page.on('domcontentloaded', () => loads++)
    const [chart, asked] = [/lineChart-.*\.js$/, /^http:\/\/[^/]+\/$/]
    const gone = (route: Route) => route.abort()
    await page.route(chart, gone)
    await page.route(asked, gone)
    const refused = page.waitForEvent('requestfailed', (request) => asked.test(request.url()))
    await page.goto(`${player.url}/wall/${calm.shop}`)
    await refused
    await page.waitForSelector('[data-panel=clocks]')
    expect(await page.locator('canvas').count()).toBeGreaterThan(0)

    // Back, but for the chart: one more try, and the wall stands as it is.
    await page.unroute(asked)
    const reloaded = page.waitForEvent('domcontentloaded')
    await sleep(5_000)
    await reloaded
    await page.waitForSelector('[data-panel=clocks]')
    const seen = page.waitForResponse((response) => asked.test(response.url()))
    await sleep(5_000)
    await seen
    expect(loads).toBe(2)
    expect(await page.locator('canvas[width]').count()).toBe(0)

    await page.unroute(chart)
    await sleep(10 * 60_000)
    await page.waitForSelector('canvas[width]')
    expect(loads).toBe(3)
  })

  /** A time goes by, on the page in an instant. */
  async function sleep(ms: number): Promise<void> {
    player.pass(ms)
    await page.clock.fastForward(ms)
  }

  /** The same files under other names, as a new build has them. */
  function deploy(name: string): void {
    const index = path.join(distDir, 'index.html')
    const html = readFileSync(index, 'utf8')
    const [script] = /assets\/index-[\w-]+\.js/.exec(html) ?? []
    if (script === undefined) throw new Error('the page has no script')
    cpSync(path.join(distDir, script), path.join(distDir, `assets/index-${name}.js`))
    writeFileSync(index, html.replace(script, `assets/index-${name}.js`))
  }

  /** Until the page has heard from the server again and has had time to look at what it serves. */
  async function restart(): Promise<void> {
    player.close()
    await player.open()
    const looked = page.waitForResponse((response) => response.url() === `${player.url}/`)
    await looked
    const seq = Math.floor(performance.now())
    player.show({ ...calm, seq, at: new Date().toISOString() })
    await page.waitForSelector(`[data-seq="${seq}"]`)
  }
})
