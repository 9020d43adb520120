/** People at the door of a really started server: the first link, an invitation, wrong passwords, roles, ways out. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { linkAs, startTestServer, type TestServer } from '../support/server.ts'
import { expectAccessible, expectContrast, forbidden, LAPTOP, openScreen } from './screen.ts'

const PASSWORD = 'correct horse battery'

let server: TestServer
let browser: Browser
const pages: Page[] = []

beforeAll(async () => {
  server = await startTestServer()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})
afterEach(async () => {
  for (const page of pages.splice(0)) {
    expect(await forbidden(page)).toEqual([])
    await page.context().close()
  }
})

/** A browser of its own. */
async function open(path: string, options: Parameters<typeof openScreen>[1] = {}): Promise<Page> {
  const page = await openScreen(browser, { viewport: LAPTOP, ...options })
  pages.push(page)
  await page.goto(path.startsWith('http') ? path : server.url + path)
  return page
}

async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel('用户名或邮箱').fill(name)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}

/** Somebody with a password. */
async function somebody(username: string, roles: { shop: string; role: string }[]): Promise<void> {
  const made = await server.ask('POST', '/api/people', { body: { name: `人 ${username}`, username, roles } })
  const token = new URL(made.json.link.url).hash.replace('#token=', '')
  const set = await server.ask('POST', '/api/auth/link/password', {
    key: '',
    headers: { origin: server.url },
    body: { token, password: PASSWORD },
  })
  expect(set.status).toBe(200)
}

