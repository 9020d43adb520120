import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { View } from '#core/view.ts'
import { localTime } from '#server/play/wholeHourZones.ts'
import { BrowserClient } from '../doors/browserClient.ts'

type Demo = ChildProcessByStdio<null, Readable, Readable>

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'floorwatch-demo-'))
})
afterAll(() => rm(dataDir, { recursive: true }))

function startDemo(port = 0): Demo {
  return spawn(process.execPath, ['server/demo/main.ts'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
  })
}

/** The link the demo prints once it is ready. */
async function linkOf(demo: Demo): Promise<URL> {
  let written = ''
  for await (const text of demo.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    written += text
    const [link] = /http:\S+(?=\s)/.exec(written) ?? []
    if (link) return new URL(link)
  }
  throw new Error(`no link in: ${written}`)
}

/** What a demo that cannot start says. */
async function failureOf(demo: Demo): Promise<string> {
  let said = ''
  demo.stderr.setEncoding('utf8').on('data', (text) => (said += text))
  const [code] = await once(demo, 'close')
  expect(code).toBe(1)
  return said
}

// Loading a day and a half is the most of it; a busy machine takes its time.
describe('[demo] npm run demo', { timeout: 300_000 }, () => {
  test('shows yesterday and today so far behind one link, lives on, and closes on Ctrl-C', async () => {
    const demo = startDemo()
    const link = await linkOf(demo)
    expect(link.pathname).toBe('/wall/demo')
    const visitor = new BrowserClient(link.origin)
    const token = link.hash.replace('#in=', '')
    expect((await visitor.post('/api/auth/link/enter', { token })).status).toBe(200)
    const view = async (query = ''): Promise<View> => (await visitor.get(`/api/shops/demo/view${query}`)).json

    const now = await view()
    expect(Object.keys(now.agents)).toHaveLength(18)
    expect(now.response.first.today.count).toBeGreaterThan(200)
    expect(localTime(Date.parse(now.at), now.timezone).hour).toBeGreaterThanOrEqual(10)
    expect(localTime(Date.parse(now.at), now.timezone).hour).toBeLessThanOrEqual(14)
    const yesterday = await view(`?at=${new Date(Date.parse(now.at) - 24 * 3_600_000).toISOString()}`)
    expect(yesterday.response.first.today.count).toBeGreaterThan(200)
    let later = await view()
    while (later.seq <= now.seq) later = await view()

    expect(await failureOf(startDemo())).toMatch(/^\S+ is in use by process \d+.*\n$/)
    demo.kill('SIGINT')
    expect(await once(demo, 'exit')).toEqual([0, null])
  })

  test('says in one line that its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    expect(await failureOf(startDemo(port))).toMatch(new RegExp(`^Port ${port} on 127.0.0.1 is in use.*\n$`))
    taken.close()
  })
})
