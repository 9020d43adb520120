import { rm } from 'node:fs/promises'
import { zstdDecompressSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { View } from '#core/view.ts'
import { openDatabase } from '#db/open.ts'
import { simulateDays, TIMEZONE } from '../demo/days.ts'
import { DATABASE_KINDS, newDatabase, type Where } from '../support/database.ts'
import { cloudEvent, startTestServer, type TestServer } from '../support/server.ts'

/** Is nowhere but in what is theirs. */
const CUSTOMER = 'ann.of.the.test@example.com'
const DATE = '2026-11-19'
/** Enough for several snapshots. */
const MOST = 6_000

/** A day of the simulated shop in which one customer is somebody we know. */
function day() {
  const events = simulateDays(5, DATE, 1)
    .slice(0, MOST)
    .map(({ event }) => event)
  const known = events.find(({ type }) => type === 'complaint.opened')?.data as { customer: string }
  const named = events.map((event) => {
    const data = event.data as Record<string, unknown>
    return data.customer === known.customer
      ? { ...event, data: { ...data, customer: CUSTOMER, mail: CUSTOMER } }
      : event
  })
  const opened = named.find(({ type }) => type === 'conversation.opened')!
  const more = { id: 'known', source: 'test', time: opened.time }
  const again = [
    cloudEvent('conversation.opened', 'c-known', { queue: 'presales', customer: CUSTOMER }, { ...more, id: 'k1' }),
    cloudEvent('message.received', 'c-known', { chars: 4, text: CUSTOMER }, { ...more, id: 'k2' }),
    cloudEvent('complaint.opened', 'k-known', { kind: 'service', customer: CUSTOMER }, { ...more, id: 'k3' }),
  ]
  return [...again, ...named].sort((a, b) => Date.parse(a.time) - Date.parse(b.time))
}

/** Everything a database holds, unpacked. */
async function everything(where: Where): Promise<string> {
  const { db, close } = await openDatabase(where)
  const texts: string[] = []
  const tables = await db.introspection.getTables()
  for (const { name } of tables) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db)
    for (const row of rows)
      for (const value of Object.values(row))
        texts.push(
          value instanceof Uint8Array ? unpacked(value) : typeof value === 'string' ? value : JSON.stringify(value),
        )
  }
  await close()
  return texts.join('\n')
}

/** A snapshot is pages one after the other, each pressed by itself. */
function unpacked(bytes: Uint8Array): string {
  const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])
  const all = Buffer.from(bytes)
  const starts: number[] = []
  for (let at = all.indexOf(MAGIC); at >= 0; at = all.indexOf(MAGIC, at + 1)) starts.push(at)
  const pages = starts.map((start, i) => {
    try {
      return zstdDecompressSync(all.subarray(start, starts[i + 1])).toString()
    } catch {
      return ''
    }
  })
  return [all.toString('latin1'), ...pages].join('\n')
}

const lastLine = (text: string) => JSON.parse(text.trim().split('\n').at(-1) ?? '')

