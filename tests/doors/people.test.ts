import { rm } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '#db/open.ts'
import { DATABASE_KINDS, newDatabase } from '../support/database.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { BrowserClient } from './browserClient.ts'

let server: TestServer
let admin: BrowserClient
const PASSWORD = 'a long enough password'

const tokenIn = (link: string) => new URL(link).hash.replace('#token=', '')
const browser = () => new BrowserClient(server.url)

beforeAll(async () => {
  server = await startTestServer()
  await server.makeShop('north')
  await server.makeShop('south')
  admin = browser()
})
afterAll(() => server.close())

describe('[people] setting up', () => {
  test('[people] the first link makes one administrator, once', async () => {
    const token = tokenIn(server.setupLink ?? '')
    expect((await browser().get('/api/door')).json).toEqual({ setup: true })
    expect((await browser().post('/api/auth/link/look', { token })).json).toEqual({ kind: 'setup' })
    const first = { token, name: '林青', username: 'Lin', password: PASSWORD }
    const short = await browser().post('/api/auth/link/setup', { ...first, password: 'short' })
    expect(short.status).toBe(400)
    const tried = await Promise.all([
      admin.post('/api/auth/link/setup', first),
      browser().post('/api/auth/link/setup', first),
    ])
    expect(tried.map(({ status }) => status).sort()).toEqual([200, 400])
    expect((await browser().get('/api/door')).json).toEqual({ setup: false })
    const late = await browser().post('/api/auth/link/setup', { ...first, username: 'other' })
    expect(late).toMatchObject({ status: 400, json: { title: 'Bad Request', code: 'LINK_NO_GOOD' } })
    if ((await admin.get('/api/me')).status !== 200)
      await admin.post('/api/auth/sign-in/username', { username: 'lin', password: PASSWORD })
    expect((await admin.get('/api/me')).json).toMatchObject({
      kind: 'person',
      name: '林青',
      username: 'lin',
      install: true,
    })
  })
})

test('[people] once somebody else has made an administrator, the first link makes no other', async () => {
  const own = await startTestServer()
  const token = tokenIn(own.setupLink ?? '')
  await own.ask('POST', '/api/people', { body: { name: 'Boss', username: 'boss', everywhere: 'admin' } })
  const late = new BrowserClient(own.url)
  const tried = await late.post('/api/auth/link/setup', { token, name: 'X', username: 'xx', password: PASSWORD })
  await own.close()
  expect(tried).toMatchObject({ status: 400, json: { code: 'LINK_NO_GOOD' } })
})

