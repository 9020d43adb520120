import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { View } from '#core/view.ts'
import { PANELS } from '../../web/modes/panels.ts'
import { emptyFloor, floor } from '../pictures/cases/floor.ts'
import * as moods from '../pictures/cases/moods.ts'
import { openBrowser } from '../support/browser.ts'
import { DIST } from '../support/buildWeb.ts'
import { Player } from '../support/player.ts'
import { anAlert } from '../web/view.ts'
import { drawn, expectAccessible, expectContrast, expectWhole, LYING, openScreen, PHONE } from './screen.ts'

let player: Player
let browser: Browser
let page: Page

const calm = floor(moods.calm)
const storm = floor(moods.storm)
const busy = floor(moods.busyEnglish)

beforeAll(async () => {
  player = new Player(DIST)
  await player.open()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  player?.close()
})

afterEach(async () => {
  await page?.context().close()
})

async function openWall(
  view: View,
  query = '',
  options: Parameters<typeof openScreen>[1] = {},
  prepare?: (page: Page) => Promise<unknown>,
) {
  player.show(view)
  page = await openScreen(browser, options)
  await prepare?.(page)
  await page.goto(`${player.url}/wall/${view.shop}${query}`)
  await page.waitForSelector('[data-panel]')
}

const shownPanels = () =>
  page.evaluate(() => [...document.querySelectorAll('[data-panel]')].map((it) => it.getAttribute('data-panel')))
const at = (n: number) => page.waitForSelector(`[data-page="${n}"]`)

describe('[wall] panels by themselves, in a real browser', () => {
  test.each([
    ['storm', 'zh-CN', storm],
    ['busy', 'en', busy],
    ['empty', 'en', emptyFloor('A new shop')],
    ['long names', 'zh-CN', floor(moods.longChinese)],
  ] as const)('each shows all it has to say: %s, %s', async (_, locale, view) => {
    await openWall(view, '?rotate=60m', { locale })
    for (const [i, panel] of PANELS.entries()) {
      await at(i + 1)
      expect(await shownPanels()).toEqual([panel])
      await expectWhole(page)
      if (view === busy) await expectAccessible(page)
      await page.keyboard.press('ArrowRight')
    }
    await at(1)
  })

  test('axe finds nothing on all of them together, dark or light', async () => {
    await openWall(busy)
    await expectAccessible(page)
    await expectContrast(page)
  })

  test('a name with markup in it is text', async () => {
    const evil = '<img src=x onerror="document.title=1">&amp;'
    const rename = <T extends { name?: string }>(things: Record<string, T>): Record<string, T> =>
      Object.fromEntries(Object.entries(things).map(([id, thing]) => [id, { ...thing, name: evil }]))
    const alerts = { x: anAlert({ subject: evil, queue: evil }) }
    const alertCounts = { first_response: { warn: 0, breach: 1 } }
    const queues = { [evil]: Object.values(storm.queues)[0]! }
    await openWall({
      ...storm,
      name: evil,
      agents: rename(storm.agents),
      stock: rename(storm.stock),
      alerts,
      alertCounts,
      queues,
    })
    await expectWhole(page)
    expect(await page.locator('main img').count()).toBe(0)
    for (const panel of ['queues', 'alerts', 'agents', 'stock'])
      expect(await page.locator(`[data-panel=${panel}]`).textContent(), panel).toContain(evil)
  })
})

describe('[wall] layouts', () => {
  test('the panels asked for stand side by side', async () => {
    await openWall(storm, '?layout=queues,alerts')
    expect((await shownPanels()).sort()).toEqual(['alerts', 'queues'])
    await expectWhole(page)
    expect(await page.locator('[data-note]').count()).toBe(0)
  })

  test('what cannot be followed is said quietly, and the wall is shown', async () => {
    await openWall(calm, '?layout=everything&rotate=often&theme=pink&lang=fr')
    expect(await shownPanels()).toHaveLength(PANELS.length)
    const notes = await page.locator('[data-note=unclear]').allTextContents()
    expect(notes.map((note) => /(\w+)=\w+/.exec(note)?.[1])).toEqual(['layout', 'rotate', 'theme', 'lang'])
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
  })

  test.each([
    ['a phone', PHONE],
    ['a tablet', { width: 768, height: 1024 }],
    ['a small laptop', { width: 1280, height: 720 }],
  ])('%s shows every panel, in letters that can be read', async (_, viewport) => {
    await openWall(storm, '', { viewport, hasTouch: true })
    const seen: (string | null)[] = []
    const pages = Number((await page.locator('[data-page]').allTextContents())[0]?.split('/')[1] ?? 1)
    for (let n = 1; n <= pages; n++) {
      if (pages > 1) await at(n)
      seen.push(...(await shownPanels()))
      await expectWhole(page)
      const smallest = await page.evaluate(() =>
        Math.min(
          ...[...document.querySelectorAll('main *')].map((it) => Number.parseFloat(getComputedStyle(it).fontSize)),
        ),
      )
      expect(smallest).toBeGreaterThanOrEqual(11)
      if (pages > 1) await swipe()
    }
    expect(seen.sort()).toEqual([...PANELS].sort())
  })

  test.each([
    ['a phone', PHONE, ''],
    ['a page of one panel', LYING, '?layout=queues'],
  ])('%s has room to say that it has stopped', async (_, viewport, query) => {
    await openWall(busy, query, { viewport, locale: 'en' }, (page) => page.clock.install())
    // Its charts are there: without a server it could not load them any more.
    await page.waitForLoadState('networkidle')
    player.close()
    await page.clock.fastForward(3_600_000)
    await page.waitForSelector('[data-stale]')
    const edges = await page.evaluate(() =>
      [...document.querySelectorAll('[data-stale] span')].map((it) => it.getBoundingClientRect().right),
    )
    expect(Math.max(...edges)).toBeLessThanOrEqual(viewport.width)
    await player.open()
  })

  const swipe = () =>
    page.evaluate(() => {
      const touch = (type: string, clientX: number) =>
        dispatchEvent(new PointerEvent(type, { pointerType: 'touch', clientX, clientY: 400 }))
      touch('pointerdown', 300)
      touch('pointerup', 100)
    })
})