describe('[door] from the first link on', () => {
  test('[door] the first administrator is set up, adds a shop and a lead, who chooses a password and gets to work', async () => {
    const admin = await open(server.setupLink as string)
    await admin.getByRole('heading', { name: '建立第一个管理员' }).waitFor()
    await expectAccessible(admin)
    await expectContrast(admin)
    await admin.getByRole('button', { name: '保存并进入' }).click()
    await admin.getByText('至少 10 个字符').waitFor()
    await admin.getByLabel('姓名').fill('周经理')
    await admin.getByLabel('用户名').fill('zhou')
    await admin.getByLabel('密码', { exact: true }).fill(PASSWORD)
    await admin.getByLabel('再输一次密码').fill(`${PASSWORD}!`)
    await admin.getByRole('button', { name: '保存并进入' }).click()
    await admin.getByText('两次输入不一样').waitFor()
    await admin.getByLabel('再输一次密码').fill(PASSWORD)
    await admin.getByRole('button', { name: '保存并进入' }).click()
    await admin.getByText('还没有可看的店铺').waitFor()
    expect(admin.url()).toBe(`${server.url}/`)

    await admin.getByRole('link', { name: '管理' }).click()
    await admin.getByRole('button', { name: '新建店铺' }).click()
    await admin.getByLabel('名称').fill('青禾数码')
    await admin.getByLabel('代号').fill('no spaces')
    await admin.getByRole('button', { name: '新建', exact: true }).click()
    await admin.getByText('最多 64 个字母').waitFor()
    await admin.getByLabel('代号').fill('demo')
    await admin.getByRole('button', { name: '新建', exact: true }).click()
    await admin.locator('[data-shop=demo]').getByRole('link', { name: '人员与密钥' }).click()
    await admin.getByText('还没有人在这家店铺有角色').waitFor()
    await admin.getByRole('button', { name: '添加人员' }).click()
    await admin.getByLabel('姓名').fill('李组长')
    await admin.getByRole('button', { name: '添加', exact: true }).click()
    await admin.getByText('用户名和邮箱至少填一个', { exact: true }).waitFor()
    await admin.getByLabel('用户名').fill('li')
    await admin.getByRole('button', { name: '添加', exact: true }).click()
    const link = await admin.getByRole('textbox', { name: '密码链接' }).inputValue()
    await admin.getByRole('button', { name: '关闭' }).click()
    await admin.locator('[data-person=li]').filter({ hasText: '还没设密码' }).waitFor()

    const lead = await open(link)
    await lead.getByText('李组长，你好').waitFor()
    await expectAccessible(lead)
    await lead.getByLabel('密码', { exact: true }).fill(PASSWORD)
    await lead.getByLabel('再输一次密码').fill(PASSWORD)
    await lead.getByRole('button', { name: '保存并进入' }).click()
    await lead.locator('[data-shop=demo]').waitFor()
    expect(await lead.getByRole('link', { name: '管理' }).count()).toBe(0)
    await lead.goto(`${server.url}/lead/demo`)
    await lead.getByRole('link', { name: '我的账户: 李组长' }).waitFor()
    expect(await lead.getByRole('navigation', { name: '页面' }).getByRole('link').allTextContents()).toEqual([
      ...['值守墙', '回放', '报表', '手册', '屏幕', '李组长'],
    ])

    await lead.goto(link)
    await lead.getByText('这个链接已经用过或过期').waitFor()
  })

  test('[door] a wrong password is told, a right one opens the page that was asked for', async () => {
    await server.makeShop('ways')
    await somebody('wu', [{ shop: 'ways', role: 'lead' }])
    const page = await open('/handbook/ways')
    await page.getByRole('heading', { name: '登录' }).waitFor()
    await expectAccessible(page)
    await expectContrast(page)
    await signIn(page, 'wu', 'not the password')
    await page.getByRole('alert').filter({ hasText: '用户名或密码不对' }).waitFor()
    await page.getByRole('button', { name: '显示' }).click()
    expect(await page.getByLabel('密码', { exact: true }).getAttribute('type')).toBe('text')
    await signIn(page, 'wu', PASSWORD)
    await page.getByText('发布需要经理或以上角色').waitFor()
    expect(page.url()).toBe(`${server.url}/handbook/ways`)
  })

  test('[door] wrong too often, it says for how long to wait, and does not ask meanwhile', async () => {
    const page = await open('/')
    const limited = page.getByRole('alert').filter({ hasText: '试的次数太多了' })
    for (let i = 0; i < 12 && !(await limited.isVisible()); i++) {
      const answered = page.waitForResponse(/sign-in/)
      await signIn(page, 'somebody.else', `wrong password ${i}`)
      await answered
      await page.locator('form button[type=submit]:not(:disabled), form button:has-text("后可以再试")').waitFor()
    }
    await limited.waitFor()
    const button = page.getByRole('button', { name: /^1?\d:\d\d 后可以再试$/ })
    await button.waitFor()
    expect(await button.isDisabled()).toBe(true)
  })

  test.each([
    ['the server refuses', { status: 503, body: '{}' }],
    ['a proxy answers in its place', { status: 200, contentType: 'text/html', body: '<h1>Be right back</h1>' }],
  ])('[door] while nobody can say who this is, it waits, and goes on by itself: %s', async (_, answer) => {
    const page = await open('/pair')
    await page.route('**/api/me', (route) => route.fulfill(answer))
    await page.goto(server.url)
    await page.getByRole('heading', { name: '连不上服务器' }).waitFor()
    await expectAccessible(page)
    await page.unroute('**/api/me')
    await page.getByRole('heading', { name: '登录' }).waitFor()
  })

  test('[door] a link that lets nobody in says so', async () => {
    const page = await open('/wall/demo#in=nothing')
    await page.getByText('这个链接已经用过或过期').waitFor()
    expect(page.url()).toBe(`${server.url}/wall/demo`)
  })
})

