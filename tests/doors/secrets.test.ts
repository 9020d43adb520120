import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newDataDir } from '../support/database.ts'
import { type ServerProcess, spawnServer } from '../support/process.ts'
import { ADMIN_KEY, cloudEvent, testClient } from '../support/server.ts'
import { BrowserClient } from './browserClient.ts'

const PASSWORD = 'the password of the test'
let dataDir: string
let server: ServerProcess
let logged = ''

beforeAll(async () => {
  dataDir = await newDataDir()
  server = await spawnServer({ DATA_DIR: dataDir, LOG_LEVEL: 'trace' })
  server.child.stdout?.on('data', (text) => {
    logged += text
  })
})
afterAll(async () => {
  server.child.kill('SIGKILL')
  await server.ended
  await rm(dataDir, { recursive: true, force: true })
})

test('[secrets] neither the log, however much it says, nor an error tells a key, a password, a link or a session', async () => {
  const client = testClient(server.url)
  await client.makeShop('north')
  const { json: key } = await client.ask('POST', '/api/shops/north/keys', {
    body: { name: 'chat', scopes: ['events:write'], webhook: true },
  })
  const { json: added } = await client.ask('POST', '/api/people', {
    body: { name: 'Lead', username: 'lead', everywhere: 'lead' },
  })
  const browser = new BrowserClient(server.url)
  const token = new URL(added.link.url).hash.replace('#token=', '')
  await browser.post('/api/auth/link/password', { token, password: PASSWORD })
  const wrong = `${PASSWORD}, wrong`
  const answers = [
    await browser.post('/api/auth/sign-in/username', { username: 'lead', password: wrong }),
    await browser.post('/api/auth/link/password', { token, password: PASSWORD }),
    await browser.post('/api/auth/change-password', { currentPassword: wrong, newPassword: 'x' }),
    await client.ask('POST', '/api/shops/north/events', { key: key.key, type: 'application/json', body: '{' }),
    await client.ask('GET', `/api/shops/north/view?at=${PASSWORD}`, { key: key.key }),
    await client.ask('GET', '/api/shops/north/keys'),
    await client.ask('GET', '/api/audit'),
  ]
  await client.send('north', [cloudEvent('conversation.opened', 'c', { queue: 'presales' })])
  await client.ask('GET', '/readyz')
  const session = /session_token=([^;]+)/.exec(browser.cookie)?.[1] ?? ''
  const secrets = [ADMIN_KEY, key.key, key.secret, token, PASSWORD, session.split('.')[0] as string]
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(10)
    expect(logged).not.toContain(secret)
    for (const { text } of answers) expect(text).not.toContain(secret)
  }
  expect(logged).toContain('/api/people')
})