describe('[people] signing in and out', () => {
  test('[people] by user name in any case, or by email; a wrong password says nothing more', async () => {
    const { json } = await admin.post('/api/people', { name: '周舟', username: 'zhou', email: 'Zhou@example.com' })
    const zhou = browser()
    expect(
      (await zhou.post('/api/auth/link/password', { token: tokenIn(json.link.url), password: PASSWORD })).status,
    ).toBe(200)
    expect((await zhou.get('/api/me')).json).toMatchObject({ name: '周舟', shops: [], install: false })
    for (const who of [{ username: 'ZHOU' }, { email: 'zhou@example.com' }]) {
      const path = 'username' in who ? 'username' : 'email'
      const again = browser()
      expect((await again.post(`/api/auth/sign-in/${path}`, { ...who, password: PASSWORD })).status).toBe(200)
      expect((await again.get('/api/me')).status).toBe(200)
      const wrong = await browser().post(`/api/auth/sign-in/${path}`, { ...who, password: 'not this one, no' })
      expect(wrong.status).toBe(401)
      expect(wrong.headers.get('content-type')).toBe('application/problem+json')
    }
    const unknown = await browser().post('/api/auth/sign-in/username', { username: 'nobody', password: PASSWORD })
    const wrong = await browser().post('/api/auth/sign-in/username', { username: 'zhou', password: 'not this one, no' })
    expect(unknown.json).toEqual(wrong.json)
    expect((await zhou.post('/api/auth/sign-out')).status).toBe(200)
    expect((await zhou.get('/api/me')).status).toBe(401)
  })

  test('[people] a link to choose a password works once, and ends the one before it', async () => {
    const { json } = await admin.post('/api/people', { name: 'Once', username: 'once' })
    const second = (await admin.post(`/api/people/${json.person.id}/link`)).json
    const use = (link: string) =>
      browser().post('/api/auth/link/password', { token: tokenIn(link), password: PASSWORD })
    expect((await use(json.link.url)).status).toBe(400)
    expect((await use(second.url)).status).toBe(200)
    expect((await use(second.url)).status).toBe(400)
  })

  test('[people] the eleventh wrong password for a name waits, and nobody else does', async () => {
    await admin.post('/api/people', { name: 'Guessed', username: 'guessed' })
    const guess = () =>
      browser().post('/api/auth/sign-in/username', { username: 'Guessed', password: 'is it this one?' })
    for (let i = 0; i < 10; i++) expect((await guess()).status).toBe(401)
    const held = await guess()
    expect(held.status).toBe(429)
    expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(0)
    const other = await browser().post('/api/auth/sign-in/username', { username: 'lin', password: PASSWORD })
    expect(other.status).toBe(200)
  })

  test('[people] guesses at one person count together, by user name or email, and whatever else is named', async () => {
    await admin.post('/api/people', { name: 'Two', username: 'two-names', email: 'two@example.com' })
    const guess = (path: string, body: object) =>
      browser().post(`/api/auth/sign-in/${path}`, { ...body, password: 'is it this one?' })
    const statuses: number[] = []
    for (let i = 0; i < 6; i++) {
      statuses.push((await guess('username', { username: 'Two-Names' })).status)
      statuses.push((await guess('email', { email: 'TWO@example.com', username: `decoy-${i}` })).status)
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429])
  })

  test('[people] guesses all at once are counted one by one', async () => {
    await admin.post('/api/people', { name: 'Stormed', username: 'stormed' })
    const answers = await Promise.all(
      Array.from({ length: 25 }, () =>
        browser().post('/api/auth/sign-in/username', { username: 'stormed', password: 'is it this one?' }),
      ),
    )
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15)
  })

  test('[people] sessions are listed without their tokens, and end at once', async () => {
    const here = browser()
    const there = browser()
    for (const one of [here, there])
      await one.post('/api/auth/sign-in/username', { username: 'zhou', password: PASSWORD })
    const { sessions } = (await here.get('/api/me/sessions')).json
    expect(sessions.filter(({ current }: { current: boolean }) => current)).toHaveLength(1)
    const token = decodeURIComponent(there.cookie).split(/[=.]/)[2] ?? '?'
    expect(JSON.stringify(sessions)).not.toContain(token)
    expect((await there.get('/api/me')).status).toBe(200)
    expect((await here.ask('DELETE', '/api/me/sessions')).status).toBe(204)
    expect((await there.get('/api/me')).status).toBe(401)
    expect((await here.get('/api/me')).status).toBe(200)
    const { sessions: left } = (await here.get('/api/me/sessions')).json
    expect(left).toHaveLength(1)
  })
})

test('[people] when somebody was last there is when they last did anything, to the hour', async () => {
  const where = await newDatabase('postgres')
  const own = await startTestServer(where)
  const beside = await openDatabase(where)
  try {
    const token = tokenIn(own.setupLink ?? '')
    const first = new BrowserClient(own.url)
    await first.post('/api/auth/link/setup', { token, name: '林青', username: 'lin', password: PASSWORD })
    const again = new BrowserClient(own.url)
    await again.post('/api/auth/sign-in/username', { username: 'lin', password: PASSWORD })
    const seenAgo = async () => Date.now() - Date.parse((await own.ask('GET', '/api/people')).json.people[0].lastSeenAt)
    await sql`update session set "updatedAt" = now() - interval '3 days'`.execute(beside.db)
    expect(await seenAgo()).toBeGreaterThan(86_400_000)
    expect((await again.get('/api/me')).status).toBe(200)
    await expect.poll(seenAgo).toBeLessThan(60_000)
  } finally {
    await beside.close()
    await own.close()
    await rm(where.dataDir, { recursive: true, force: true })
  }
})

