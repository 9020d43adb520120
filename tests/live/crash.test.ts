import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newDataDir } from '../support/database.ts'
import { type ServerProcess, spawnServer } from '../support/process.ts'
import { cloudEvent, testClient } from '../support/server.ts'

const SENDERS = 4
const BATCH = 20

let dataDir: string
let server: ServerProcess
beforeEach(async () => {
  dataDir = await newDataDir()
  server = await spawnServer({ DATA_DIR: dataDir })
})
afterEach(async () => {
  server.child.kill('SIGKILL')
  await server.ended
  await rm(dataDir, { recursive: true, force: true })
})

type Batch = ReturnType<typeof cloudEvent>[]

/** Sends batch after batch over several connections until the server is gone. */
async function sendUntilGone(url: string, end: { after: number; by: () => void }) {
  const acknowledged: Batch[] = []
  const unanswered: Batch[] = []
  const statuses = new Set<number>()
  const client = testClient(url)
  const sender = async () => {
    for (;;) {
      const batch = Array.from({ length: BATCH }, () => cloudEvent('conversation.opened', 'c', { queue: 'presales' }))
      try {
        const type = 'application/cloudevents-batch+json'
        const { status } = await client.ask('POST', '/api/shops/demo/events', { type, body: batch })
        statuses.add(status)
        if (status !== 202) continue
        acknowledged.push(batch)
        if (acknowledged.length === end.after) end.by()
      } catch {
        unanswered.push(batch)
        return
      }
    }
  }
  await Promise.all(Array.from({ length: SENDERS }, sender))
  expect([...statuses]).toEqual([202])
  return { acknowledged, unanswered }
}

async function storedIds(url: string): Promise<string[]> {
  const ids: string[] = []
  for (let after = 0; ; ) {
    const { json } = await testClient(url).ask('GET', `/api/shops/demo/events?after=${after}&limit=10000`)
    for (const event of json.events) {
      expect(event.seq).toBe(++after)
      ids.push(event.id)
    }
    if (json.events.length < 10_000) return ids
  }
}

describe('[L9] what was acknowledged survives', () => {
  test.each([3, 100])(
    '[L9] kill -9 after %d answers: nothing lost, nothing doubled, no request in part',
    async (after) => {
      await testClient(server.url).makeShop('demo')
      const kill = { after, by: () => server.child.kill('SIGKILL') }
      const { acknowledged, unanswered } = await sendUntilGone(server.url, kill)
      await server.ended

      server = await spawnServer({ DATA_DIR: dataDir })
      const ids = await storedIds(server.url)
      expect(new Set(ids).size).toBe(ids.length)
      const there = new Set(ids)
      for (const batch of acknowledged) for (const { id } of batch) expect(there.has(id)).toBe(true)
      for (const batch of unanswered) {
        const present = batch.filter(({ id }) => there.has(id)).length
        expect([0, BATCH]).toContain(present)
      }

      const client = testClient(server.url)
      expect((await client.view('demo')).seq).toBe(ids.length)
      const again = await client.send('demo', [...acknowledged.slice(-5), ...unanswered].flat())
      expect(again.accepted + again.duplicates).toBe((Math.min(5, acknowledged.length) + unanswered.length) * BATCH)
      expect(new Set(await storedIds(server.url)).size).toBe(ids.length + again.accepted)
    },
  )

  test('[L9] told to stop under load: what has come in is finished and answered, then it goes', async () => {
    await testClient(server.url).makeShop('demo')
    const stop = { after: 50, by: () => server.child.kill('SIGTERM') }
    const { acknowledged } = await sendUntilGone(server.url, stop)
    expect(await server.ended).toMatchObject({ code: 0 })
    server = await spawnServer({ DATA_DIR: dataDir })
    expect(await storedIds(server.url)).toHaveLength(acknowledged.length * BATCH)
  })
})