describe('[door] roles', () => {
  test('[door] a page says which role it takes and who may give it; once given, it opens', async () => {
    await server.makeShop('roles')
    await somebody('he', [{ shop: 'roles', role: 'lead' }])
    const page = await open('/admin/roles')
    await signIn(page, 'he', PASSWORD)
    await page.getByText('你现在是“组长”').waitFor()
    await page.getByText('“管理”需要店铺 Shop roles 的“管理员”或以上角色').waitFor()
    await page.getByText('可以在“管理 → 人员”里给你').waitFor()
    await expectAccessible(page)
    await expectContrast(page)
    const { json } = await server.ask('GET', '/api/shops/roles/people')
    const path = `/api/shops/roles/people/${json.people[0].id}`
    expect((await server.ask('PUT', path, { body: { role: 'admin' } })).status).toBe(200)
    await page.getByRole('button', { name: '再看一次' }).click()
    await page.locator('[data-person=he]').waitFor()
    // What goes beyond the shop is for administrators of every shop.
    expect(await page.getByRole('button', { name: /密码链接|登录情况/ }).count()).toBe(0)
  })

  test('[door] a role that is taken away closes the page at once', async () => {
    await server.makeShop('taken')
    await somebody('ma', [{ shop: 'taken', role: 'lead' }])
    const page = await open('/wall/taken')
    await signIn(page, 'ma', PASSWORD)
    await page.locator('[data-panel=clocks]').waitFor()
    const { json } = await server.ask('GET', '/api/shops/taken/people')
    await server.ask('DELETE', `/api/shops/taken/people/${json.people[0].id}`)
    await page.getByText('你在这家店铺还没有角色').waitFor()
    expect(await page.locator('[data-panel]').count()).toBe(0)
  })

  test('[door] who only watches is offered nothing else: no desk, no links, no list behind a figure', async () => {
    await server.makeShop('watched')
    const page = await open(await linkAs(server, '/wall/watched', '看墙的人', 'screen'))
    await page.locator('[data-panel=clocks]').waitFor()
    await page.locator('[data-figure]').first().click({ force: true })
    await page.mouse.move(5, 5)
    await page.getByRole('button', { name: '显示设置' }).press('Enter')
    await page.getByRole('dialog').waitFor()
    expect(await page.getByRole('link', { name: '组长台' }).count()).toBe(0)
    expect(new URL(page.url()).pathname).toBe('/wall/watched')
  })
})

describe('[door] one’s own account', () => {
  test('[door] the password is changed, another place is signed out, and out is out', async () => {
    await server.makeShop('own')
    await somebody('qian', [{ shop: 'own', role: 'lead' }])
    const page = await open('/me')
    await signIn(page, 'qian', PASSWORD)
    await page.getByText('当前设备').waitFor()
    const other = await open('/wall/own')
    await signIn(other, 'qian', PASSWORD)
    await other.locator('[data-panel=clocks]').waitFor()
    await page.reload()
    await page.locator('section[aria-labelledby=sessions] li').nth(1).waitFor()
    const places = await page.locator('section[aria-labelledby=sessions] li').allTextContents()
    expect(places.findIndex((place) => place.includes('当前设备'))).toBe(0)
    await expectAccessible(page)
    await expectContrast(page)
    const forms = page.locator('section', { hasText: '改密码' })
    const fill = async (current: string) => {
      await page.getByLabel('现在的密码').fill(current)
      await page.getByLabel('新密码').fill(`${PASSWORD} 2`)
      await page.getByLabel('再输一次密码').fill(`${PASSWORD} 2`)
      await page.getByLabel('同时退出').setChecked(false)
      await forms.getByRole('button', { name: '改密码' }).click()
    }
    await fill('not the password')
    await page.getByText('现在的密码不对').waitFor()
    await fill(PASSWORD)
    await page.getByText('密码已改').waitFor()
    await page.getByRole('button', { name: '退出其他所有地方的登录' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '退出其他所有地方的登录' }).click()
    await other.getByRole('heading', { name: '登录' }).waitFor()
    expect(await other.locator('[data-panel]').count()).toBe(0)
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByRole('heading', { name: '登录' }).waitFor()
    await signIn(page, 'qian', `${PASSWORD} 2`)
    await page.locator('[data-shop=own]').waitFor()
  })
})