describe('[wall] rotation', () => {
  test('pages turn by themselves, stop at a key, and a fresh breach brings up the alerts', async () => {
    await openWall(calm, '?rotate=20s', {}, (page) => page.clock.install())
    await at(1)
    await page.clock.fastForward(21_000)
    await at(2)
    await page.keyboard.press(' ')
    await page.waitForSelector('[data-paused]')
    await page.clock.fastForward(60_000)
    await at(2)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await at(4)
    await page.keyboard.press(' ')
    await page.waitForSelector('[data-paused]', { state: 'detached' })
    player.show({ ...calm, seq: calm.seq + 1, alerts: { ...calm.alerts, fresh: anAlert() } })
    await at(PANELS.indexOf('alerts') + 1)
  })
})

describe('[wall] settings', () => {
  test('by keyboard alone; they are kept on the screen and in its address', async () => {
    await openWall(calm)
    const open = page.getByRole('button', { name: '显示设置' })
    expect(await open.evaluate((it) => getComputedStyle(it).opacity)).toBe('0')
    await tabTo('显示设置')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await expectAccessible(page)
    await expectContrast(page)
    await page.getByRole('checkbox', { name: '排队' }).focus()
    await page.keyboard.press('Space')
    await page.getByRole('radio', { name: '浅色' }).focus()
    await page.keyboard.press('Space')
    await page.getByRole('radio', { name: 'English' }).focus()
    await page.keyboard.press('Space')
    await page.waitForFunction(() => document.documentElement.lang === 'en')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(new URL(page.url()).search).toBe('?layout=queues&theme=light&lang=en')
    expect(await shownPanels()).toEqual(['queues'])

    await page.goto(`${player.url}/wall/${calm.shop}`)
    await page.waitForSelector('[data-panel=queues]')
    expect(await shownPanels()).toEqual(['queues'])
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('light')
    expect(await page.locator('[data-panel=queues] h2').textContent()).toContain('Queue')
  })

  test('of two languages chosen quickly the later one is shown, whichever texts come first', async () => {
    await openWall(calm)
    await tabTo('显示设置')
    await page.keyboard.press('Enter')
    const texts = /assets\/en-/
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    await page.route(texts, (route) => released.then(() => route.continue()))
    const [asked, answered] = [page.waitForRequest(texts), page.waitForResponse(texts)]
    await page.getByRole('radio', { name: 'English' }).check({ force: true })
    await asked
    await page.getByRole('radio', { name: '中文' }).check({ force: true })
    release()
    await (await answered).finished()
    await drawn(page)
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN')
  })

  async function tabTo(name: string): Promise<void> {
    for (let i = 0; i < 20; i++) {
      await page.keyboard.press('Tab')
      if ((await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))) === name) return
    }
    throw new Error(`Tab does not reach ${name}`)
  }
})

describe('[sound]', () => {
  test('says when the browser keeps it silent, rings once for a breach, and not again for the same', async () => {
    player.show(calm)
    page = await openScreen(browser)
    await page.addInitScript(() => {
      localStorage.setItem('floorwatch.sound', 'on')
      const start = OscillatorNode.prototype.start
      OscillatorNode.prototype.start = function (when) {
        document.documentElement.dataset.tones = String(Number(document.documentElement.dataset.tones ?? 0) + 1)
        start.call(this, when)
      }
    })
    await page.goto(`${player.url}/wall/${calm.shop}`)
    await untilFound('[data-note=silent]')
    await page.keyboard.press('a')
    await page.waitForSelector('[data-note=silent]', { state: 'detached' })
    const fresh = { ...calm, seq: calm.seq + 1, alerts: { ...calm.alerts, fresh: anAlert() } }
    player.show(fresh)
    await page.waitForSelector('[data-tones="2"]')
    player.show({ ...fresh, seq: fresh.seq + 1, alerts: calm.alerts })
    player.show({ ...fresh, seq: fresh.seq + 2 })
    await page.waitForSelector(`[data-seq="${fresh.seq + 2}"]`)
    expect(await page.locator('[data-tones="2"]').count()).toBe(1)
  })

  /** Looks as nobody's hand: whatever else looks at a page here counts as a touch, which wakes the sound. */
  async function untilFound(selector: string): Promise<void> {
    const devtools = await page.context().newCDPSession(page)
    const expression = `document.querySelector('${selector}') !== null`
    const found = async () => (await devtools.send('Runtime.evaluate', { expression, userGesture: false })).result.value
    await expect.poll(found, { timeout: 15_000 }).toBe(true)
  }
})
