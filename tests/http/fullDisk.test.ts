import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { newDataDir } from '../support/database.ts'
import { spawnServer } from '../support/process.ts'
import { ADMIN_KEY } from '../support/server.ts'

const headers = { authorization: `Bearer ${ADMIN_KEY}` }
/** No file may become larger, in the blocks of 512 bytes that a shell counts in: of the log that the database has begun, 12 of 16 MB. */
const MOST_BLOCKS = 24_576

/** A server whose disk is full before long. */
async function startCramped(dataDir: string) {
  const env = { PATH: process.env.PATH, PORT: '0', ADMIN_KEY, DATA_DIR: dataDir }
  const program = `ulimit -f ${MOST_BLOCKS}; exec "$0" server/main.ts`
  const child = spawn('sh', ['-c', program, process.execPath], { stdio: ['ignore', 'pipe', 'pipe'], env })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const ended = once(child, 'close').then(([code]) => ({ code, said }))
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = JSON.parse(line)
    if (url === undefined) continue
    child.stdout.resume()
    return { url: url as string, ended }
  }
  throw new Error(`the server ended before it listened: ${said}`)
}

test('[L9] where the disk is full the server ends with one line, and all it had acknowledged is there when it starts again', async () => {
  const dataDir = await newDataDir()
  const cramped = await startCramped(dataDir)
  const shop = { method: 'PUT', body: JSON.stringify({ name: 'Main', timezone: 'UTC' }) }
  const json = { ...headers, 'content-type': 'application/json' }
  expect((await fetch(`${cramped.url}/api/shops/main`, { ...shop, headers: json })).status).toBe(201)

  let accepted = 0
  for (let batch = 0; ; batch++) {
    const answer = await send(cramped.url, batch).catch(() => undefined)
    if (answer?.status !== 202) break
    accepted += ((await answer.json()) as { accepted: number }).accepted
  }
  const { code, said } = await cramped.ended
  expect(code).toBe(1)
  expect(said).toMatch(/The database in .* has stopped \(.*\)\. See that there is room on the disk, then start again/)

  const roomy = await spawnServer({ DATA_DIR: dataDir })
  onTestFinished(() => {
    roomy.child.kill('SIGKILL')
  })
  expect(accepted).toBeGreaterThan(0)
  const view = await fetch(`${roomy.url}/api/shops/main/view`, { headers })
  expect(await view.json()).toMatchObject({ seq: accepted })
})

function send(url: string, batch: number): Promise<Response> {
  const events = Array.from({ length: 100 }, (_, i) => ({
    specversion: '1.0',
    id: `e${batch}-${i}`,
    source: 'chat',
    type: 'message.received',
    subject: 'c1',
    time: '2026-11-20T02:00:00Z',
    data: { text: 'x'.repeat(9_000) },
  }))
  const body = JSON.stringify(events)
  const type = { 'content-type': 'application/cloudevents-batch+json' }
  return fetch(`${url}/api/shops/main/events`, { method: 'POST', headers: { ...headers, ...type }, body })
}