test('[record] as a table it is whole, however long', async () => {
  const where = await newDatabase('postgres')
  const own = await startTestServer(where)
  const beside = await openDatabase(where)
  try {
    await sql`
      insert into audit (at, action, actor_kind, actor_name) select i, 'signed_in', 'person', 'p' || i
      from generate_series(1, 4321) i
    `.execute(beside.db)
    const { text, headers } = await own.ask('GET', '/api/audit?format=csv&action=signed_in&limit=5')
    expect(headers.get('content-disposition')).toContain('record-all-')
    const lines = text.trimEnd().split('\r\n')
    expect(lines[0]).toMatch(/id,at,who/)
    expect(lines.slice(1).map((line) => line.split(',')[2])).toEqual(
      Array.from({ length: 4321 }, (_, i) => `p${4321 - i}`),
    )
  } finally {
    await beside.close()
    await own.close()
    await rm(where.dataDir, { recursive: true, force: true })
  }
})

describe('[people] roles', () => {
  test('[people] a role is given in one shop and taken away, at once', async () => {
    const { json } = await admin.post('/api/people', {
      name: '吴珂',
      username: 'wu',
      roles: [{ shop: 'north', role: 'lead' }],
    })
    const wu = browser()
    await wu.post('/api/auth/link/password', { token: tokenIn(json.link.url), password: PASSWORD })
    expect((await wu.get('/api/shops/north/view')).status).toBe(200)
    const refused = await wu.get('/api/shops/south/view')
    expect(refused).toMatchObject({ status: 403, json: { role: 'screen' } })
    expect((await wu.ask('PUT', '/api/shops/north/handbook', {})).json).toMatchObject({ status: 403, role: 'manager' })
    const { id } = json.person
    expect(
      (await admin.ask('PATCH', `/api/people/${id}`, { roles: [{ shop: 'south', role: 'manager' }] })).status,
    ).toBe(200)
    expect((await wu.get('/api/shops/north/view')).status).toBe(403)
    expect((await wu.get('/api/shops/south/view')).status).toBe(200)
  })

  test('[people] the last administrator stays one', async () => {
    const { people } = (await admin.get('/api/people')).json
    const lin = people.find(({ username }: { username?: string }) => username === 'lin')
    expect((await admin.ask('DELETE', `/api/people/${lin.id}`)).status).toBe(409)
    expect((await admin.ask('PATCH', `/api/people/${lin.id}`, { everywhere: null })).status).toBe(409)
    expect((await admin.get('/api/me')).json.install).toBe(true)
  })

  test.each(DATABASE_KINDS)('[people] on %s two administrators who are removed at once leave one', async (kind) => {
    const where = await newDatabase(kind)
    const own = await startTestServer(where)
    try {
      for (let round = 0; round < 5; round++) {
        const ids: string[] = []
        for (const name of ['a', 'b']) {
          const body = { name, username: `${name}-${round}`, everywhere: 'admin' }
          ids.push((await own.ask('POST', '/api/people', { body })).json.person.id)
        }
        const others = (await own.ask('GET', '/api/people')).json.people.filter(
          ({ id }: { id: string }) => !ids.includes(id),
        )
        for (const { id } of others) await own.ask('DELETE', `/api/people/${id}`)
        const answers = await Promise.all(ids.map((id) => own.ask('DELETE', `/api/people/${id}`)))
        expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
      }
    } finally {
      await own.close()
      await rm(where.dataDir, { recursive: true, force: true })
    }
  })

  test('[people] a user name of one and an email of another are given no role', async () => {
    for (const name of ['left', 'right'])
      await admin.post('/api/people', { name, username: name, email: `${name}@example.com` })
    const both = { name: 'Who', username: 'left', email: 'right@example.com', role: 'lead' }
    expect((await admin.post('/api/shops/north/people', both)).status).toBe(409)
    const { people } = (await admin.get('/api/shops/north/people')).json
    expect(people.map(({ name }: { name: string }) => name)).not.toContain('left')
  })

  test('[people] a shop’s administrator gives roles there and sees no more', async () => {
    const { json } = await admin.post('/api/people', {
      name: 'Head of north',
      username: 'head',
      roles: [{ shop: 'north', role: 'admin' }],
    })
    const head = browser()
    await head.post('/api/auth/link/password', { token: tokenIn(json.link.url), password: PASSWORD })
    expect((await head.get('/api/people')).status).toBe(403)
    const added = await head.post('/api/shops/north/people', { name: 'New', username: 'new.one', role: 'lead' })
    expect(added.status).toBe(201)
    expect(added.json.link.url).toContain('/welcome#token=')
    const known = await head.post('/api/shops/north/people', { name: 'Wu', username: 'wu', role: 'screen' })
    expect(known.json).toMatchObject({ person: { name: '吴珂', roles: [{ shop: 'north', role: 'screen' }] } })
    expect(known.json.link).toBeUndefined()
    expect((await head.post('/api/shops/south/people', { name: 'X', username: 'xx', role: 'lead' })).status).toBe(403)
    const { people } = (await head.get('/api/shops/north/people')).json
    expect(JSON.stringify(people)).not.toContain('south')
    expect((await head.ask('DELETE', `/api/shops/north/people/${added.json.person.id}`)).status).toBe(204)
    expect((await head.ask('DELETE', `/api/shops/north/people/${added.json.person.id}`)).status).toBe(404)
  })

  test('[people] nobody acts in another’s name', async () => {
    const lead = browser()
    const { json } = await admin.post('/api/shops/north/people', { name: '郑好', username: 'zheng', role: 'lead' })
    await lead.post('/api/auth/link/password', { token: tokenIn(json.link.url), password: PASSWORD })
    const note = { command: 'note', text: 'hello', by: 'the chief' }
    const together = { command: 'together', commands: [{ ...note, text: 'again' }], by: 'the chief' }
    for (const body of [note, together]) expect((await lead.post('/api/shops/north/commands', body)).status).toBe(200)
    const { events } = (await lead.get('/api/shops/north/events?after=0&limit=100')).json
    const by = events
      .filter(({ type }: { type: string }) => type === 'note.added')
      .map((e: { data: { by: string } }) => e.data.by)
    expect(by).toEqual(['郑好', '郑好'])
  })
})