describe.each(DATABASE_KINDS)('[keeping] erasing on %s', (kind) => {
  let where: Where
  let server: TestServer
  let instants: number[]
  const views: View[] = []
  const list = async (at?: number) =>
    (
      await server.ask(
        'GET',
        `/api/shops/demo/list?figure=queues/presales/active${at ? `&at=${new Date(at).toISOString()}` : ''}`,
      )
    ).text

  beforeAll(async () => {
    where = await newDatabase(kind)
    server = await startTestServer(where)
    await server.makeShop('demo', TIMEZONE)
    const events = day()
    for (let i = 0; i < events.length; i += 2_000) await server.send('demo', events.slice(i, i + 2_000), 'backfill')
    const unsound = { ...cloudEvent('order.placed', 'o', { customer: CUSTOMER }), time: 'never' }
    await server.ask('POST', '/api/shops/demo/events', { type: 'application/cloudevents-batch+json', body: [unsound] })
    await server.ask('POST', '/api/shops/demo/commands', { body: { command: 'note', text: `called ${CUSTOMER} back` } })
    await server.send('demo', [cloudEvent('stock.changed', 'sku-noted', { onHand: 1, low: 0 })])
    await server.send('demo', [cloudEvent('stock.changed', 'sku-noted', { onHand: 0, low: 0, hot: true })])
    const { alerts } = (await server.ask('GET', '/api/shops/demo/alerts?rule=stock_out&limit=1000')).json
    const noted = alerts.find(({ subject }: { subject: string }) => subject === 'sku-noted')
    const resolve = { command: 'resolve', alert: noted.id, note: `told ${CUSTOMER} by phone` }
    expect((await server.ask('POST', '/api/shops/demo/commands', { body: resolve })).status).toBe(200)
    const first = Date.parse(events[0]?.time ?? '')
    const last = Date.parse(events.at(-1)?.time ?? '')
    instants = Array.from({ length: 12 }, (_, i) => Math.floor(first + ((last - first) * (i + 1)) / 12))
    for (const at of instants) views.push(await server.view('demo', at))
    expect((await server.ask('GET', `/api/shops/demo/reports/${DATE}`)).status).toBe(200)
  })
  afterAll(async () => {
    await server.close()
    await rm(where.dataDir, { recursive: true, force: true })
  })

  test('[keeping] what it would touch is told, and nothing is done', async () => {
    const looked = await server.ask('POST', '/api/shops/demo/erasures/look', { body: { customer: CUSTOMER } })
    const { result } = lastLine(looked.text)
    expect(result).toMatchObject({ complaints: 2, rejected: 1 })
    expect(result.events).toBeGreaterThan(4)
    expect((await server.ask('GET', '/api/shops/demo/events?after=0&limit=10000')).text).toContain(CUSTOMER)
    const nobody = await server.ask('POST', '/api/shops/demo/erasures', { body: { customer: 'nobody of that name' } })
    expect(lastLine(nobody.text).result).toMatchObject({ events: 0, rejected: 0 })
    expect((await server.ask('GET', '/api/shops/demo/erasures')).json.erasures).toEqual([])
  })

  test('[keeping] afterwards every figure is what it was, and the name is nowhere', async () => {
    const report = (await server.ask('GET', `/api/shops/demo/reports/${DATE}`)).json.report
    const asked = { customer: CUSTOMER, reason: 'asked by letter' }
    const { result } = lastLine((await server.ask('POST', '/api/shops/demo/erasures', { body: asked })).text)
    expect(result.pseudonym).toMatch(/^erased-[0-9a-f]{18}$/)
    for (const [i, at] of instants.entries()) expect(await server.view('demo', at)).toEqual(views[i])
    expect((await server.ask('GET', `/api/shops/demo/reports/${DATE}`)).json.report).toEqual(report)
    const story = await server.ask('GET', '/api/shops/demo/story?kind=conversation&subject=c-known')
    expect(story.json.customer ?? story.text).toContain(result.pseudonym)
    const told = [
      story.text,
      await list(instants[5]),
      await list(),
      (await server.ask('GET', '/api/shops/demo/rejected')).text,
    ]
    const alerts = (await server.ask('GET', '/api/shops/demo/alerts?rule=stock_out&limit=1000')).text
    expect(alerts).toContain(`told ${result.pseudonym} by phone`)
    told.push(alerts)
    const exported = await server.ask('GET', '/api/shops/demo/export')
    for (const text of [...told, exported.text]) expect(text).not.toContain(CUSTOMER)
    const { erasures } = (await server.ask('GET', '/api/shops/demo/erasures')).json
    expect(erasures).toMatchObject([{ pseudonym: result.pseudonym, reason: 'asked by letter' }])
    const record = await server.ask('GET', '/api/shops/demo/audit?action=erased')
    expect(record.json.entries).toMatchObject([{ target: result.pseudonym }])
    expect(record.text).not.toContain(CUSTOMER)
  })

  test('[keeping] the floor goes on, and after a restart it is the same; no table holds the name', async () => {
    const type = 'application/cloudevents-batch+json'
    const sent = await server.ask('POST', '/api/shops/demo/events', {
      type,
      body: [cloudEvent('message.received', 'c-known', { chars: 3 })],
    })
    expect(sent.json).toMatchObject({ accepted: 1 })
    const before = await server.view('demo')
    await server.close()
    expect(await everything(where)).not.toContain(CUSTOMER)
    server = await startTestServer(where)
    expect(await server.view('demo', before.at)).toEqual(before)
    for (const [i, at] of instants.entries()) expect(await server.view('demo', at)).toEqual(views[i])
    expect(await list()).not.toContain(CUSTOMER)
  })
})
