/** Somebody comes in by another house's door: a really running OpenID Connect provider. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { CLIENT, type OpenIdProvider, startProvider } from '../doors/provider.ts'
import { openBrowser } from '../support/browser.ts'
import { freePort } from '../support/freePort.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { expectAccessible, expectContrast, forbidden, LAPTOP, openScreen } from './screen.ts'

let provider: OpenIdProvider
let server: TestServer
let browser: Browser
let page: Page

beforeAll(async () => {
  const port = await freePort()
  const publicUrl = `http://127.0.0.1:${port}`
  provider = await startProvider(() => `${publicUrl}/api/auth/callback/openid`)
  server = await startTestServer({
    port,
    publicUrl,
    openid: { name: '公司账号', issuer: provider.issuer, ...CLIENT },
  })
  await server.makeShop('north')
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await provider?.close()
})
beforeEach(async () => {
  page = await openScreen(browser, { viewport: LAPTOP })
})
afterEach(async () => {
  expect(await forbidden(page)).toEqual([])
  await page.context().close()
})

const comeIn = () => page.getByRole('button', { name: '用 公司账号 登录' }).click()

test('[openid] who was added by address comes back to the page that was asked for', async () => {
  const body = { name: '何青', email: 'he@example.com', roles: [{ shop: 'north', role: 'lead' }] }
  expect((await server.ask('POST', '/api/people', { body })).status).toBe(201)
  await page.goto(`${server.url}/screens/north`)
  await page.getByRole('heading', { name: '登录' }).waitFor()
  await page.getByRole('button', { name: '用 公司账号 登录' }).waitFor()
  await expectAccessible(page)
  await expectContrast(page)
  await comeIn()
  await page.getByText('还没有配对的屏幕').waitFor()
  expect(new URL(page.url()).pathname).toBe('/screens/north')
})

test('[openid] somebody new is told whom to ask for a role', async () => {
  Object.assign(provider.person, { sub: 'p2', name: 'New here', email: 'new@example.com' })
  await page.goto(server.url)
  await comeIn()
  await page.getByText('请管理员在“管理 → 人员”里给你一个角色').waitFor()
  await page.getByRole('link', { name: '我的账户: New here' }).waitFor()
})

test('[openid] what went wrong there is said at the door, once', async () => {
  await page.goto(`${server.url}/wall/north?error=access_denied&layout=queues`)
  await page.getByRole('alert').filter({ hasText: '没有用 公司账号 登录成功：access_denied' }).waitFor()
  expect(new URL(page.url()).search).toBe('?layout=queues')
})
