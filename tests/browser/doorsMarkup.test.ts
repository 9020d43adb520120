/** Whatever sources write into their events stays text, on every page. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { sourceEventData } from '#core/events.ts'
import { openBrowser } from '../support/browser.ts'
import { Floor } from './floor.ts'
import { forbidden, openScreen } from './screen.ts'

const MARKUP = '<img src=x onerror="window.broken=1">&amp;<script>window.broken=1</script>'

const floor = new Floor()
let browser: Browser
let page: Page

interface Schema {
  type?: string
  enum?: unknown[]
  minimum?: number
  properties?: Record<string, Schema>
  items?: Schema
}

/** A value of a schema with markup wherever there is text. */
function filled({ type, enum: choices, minimum = 1, properties = {}, items = {} }: Schema): unknown {
  if (choices !== undefined) return choices[0]
  if (type === 'string') return MARKUP
  if (type === 'boolean') return true
  if (type === 'array') return [filled(items)]
  if (type === 'object')
    return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, filled(schema)]))
  return Math.max(1, minimum)
}

/** Every event there is, its subject and each text in it markup; then what is open again, so that pages show it. */
async function sendMarkup(): Promise<void> {
  const ago = (s: number) => Date.now() - s * 1_000
  const types = Object.entries(sourceEventData)
  for (const [i, [type, schema]] of types.entries()) {
    const data = { ...(filled(z.toJSONSchema(schema) as Schema) as object), more: MARKUP }
    await floor.post(type, MARKUP, data, ago(600 - i))
  }
  await floor.post('agent.status_changed', MARKUP, { status: 'away', reason: MARKUP }, ago(100))
  for (const n of [1, 2]) {
    await floor.post(
      'conversation.opened',
      `${MARKUP}${n}`,
      { queue: MARKUP, customer: MARKUP, channel: MARKUP },
      ago(90),
    )
    await floor.post('conversation.assigned', `${MARKUP}${n}`, { agent: MARKUP, by: MARKUP }, ago(80))
  }
  await floor.post('message.sent', `${MARKUP}2`, { agent: MARKUP }, ago(70))
  await floor.post('order.placed', `${MARKUP}1`, { customer: MARKUP, lines: [{ sku: MARKUP, qty: 1 }] }, ago(7_200))
  await floor.post('stock.changed', MARKUP, { onHand: 5, hot: true, name: MARKUP, category: MARKUP }, ago(60))
  await floor.post('stock.changed', MARKUP, { onHand: 0, hot: true, name: MARKUP, category: MARKUP }, ago(50))
  await floor.post('complaint.opened', `${MARKUP}1`, { kind: 'refund', order: MARKUP, customer: MARKUP }, ago(40))
}

beforeAll(async () => {
  await floor.start()
  await floor.openShop(MARKUP)
  await sendMarkup()
  browser = await openBrowser()
  page = await openScreen(browser)
})
afterAll(async () => {
  await browser?.close()
  await floor.remove()
})

/** Nothing of it has become part of the page; where it is shown, it is shown as it was written. */
async function expectText(where: string): Promise<void> {
  await page.locator(where).filter({ hasText: MARKUP }).first().waitFor()
  expect(await page.locator('img').count()).toBe(0)
  expect(await page.evaluate(() => 'broken' in window)).toBe(false)
  expect(await forbidden(page)).toEqual([])
}

test('[markup] on the wall and the overview', async () => {
  await page.goto(await floor.link(`/wall/${floor.shop}`))
  for (const panel of ['queues', 'agents', 'stock']) await expectText(`[data-panel=${panel}]`)
  await expectText('header h1')
  expect(await page.title()).toContain(MARKUP)
  await page.goto(`${floor.url}/`)
  await expectText('[data-shop]')
})

test('[markup] at the desk: rows, people, alerts, a list, a story, an agent’s day', async () => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`${floor.url}/lead/${floor.shop}`)
  await expectText('[data-row]')
  await expectText('[data-agent]')
  await page.locator('[data-figure$="/waiting"]').first().click()
  await expectText('[data-list-row]')
  await page.locator('[data-list-row] button').first().click()
  await page.locator('.clocks li').first().waitFor()
  await expectText('[data-inside]')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.locator('[data-agent] .name').first().click()
  await page.locator('[data-inside] svg[aria-label]').first().waitFor()
  await expectText('[data-inside]')
})

test('[markup] in the report, the replay, and what is said of a figure', async () => {
  const { timezone } = await floor.view()
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' }).format(Date.now())
  await page.goto(`${floor.url}/reports/${floor.shop}/${today}`)
  await expectText('main')
  await page.locator('[data-figure=first_response_rate]').getByRole('button').click()
  await page.locator('tr.inside').getByRole('button', { name: '批注' }).click()
  await page.getByLabel('原因').fill(MARKUP)
  await page.getByRole('button', { name: '保存' }).click()
  await expectText('[data-outside=first_response_rate], [data-figure=first_response_rate]')
  await page.goto(`${floor.url}/replay/${floor.shop}`)
  await page.locator('[data-panel=queues]').waitFor()
  await expectText('h1')
})

test('[markup] where people, keys, screens and handbooks are named', async () => {
  const { server, shop } = floor
  const made = await server.ask('POST', '/api/people', {
    body: { name: MARKUP, username: 'markup', roles: [{ shop, role: 'lead' }] },
  })
  expect(made.status).toBe(201)
  const key = { name: MARKUP, scopes: ['events:write'], source: MARKUP }
  expect((await server.ask('POST', `/api/shops/${shop}/keys`, { body: key })).status).toBe(201)
  const handbook = { handbook: { rules: { pack: { targetMs: 7_200_000 } } }, reason: MARKUP, expectedVersion: 0 }
  expect(await server.ask('PUT', `/api/shops/${shop}/handbook`, { body: handbook })).toMatchObject({ status: 200 })
  const code = await server.ask('POST', '/api/auth/device/code', {
    key: '',
    headers: { origin: server.url },
    body: { client_id: 'floorwatch-screen' },
  })
  const screen = { code: code.json.user_code, name: MARKUP, place: MARKUP, settings: { layout: 'queues' } }
  expect((await server.ask('POST', `/api/shops/${shop}/screens`, { body: screen })).status).toBe(201)

  await page.goto(`${floor.url}/screens/${shop}`)
  await expectText('[data-screen]')
  await page.goto(`${floor.url}/handbook/${shop}`)
  await expectText('details')
  for (const show of ['people', 'keys', 'record']) {
    await page.goto(`${floor.url}/admin/${shop}?show=${show}`)
    await expectText('.rows li')
  }
  await page.goto(await floor.link('/me', MARKUP))
  await expectText('dd')
})
