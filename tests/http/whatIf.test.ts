import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Told } from '#server/http/whatIf.ts'
import { cloudEvent, startTestServer, type TestServer } from '../support/server.ts'

const DATE = '2026-11-18'
const at = (time: string) => ({ time: `${DATE}T${time}.000Z` })
let server: TestServer
let shop: string

beforeAll(async () => {
  server = await startTestServer()
  shop = await server.makeShop('tried', 'UTC')
  await server.send(
    shop,
    [
      cloudEvent('agent.registered', 'a1', { name: '小林', queues: ['presales'] }, at('08:00:00')),
      cloudEvent('agent.status_changed', 'a1', { status: 'online' }, at('08:00:00')),
      cloudEvent('conversation.opened', 'c1', { queue: 'presales' }, at('10:00:00')),
      cloudEvent('conversation.assigned', 'c1', { agent: 'a1' }, at('10:00:01')),
      cloudEvent('message.sent', 'c1', { agent: 'a1' }, at('10:00:25')),
      cloudEvent('conversation.opened', 'c2', { queue: 'presales' }, at('14:00:00')),
      cloudEvent('message.sent', 'c2', { agent: 'a1' }, at('14:00:40')),
    ],
    'backfill',
  )
})
afterAll(() => server.close())

const ask = (body: unknown) => server.ask('POST', `/api/shops/${shop}/handbook/what-if`, { body })

async function result(period: string, handbook: object) {
  const { status, text } = await ask({ period, handbook })
  expect(status).toBe(200)
  const told = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Told)
  const last = told.at(-1)
  if (last === undefined || !('result' in last)) throw new Error(text)
  return { ...last.result, told: told.length }
}

const first = ({ rules }: { rules: { rule: string; was: number; would: number }[] }) =>
  rules.find(({ rule }) => rule === 'first_response')

describe('[what-if] over HTTP', () => {
  test('[what-if] a threshold of 20 s would have had one more, at its hour, and says which', async () => {
    const found = await result(DATE, { rules: { first_response: { targetMs: 20_000 } } })
    expect(first(found)).toEqual({ rule: 'first_response', was: 1, would: 2 })
    expect(found.added).toMatchObject([
      { rule: 'first_response', subject: 'c1', at: `${DATE}T10:00:20.000Z`, agent: 'a1' },
    ])
    expect(found.hours[10]).toMatchObject({ was: {}, would: { first_response: 1 } })
    expect(found.hours[14]).toMatchObject({ was: { first_response: 1 }, would: { first_response: 1 } })
    expect(found.hours).toHaveLength(24)
  })

  test('[what-if] one of 60 s would have had none, and a rule that is off none either', async () => {
    const longer = await result(DATE, { rules: { first_response: { targetMs: 60_000 } } })
    expect(longer.gone.map(({ subject }) => subject)).toEqual(['c2'])
    const off = await result(DATE, { rules: { first_response: { on: false } } })
    expect(first(off)).toEqual({ rule: 'first_response', was: 1, would: 0 })
  })

  test('[what-if] conditions are tried too: silence after 2 min instead of 5 rings more often', async () => {
    const found = await result(DATE, { conditions: { source_silent: { raiseMs: 120_000 } } })
    const silent = found.rules.find(({ rule }) => rule === 'source_silent')
    expect(silent?.would).toBe(silent?.was)
    const off = await result(DATE, { conditions: { source_silent: { on: false } } })
    expect(off.gone.filter(({ rule }) => rule === 'source_silent').length).toBe(silent?.was)
    expect(silent?.was).toBeGreaterThan(0)
  })

  test('[what-if] a week is its seven days, and tells how far it is', async () => {
    const week = await result('2026-W47', { rules: { first_response: { targetMs: 20_000 } } })
    expect(first(week)).toEqual({ rule: 'first_response', was: 1, would: 2 })
    expect(week.hours).toHaveLength(7 * 24)
    expect(week.told).toBeGreaterThan(1)
  })

  test('[what-if] nothing is published by it', async () => {
    const head = (await server.ask('GET', `/api/shops/${shop}/events?limit=100`)).json.events.length
    await result(DATE, { rules: { first_response: { targetMs: 20_000 } } })
    expect((await server.ask('GET', `/api/shops/${shop}/events?limit=100`)).json.events.length).toEqual(head)
  })

  test.each([
    [{ period: 'yesterday', handbook: {} }, /^period: expected a date/],
    [{ period: '2099-01-01', handbook: {} }, /^period: expected one that has begun/],
    [{ period: DATE, handbook: { rules: { pack: { targetMs: -1 } } } }, /handbook\.rules\.pack\.targetMs/],
    [{ handbook: {} }, /period/],
  ])('[what-if] %j is refused with the field named', async (body, words) => {
    const { status, json } = await ask(body)
    expect(status).toBe(422)
    expect(json.detail).toMatch(words)
  })
})