describe('[csrf] what another site sends along', () => {
  test('[csrf] does nothing, whether it says its origin or the browser says it is foreign', async () => {
    for (const headers of [{ origin: 'https://elsewhere.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      const made = await admin.ask(
        'PUT',
        '/api/shops/west',
        { name: 'West', timezone: 'Asia/Shanghai' },
        headers as never,
      )
      expect(made.status).toBe(403)
      const out = await admin.ask('POST', '/api/auth/sign-out', {}, headers as never)
      expect(out.status).toBe(403)
    }
    expect((await admin.get('/api/shops/west/view')).status).toBe(404)
    expect((await admin.get('/api/me')).status).toBe(200)
  })
})

describe('[audit] the record', () => {
  test('[audit] tells who did what, newest first, and cannot be changed', async () => {
    const { entries } = (await admin.get('/api/audit?limit=500')).json
    const actions = new Set(entries.map(({ action }: { action: string }) => action))
    for (const action of [
      'set_up',
      'signed_in',
      'sign_in_failed',
      'signed_out',
      'person_added',
      'role_changed',
      'link_made',
      'session_revoked',
      'shop_made',
    ])
      expect(actions).toContain(action)
    expect(entries[0].id).toBeGreaterThan(entries.at(-1).id)
    expect(JSON.stringify(entries)).not.toContain(PASSWORD)
    const csv = await admin.get('/api/audit?format=csv&action=role_changed')
    expect(csv.headers.get('content-type')).toContain('text/csv')
    expect(csv.text).toContain('吴珂')
  })
})

test('[shops] one that is only to be made is not changed where it is there', async () => {
  const put = (name: string, headers: Record<string, string>) =>
    admin.ask('PUT', '/api/shops/once', { name, timezone: 'UTC' }, headers)
  expect((await put('One', { 'if-none-match': '*' })).status).toBe(201)
  const second = await put('Two', { 'if-none-match': '*' })
  expect(second).toMatchObject({ status: 412, json: { detail: 'There is a shop once already.' } })
  expect((await admin.get('/api/shops/once/view')).json.name).toBe('One')
  expect((await put('Three', {})).status).toBe(200)
  expect((await admin.get('/api/shops/once/view')).json.name).toBe('Three')
})
