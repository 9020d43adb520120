import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSettings, StartError } from '#server/settings.ts'
import { freePort } from '../support/freePort.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { BrowserClient } from './browserClient.ts'
import { CLIENT, type OpenIdProvider, startProvider } from './provider.ts'

let provider: OpenIdProvider
let server: TestServer

beforeAll(async () => {
  const port = await freePort()
  const publicUrl = `http://127.0.0.1:${port}`
  provider = await startProvider(() => `${publicUrl}/api/auth/callback/openid`)
  const openid = { name: '公司账号', issuer: provider.issuer, ...CLIENT }
  server = await startTestServer({ port, publicUrl, openid })
  await server.makeShop('north')
})
afterAll(async () => {
  await server?.close()
  await provider?.close()
})

/** Signs in through the provider as a browser would, following where it is sent. */
async function signIn(browser: BrowserClient) {
  const asked = await browser.post('/api/auth/sign-in/social', {
    provider: 'openid',
    callbackURL: '/',
    errorCallbackURL: '/',
  })
  expect(asked.status, asked.text).toBe(200)
  const atProvider = new BrowserClient(provider.issuer)
  let next: string = asked.json.url
  for (let i = 0; i < 12; i++) {
    const here = next.startsWith(provider.issuer)
    const { headers, status, text } = await (here ? atProvider : browser).ask('GET', next)
    const to = headers.get('location')
    if (to === null) throw new Error(`stopped at ${next} with ${status}: ${text.slice(0, 300)}`)
    if (to === '/' || to.startsWith('/?')) return to
    next = new URL(to, next).href
  }
  throw new Error('sent round and round')
}

describe('[openid] signing in at a provider', () => {
  test('[openid] the door names it', async () => {
    expect((await new BrowserClient(server.url).get('/api/door')).json).toMatchObject({ openid: { name: '公司账号' } })
  })

  test('[openid] whoever an administrator added by address is that person, with their roles', async () => {
    const { json } = await server.ask('POST', '/api/people', {
      body: { name: '何青', email: 'he@example.com', roles: [{ shop: 'north', role: 'lead' }] },
    })
    const browser = new BrowserClient(server.url)
    expect(await signIn(browser)).toBe('/')
    expect((await browser.get('/api/me')).json).toMatchObject({
      id: json.person.id,
      name: '何青',
      shops: [{ shop: 'north' }],
    })
    const { people } = (await server.ask('GET', '/api/people')).json
    expect(people.filter(({ email }: { email?: string }) => email === 'he@example.com')).toHaveLength(1)
    const { entries } = (await server.ask('GET', '/api/audit?action=signed_in')).json
    expect(entries[0]).toMatchObject({ actor: { name: '何青' }, detail: 'OpenID Connect' })
  })

  test('[openid] somebody new may come in and sees nothing until they are given a role', async () => {
    Object.assign(provider.person, { sub: 'p2', name: 'New here', email: 'new@example.com' })
    const browser = new BrowserClient(server.url)
    expect(await signIn(browser)).toBe('/')
    expect((await browser.get('/api/me')).json).toMatchObject({ name: 'New here', shops: [], install: false })
    expect((await browser.get('/api/shops/north/view')).status).toBe(403)
  })

  test('[openid] a callback nobody asked for lets nobody in', async () => {
    const browser = new BrowserClient(server.url)
    const { status, headers } = await browser.get('/api/auth/callback/openid?code=x&state=y')
    expect(status).toBe(302)
    expect(headers.get('location')).toMatch(/^\/\?error=|error=/)
    expect((await browser.get('/api/me')).status).toBe(401)
  })
})

describe('[openid] settings', () => {
  const all = {
    OIDC_ISSUER: 'https://id.example',
    OIDC_CLIENT_ID: 'c',
    OIDC_CLIENT_SECRET: 's',
    PUBLIC_URL: 'https://fw.example/',
  }

  test('[openid] all of it, or what is missing is told by name', () => {
    expect(readSettings(all)).toMatchObject({
      publicUrl: 'https://fw.example',
      openid: { name: 'OpenID', clientId: 'c' },
    })
    expect(readSettings({}).openid).toBeUndefined()
    for (const name of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'PUBLIC_URL'])
      expect(() => readSettings({ ...all, [name]: '' })).toThrow(
        new StartError(`${name}: needed for OIDC_ISSUER, and not set`),
      )
    expect(() => readSettings({ ...all, OIDC_ISSUER: 'id' })).toThrow(/^OIDC_ISSUER: expected a URL/)
  })
})
