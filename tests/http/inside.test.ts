import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cloudEvent, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let shop: string
const now = Date.now()
const ago = (seconds: number) => ({ time: new Date(now - seconds * 1000).toISOString() })

beforeAll(async () => {
  server = await startTestServer()
  shop = await server.makeShop('inside')
  await server.send(
    shop,
    [
      cloudEvent('agent.registered', 'a1', { name: '小林', queues: ['presales'] }, ago(300)),
      cloudEvent('agent.status_changed', 'a1', { status: 'online' }, ago(300)),
      cloudEvent('conversation.opened', 'c1', { queue: 'presales' }, ago(200)),
      cloudEvent('conversation.opened', 'c2', { queue: 'presales' }, ago(100)),
      cloudEvent('conversation.assigned', 'c2', { agent: 'a1' }, ago(90)),
    ],
    'backfill',
  )
})
afterAll(() => server.close())

const ask = (path: string) => server.ask('GET', `/api/shops/${shop}/${path}`)

describe('[inside] over HTTP', () => {
  test('[inside] the list behind a figure, now and as of then', async () => {
    const list = await ask('list?figure=queues/presales/waiting')
    expect(list).toMatchObject({ status: 200, json: { figure: 'queues/presales/waiting', count: 2 } })
    expect(list.json.rows.map(({ subject }: { subject: string }) => subject)).toEqual(['c1', 'c2'])
    expect(list.json.rows[1]).toMatchObject({ agent: 'a1', queue: 'presales', since: ago(100).time })
    const then = await ask(`list?figure=queues/presales/waiting&at=${ago(150).time}`)
    expect(then.json).toMatchObject({ count: 1, at: ago(150).time })
  })

  test('[inside] the story of a conversation has its events in order', async () => {
    const { status, json } = await ask('story?kind=conversation&subject=c2')
    expect(status).toBe(200)
    expect(json.events.map(({ type }: { type: string }) => type)).toEqual([
      'conversation.opened',
      'conversation.assigned',
    ])
    expect(json).toMatchObject({ known: true, agent: 'a1', more: false })
    const then = await ask(`story?kind=conversation&subject=c2&at=${ago(95).time}`)
    expect(then.json.events).toHaveLength(1)
  })

  test('[inside] an agent’s day', async () => {
    const { status, json } = await ask('agents/a1/day')
    expect(status).toBe(200)
    expect(json).toMatchObject({ agent: 'a1', name: '小林', load: expect.anything(), breaks: [] })
  })

  test.each([
    ['list?figure=queues/none/waiting', 422, /^figure: /],
    ['list', 400, /figure/],
    ['story?kind=dragon&subject=c1', 400, /kind/],
    ['story?kind=order&subject=c1', 404, /^subject: /],
    ['agents/nobody/day', 404, /^agent: /],
    [`list?figure=alerts/all&at=${new Date(now + 3_600_000).toISOString()}`, 422, /^at: /],
  ])('[inside] %s: %i', async (path, status, detail) => {
    const answer = await ask(path)
    expect(answer.status).toBe(status)
    expect(answer.json.detail).toMatch(detail)
  })

  test('[list] a point of a chart is what the list behind it counts as of then', async () => {
    await server.send(shop, [cloudEvent('message.sent', 'c2', { agent: 'a1' }, ago(30))], 'backfill')
    const span = `from=${ago(240).time}&to=${ago(0).time}&stepMs=60000`
    const { points } = (await ask(`history?${span}`)).json
    expect(new Set(points.map(({ waiting }: { waiting: number }) => waiting)).size).toBeGreaterThan(1)
    for (const { at, waiting, firstRate } of points) {
      expect((await ask(`list?figure=conversations/waiting&at=${at}`)).json.count, at).toBe(waiting)
      const [decided, met] = await Promise.all(
        ['count', 'met'].map(
          async (score) => (await ask(`list?figure=response/first/recent/${score}&at=${at}`)).json.count,
        ),
      )
      expect(decided === 0 ? undefined : met / decided, at).toBe(firstRate)
    }
  })
})
