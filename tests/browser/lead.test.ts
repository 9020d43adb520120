/** A shift change at the desk, on a really started server: by mouse, by touch and by keyboard; two leads at once. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { Floor } from './floor.ts'
import { expectAccessible, expectContrast, openScreen } from './screen.ts'

const LAPTOP = { width: 1280, height: 800 }
const TABLET = { width: 1024, height: 768 }

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
beforeEach(async () => {
  await floor.openShop('青禾数码')
  for (const [agent, name, status] of [
    ['a1', '小林', 'online'],
    ['a2', '小陈', 'online'],
    ['a3', '小周', 'away'],
  ] as const) {
    await floor.post('agent.registered', agent, { name, queues: ['presales'], capacity: 2 })
    await floor.post('agent.status_changed', agent, { status })
  }
  await floor.post('agent.moved', 'a2', { queues: ['presales', 'aftersales'] })
  for (const id of ['c1', 'c2', 'c3']) await floor.post('conversation.opened', id, { queue: 'presales' })
  await floor.post('conversation.assigned', 'c1', { agent: 'a3' })
})
afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close()
})

async function openDesk(lead: string, options: Parameters<typeof openScreen>[1] = {}): Promise<Page> {
  const page = await openScreen(browser, { viewport: LAPTOP, ...options })
  pages.push(page)
  await page.goto(await floor.link(`/lead/${floor.shop}`, lead, 'lead'))
  await row(page, 'c3').waitFor()
  return page
}

async function openWall(): Promise<Page> {
  const page = await openScreen(browser)
  pages.push(page)
  await page.goto(await floor.link(`/wall/${floor.shop}`, '王组长', 'lead'))
  await page.locator('[data-panel="queues"]').waitFor()
  return page
}

const row = (page: Page, id: string) => page.locator(`[data-row="${id}"]`)
const has = (page: Page, id: string, name: string) => row(page, id).filter({ hasText: name }).waitFor()
const confirm = (page: Page) => page.locator('dialog .primary').click()

async function drag(page: Page, id: string, onto: string): Promise<void> {
  const from = await page.locator(`li:has([data-row="${id}"]) .handle`).boundingBox()
  const to = await page.locator(`[data-drop="${onto}"]`).boundingBox()
  if (from === null || to === null) throw new Error(`${id} or ${onto} is not on the page`)
  await page.mouse.move(from.x + 10, from.y + 10)
  await page.mouse.down()
  await page.mouse.move(to.x + 40, to.y + 12, { steps: 8 })
  await page.mouse.up()
}

describe('[desk] a shift change', () => {
  test('[desk] by mouse: dragged to an agent, said before it is done, seen on the other desk, undone', async () => {
    const [desk, other] = [await openDesk('王组长'), await openDesk('李组长')]
    await drag(desk, 'c1', 'agent:a1')
    await desk.locator('[data-forecast]').filter({ hasText: '小林：0 → 1' }).waitFor()
    expect((await floor.view()).agents.a1?.active).toBe(0)
    await confirm(desk)
    await has(desk, 'c1', '小林')
    await has(other, 'c1', '小林')
    await desk.getByRole('button', { name: '撤销' }).click()
    await has(other, 'c1', '小周')
    expect((await floor.view()).agents.a3?.active).toBe(1)
  })

  test('[desk] by mouse: a conversation that others change goes on being dragged, one that closes is let go', async () => {
    const desk = await openDesk('王组长')
    const [from, to] = [
      await desk.locator('li:has([data-row="c2"]) .handle').boundingBox(),
      await desk.locator('[data-drop="agent:a1"]').boundingBox(),
    ]
    if (from === null || to === null) throw new Error('c2 or a1 is not on the page')
    await desk.mouse.move(from.x + 10, from.y + 10)
    await desk.mouse.down()
    await desk.mouse.move(to.x + 40, to.y + 12, { steps: 8 })
    await desk.locator('.ghost').waitFor()
    await floor.post('conversation.assigned', 'c2', { agent: 'a2' })
    await has(desk, 'c2', '小陈')
    await desk.mouse.move(to.x + 44, to.y + 12)
    expect(await desk.locator('.ghost').count()).toBe(1)
    expect(await desk.locator('[data-drop="agent:a1"]').getAttribute('data-over')).toBe('true')
    await floor.post('conversation.closed', 'c2', {})
    await row(desk, 'c2').waitFor({ state: 'detached' })
    await desk.locator('.ghost').waitFor({ state: 'detached' })
    expect(await desk.locator('[data-over]').count()).toBe(0)
    await desk.mouse.up()
    expect(await desk.locator('dialog').count()).toBe(0)
  })

  test('[desk] the list keeps its order while one of it is dragged, and the focus when its order changes', async () => {
    const desk = await openDesk('王组长')
    await desk.getByRole('button', { name: '全部', exact: true }).click()
    const order = () =>
      desk.locator('[data-row]').evaluateAll((rows) => rows.map((it) => it.getAttribute('data-row') ?? ''))
    const age = (id: string) => row(desk, id).locator('.age').textContent()
    const before = await order()
    const [first = '', second = ''] = before
    const [from, to] = [
      await desk.locator(`li:has([data-row="${first}"]) .handle`).boundingBox(),
      await desk.locator('[data-drop="agent:a1"]').boundingBox(),
    ]
    if (from === null || to === null) throw new Error('it is not on the page')
    await desk.mouse.move(from.x + 10, from.y + 10)
    await desk.mouse.down()
    await desk.mouse.move(to.x + 40, to.y + 12, { steps: 8 })
    await floor.post('message.sent', first, {})
    await expect.poll(() => age(first)).toBe('')
    expect(await order()).toEqual(before)
    await desk.mouse.move(to.x + 44, to.y + 12)
    await desk.mouse.up()
    await desk.locator('[data-forecast]').waitFor()
    await desk.keyboard.press('Escape')
    await expect.poll(async () => (await order()).at(-1)).toBe(first)

    await row(desk, second).focus()
    await floor.post('message.sent', second, {})
    await expect.poll(async () => (await order()).at(-1)).not.toBe(first)
    await expect.poll(() => age(second)).toBe('')
    expect(await desk.evaluate(() => document.activeElement?.getAttribute('data-row'))).toBe(second)
  })

  test('[desk] what is selected stays in sight when it is answered, as keys act on it', async () => {
    const desk = await openDesk('王组长')
    const [id = ''] = await desk
      .locator('[data-row]')
      .evaluateAll((rows) => rows.map((it) => it.getAttribute('data-row') ?? ''))
    const box = desk.locator(`li:has([data-row="${id}"])`).getByRole('checkbox')
    await box.check()
    await floor.post('message.sent', id, {})
    await row(desk, id).filter({ hasText: '进行中' }).waitFor()
    expect(await box.isChecked()).toBe(true)
    await box.uncheck()
    await row(desk, id).waitFor({ state: 'detached' })
  })

  test('[desk] what is pointed at stays where it is until it was pressed, or the pointer has gone', async () => {
    const desk = await openDesk('王组长')
    const order = () =>
      desk.locator('[data-row]').evaluateAll((rows) => rows.map((it) => it.getAttribute('data-row') ?? ''))
    const before = await order()
    const [first = ''] = before
    const at = await row(desk, first).boundingBox()
    if (at === null) throw new Error('it is not on the page')
    await desk.mouse.move(at.x + 20, at.y + 10)
    await floor.post('message.sent', first, {})
    await expect
      .poll(async () => {
        await desk.mouse.move(at.x + 20 + Math.random() * 20, at.y + 10)
        return await row(desk, first).locator('.age').textContent()
      })
      .toBe('')
    expect(await order()).toEqual(before)
    await desk.mouse.click(at.x + 30, at.y + 10)
    await desk.locator('dialog').filter({ hasText: first }).waitFor()
    await desk.keyboard.press('Escape')
    await desk.mouse.move(5, 5)
    await row(desk, first).waitFor({ state: 'detached' })
  })

  test('[list] a figure of the wall opens the list behind it at the desk, by mouse and by keyboard', async () => {
    const wall = await openWall()
    await wall.locator('[data-figure="queues/presales/waiting"]').first().click()
    await wall.locator('[data-count="3"]').waitFor()
    await wall.getByRole('heading', { name: /· 等待$/ }).waitFor()
    expect(new URL(wall.url()).pathname).toBe(`/lead/${floor.shop}`)
    expect(new URL(wall.url()).search).toBe('')
    await wall.goto(`${floor.url}/wall/${floor.shop}`)
    const picked = wall.locator('[data-figure="status/away"]')
    await picked.waitFor()
    await wall.locator('main').focus()
    for (let i = 0; i < 40; i++) {
      await wall.keyboard.press('ArrowDown')
      if (await picked.evaluate((it) => it === document.activeElement)) break
    }
    await wall.keyboard.press('Enter')
    await wall.locator('[data-list-row="a3"]').waitFor()
  })

  test('[list] a point of a chart opens as of then, at the wall and at the desk, by mouse and by keyboard', async () => {
    const shop = floor.shop
    await floor.openShop('从前')
    const ago = (minutes: number) => Date.now() - minutes * 60_000
    for (const id of ['old1', 'old2']) await floor.fill('conversation.opened', id, { queue: 'presales' }, ago(100))
    for (const id of ['old1', 'old2']) await floor.fill('conversation.closed', id, {}, ago(50))
    // The shop is live again: a screen that saw it end in the past would ask for the hours since only a little later.
    await floor.post('agent.registered', 'a1', { name: '小林', queues: ['presales'] })
    const wall = await openWall()
    const chart = wall.locator('[data-panel="queues"] [data-pick]')
    const pointAt = async (minutes: number) => {
      const { x, y, width } = await wall
        .locator('[data-panel="queues"] .chart')
        .evaluate((it) => it.getBoundingClientRect())
      // A pointer that stays where it is says nothing of a page that has moved under it.
      await wall.mouse.move(9, 9)
      await wall.mouse.move(x + width * (1 - minutes / 240), y + 5)
      return await chart.locator('.said').textContent()
    }
    await expect.poll(() => pointAt(75), { timeout: 15_000 }).toMatch(/^\d\d:\d\d · 2$/)
    expect(await pointAt(150)).toMatch(/^\d\d:\d\d · 0$/)
    await expect.poll(() => pointAt(75), { timeout: 15_000 }).toMatch(/ · 2$/)
    await wall.mouse.down()
    await wall.mouse.up()
    await wall.locator('[data-count="2"]').waitFor()
    await wall.getByRole('heading', { name: /· 等待 · \d\d:\d\d$/ }).waitFor()
    await wall.locator('[data-list-row="old1"] button').click()
    await wall.locator('.clocks').filter({ hasText: '超时中' }).waitFor()

    await wall.goBack()
    await wall.locator('[data-panel="queues"] .summary [data-figure]').filter({ hasText: '最高 2' }).click()
    await wall.locator('[data-count="2"]').waitFor()

    floor.shop = shop
    const desk = await openDesk('王组长')
    await desk.keyboard.press('f')
    const newest = desk.locator('dialog [role=slider][data-figure="conversations/waiting"]')
    await newest.focus()
    const pointed = async () => Date.parse((await newest.getAttribute('data-at')) ?? '')
    const last = await pointed()
    const pressed = (key: string) => async () => {
      await desk.keyboard.press(key)
      return await pointed()
    }
    // Until the hours before are there, the newest point is the first one too.
    await expect.poll(pressed('Home')).toBeLessThan(last)
    const first = await pointed()
    await expect.poll(pressed('ArrowRight')).toBeGreaterThan(first)
    await desk.keyboard.press('Enter')
    await desk.locator('[data-count="0"]').waitFor()
  })

  test('[list] the rules that stand so, what was in time today, and a SKU open from the wall', async () => {
    // With nobody waiting no clock runs out, and a figure stays while its list is opened.
    for (const id of ['c1', 'c2', 'c3']) await floor.post('conversation.closed', id, {})
    const wall = await openWall()
    await wall.locator('[data-figure="clocks/all/metToday"]').click()
    await wall.locator('[data-count="0"]').waitFor()
    await floor.post('stock.changed', 'sku1', { onHand: 5, name: '充电宝', low: 9 })
    await wall.goBack()
    await wall.locator('[data-story="sku/sku1"] .item').click()
    await wall.getByRole('heading', { name: /· sku1$/ }).waitFor()
    await wall.locator('[data-inside]').filter({ hasText: '充电宝' }).waitFor()
    await wall.goBack()
    const fine = wall.locator('[data-figure="rules/fine"]')
    const said = Number.parseInt((await fine.textContent()) ?? '', 10)
    await fine.click()
    await wall.locator(`[data-count="${said}"]`).waitFor()
    await wall.locator('[data-list-row="reply_wait"] button').click()
    await wall.getByRole('heading', { name: '续答等待 · 进行中' }).waitFor()
    await wall.locator('[data-count="0"]').waitFor()
  })

  test('[desk] by keyboard: all picked, spread over the free, an agent sent to a meal', async () => {
    const desk = await openDesk('王组长')
    await desk.keyboard.press('?')
    await desk.getByRole('heading', { name: '按键一览' }).waitFor()
    await desk.keyboard.press('Escape')
    await desk.keyboard.press('c')
    await desk.keyboard.press('A')
    await desk.keyboard.press('s')
    await desk.locator('[data-forecast]').filter({ hasText: '3 位等待的顾客' }).waitFor()
    await desk.keyboard.press('Enter')
    await desk.locator('[role=status]').waitFor()
    const { agents } = await floor.view()
    expect([agents.a1?.active, agents.a2?.active, agents.a3?.active].sort()).toEqual([0, 1, 2])
    await desk.keyboard.press('g')
    await desk.keyboard.press('m')
    await desk.locator('.editor button').filter({ hasText: '离开' }).press('Enter')
    await desk.locator('[data-forecast]').filter({ hasText: '没人管' }).waitFor()
    await desk.keyboard.press('Escape')
    expect((await floor.view()).agents.a1?.status).toBe('online')
  })

  test('[desk] by keyboard: the arrows go from conversation to conversation, x picks the one they stand on', async () => {
    const desk = await openDesk('王组长')
    await desk.keyboard.press('c')
    const ids = await desk
      .locator('[data-row]')
      .evaluateAll((rows) => rows.map((it) => (it as HTMLElement).dataset.row))
    expect(ids).toHaveLength(3)
    const focused = () => desk.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.row)
    await expect.poll(focused).toBe(ids[0])
    await desk.keyboard.press('ArrowDown')
    await desk.keyboard.press('ArrowDown')
    expect(await focused()).toBe(ids[2])
    await desk.keyboard.press('ArrowUp')
    expect(await focused()).toBe(ids[1])
    await desk.keyboard.press('x')
    await desk.getByLabel(`选择会话 ${ids[1]}`).and(desk.locator(':checked')).waitFor()
  })

  test('[desk] by touch: tapped, given by the suggestion, put back in the queue', async () => {
    const desk = await openDesk('王组长', { viewport: TABLET, hasTouch: true })
    await desk.locator('li:has([data-row="c2"]) input').tap()
    await desk.getByRole('button', { name: '转给' }).tap()
    await desk.locator('dialog li button').first().filter({ hasText: '上限 2' }).tap()
    await desk.locator('dialog .primary').tap()
    await expect.poll(async () => (await floor.view()).queues.presales?.unassigned).toBe(1)
    await desk.locator('li:has([data-row="c2"]) input').tap()
    await desk.getByRole('button', { name: '退回队列' }).tap()
    await desk.locator('dialog .primary').tap()
    await has(desk, 'c2', '未分配')
  })

  test('[desk] two leads at once: the second is told in plain words, and sees what is true', async () => {
    const [first, second] = [await openDesk('王组长'), await openDesk('李组长')]
    await drag(first, 'c2', 'agent:a1')
    await drag(second, 'c2', 'agent:a2')
    await second.locator('[data-forecast]').waitFor()
    await confirm(first)
    await has(first, 'c2', '小林')
    await confirm(second)
    await second.locator('[role=status]').filter({ hasText: '王组长' }).filter({ hasText: '小林' }).waitFor()
    await has(second, 'c2', '小林')
    expect((await floor.view()).agents.a2?.active).toBe(0)
  })
})

describe('[desk] looking inside', () => {
  test('[desk] the list behind a figure counts what the figure says, and leads to the story and back', async () => {
    const desk = await openDesk('王组长')
    const figure = desk.locator('[data-figure="queues/presales/waiting"]')
    expect(await figure.textContent()).toBe('3')
    await figure.click()
    await desk.locator('[data-count="3"]').waitFor()
    expect(await desk.locator('[data-list-row]').count()).toBe(3)
    await desk.locator('[data-list-row="c1"] button').click()
    await desk.locator('[data-inside]').filter({ hasText: '首次响应' }).filter({ hasText: '手册 2.1-1' }).waitFor()
    await desk.keyboard.press('Escape')
    await desk.locator('[data-count="3"]').waitFor()
    await desk.keyboard.press('Escape')
    await desk.locator('[data-inside]').waitFor({ state: 'detached' })
  })

  test('[desk] all the figures of the wall are a key away, with their charts; each opens', async () => {
    const desk = await openDesk('王组长')
    await desk.keyboard.press('f')
    await desk.locator('[data-figure="clocks/first_response/open"]').filter({ hasText: '3' }).click()
    await desk.locator('[data-count="3"]').waitFor()
    await desk.keyboard.press('Escape')
    expect(await desk.locator('dialog canvas').count()).toBe(2)
    await expectAccessible(desk)
    await desk.keyboard.press('Escape')
    await desk.locator('dialog').waitFor({ state: 'detached' })
  })

  test('[desk] the focus goes back from a list to its figure, from one on top of another step by step', async () => {
    const desk = await openDesk('王组长')
    const close = async () => {
      await desk.locator('dialog').getByRole('button', { name: '关闭' }).last().press('Enter')
    }
    const figure = desk.locator('main [data-figure="queues/presales/waiting"]')
    await figure.press('Enter')
    await desk.locator('[data-count="3"]').waitFor()
    await close()
    await figure.and(desk.locator(':focus')).waitFor()
    await desk.keyboard.press('f')
    const inAll = desk.locator('dialog [data-figure="queues/presales/waiting"]')
    await inAll.press('Enter')
    await desk.locator('[data-count="3"]').waitFor()
    await close()
    await inAll.and(desk.locator(':focus')).waitFor()
    await close()
    await figure.and(desk.locator(':focus')).waitFor()
  })

  test('[desk] the focus goes to the first of the list when the row that was opened has left it', async () => {
    const desk = await openDesk('王组长')
    await row(desk, 'c3').press('Enter')
    await desk.getByRole('heading', { name: /· c3$/ }).waitFor()
    await floor.post('conversation.closed', 'c3', {})
    await row(desk, 'c3').waitFor({ state: 'detached' })
    await desk.keyboard.press('Escape')
    await desk.locator('[data-row]').first().and(desk.locator(':focus')).waitFor()
  })

  test('[desk] the focus goes back to the row when a command is called off, or done', async () => {
    const desk = await openDesk('王组长')
    await row(desk, 'c2').press('a')
    await desk.locator('dialog li button').first().press('Enter')
    await desk.locator('[data-forecast]').waitFor()
    await desk.locator('dialog').getByRole('button', { name: '取消' }).press('Enter')
    await row(desk, 'c2').and(desk.locator(':focus')).waitFor()
    await row(desk, 'c2').press('s')
    await desk.locator('dialog .primary').press('Enter')
    await desk.locator('[role=status]').waitFor()
    await row(desk, 'c2').and(desk.locator(':focus')).waitFor()
  })

  test('[desk] an alert is taken, handed on and resolved; who has it is seen on the other desk', async () => {
    await floor.post('stock.changed', 'sku1', { onHand: 5, hot: true, name: '充电宝' })
    await floor.post('stock.changed', 'sku1', { onHand: 0 })
    const [desk, other] = [await openDesk('王组长'), await openDesk('李组长')]
    const of = (page: Page) => page.locator('[data-alerts]')
    for (const page of [desk, other]) await of(page).getByRole('button', { name: '热销缺货' }).click()
    await of(desk).locator('.inside').getByRole('button', { name: '我接手' }).click()
    await of(other).filter({ hasText: '王组长 已接手' }).waitFor()
    await of(desk).getByRole('button', { name: '转交' }).click()
    await desk.keyboard.type('李组长')
    await desk.keyboard.press('Enter')
    await of(other).filter({ hasText: '王组长 转给 李组长' }).waitFor()
    await of(other).getByRole('button', { name: '解决', exact: true }).click()
    await other.keyboard.type('已补货')
    await other.keyboard.press('Enter')
    await expect.poll(async () => (await floor.view()).alertCounts.stock_out).toBeUndefined()
    const [history] = await floor.alerts('stock_out')
    expect(history).toMatchObject({ state: 'resolved', resolvedBy: '李组长', note: '已补货', handedBy: '王组长' })
    await other.getByRole('button', { name: '撤销' }).click()
    await of(desk).filter({ hasText: '王组长 转给 李组长' }).waitFor()
    expect((await floor.alerts('stock_out'))[0]).toMatchObject({ state: 'acknowledged', handedBy: '王组长' })
  })

  test('[desk] axe finds nothing on the desk, in a list, in a story and in a day, in both themes', async () => {
    const desk = await openDesk('王组长')
    await expectAccessible(desk)
    await expectContrast(desk)
    await desk.locator('[data-figure="queues/presales/waiting"]').click()
    await desk.locator('[data-list-row]').first().waitFor()
    await expectAccessible(desk)
    await desk.locator('[data-list-row] button').first().click()
    await desk.locator('.clocks li').first().waitFor()
    await expectAccessible(desk)
    await desk.keyboard.press('Escape')
    await desk.keyboard.press('Escape')
    await desk.locator('[data-agent="a1"] .name').click()
    await desk.locator('[data-inside] svg[aria-label]').first().waitFor()
    await expectAccessible(desk)
  })
})
