import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cloudEvent, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let shop: string
let count = 0
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  shop = await server.makeShop(`book-${++count}`)
})

const path = (more = '') => `/api/shops/${shop}/handbook${more}`
const ask = async (more = '') => (await server.ask('GET', path(more))).json
const publish = (body: object, key?: string) =>
  server.ask('PUT', path(), { body: { reason: 'Tried out', expectedVersion: 0, ...body }, ...(key && { key }) })
const packIn = (targetMs: number) => ({ rules: { pack: { targetMs } } })
const soon = (ms = 3_600_000) => new Date(Date.now() + ms).toISOString()

describe('[handbook] over HTTP', () => {
  test('[handbook] as shipped: every rule with its section, figures, calendar and desk', async () => {
    const answer = await ask()
    expect(answer).toMatchObject({ shop, version: 0, handbook: {}, timezone: 'Asia/Shanghai' })
    expect(answer.rules).toHaveLength(32)
    expect(answer.rules.find(({ id }: { id: string }) => id === 'auto_reply')).toMatchObject({
      section: '2.3-3',
      ours: true,
    })
    expect(answer.whole.rules.pack).toEqual({ on: true, warns: true, targetMs: 3_600_000, remindMs: 900_000 })
    expect(answer.whole).toEqual(answer.shipped)
    expect((await ask('/versions')).versions).toEqual([])
  })

  test('[handbook] what is published holds at once, with who, why and what it changed', async () => {
    const { status, json } = await publish({ handbook: packIn(600_000), by: '王经理' })
    expect([status, json.planned]).toEqual([200, false])
    const answer = await ask()
    expect(answer).toMatchObject({
      version: json.version,
      handbook: packIn(600_000),
      inForce: { by: '王经理', reason: 'Tried out', version: json.version, state: 'inForce' },
    })
    expect(answer.whole.rules.pack.targetMs).toBe(600_000)
    await server.send(shop, [cloudEvent('order.confirmed', 'o1')])
    const story = await server.ask('GET', `/api/shops/${shop}/story?kind=order&subject=o1`)
    const clock = story.json.clocks.find(({ rule }: { rule: string }) => rule === 'pack')
    expect(Date.parse(clock.dueAt) - Date.parse(clock.startAt)).toBeGreaterThanOrEqual(600_000)
    expect((await ask('/versions')).versions).toMatchObject([
      { differences: [{ path: 'rules.pack.targetMs', from: 3_600_000, to: 600_000 }] },
    ])
  })

  test('[handbook] who was registered without a capacity carries that of the tier, at once; an own one wins', async () => {
    await server.send(shop, [
      cloudEvent('agent.registered', 'a1', { name: 'A', queues: [], tier: 'junior' }),
      cloudEvent('agent.registered', 'a2', { name: 'B', queues: [], tier: 'junior', capacity: 9 }),
      cloudEvent('agent.registered', 'a3', { name: 'C', queues: [] }),
    ])
    const capacities = async () => Object.values((await server.view(shop)).agents).map(({ capacity }) => capacity)
    expect(await capacities()).toEqual([undefined, 9, undefined])
    const { json } = await publish({ handbook: { capacities: { junior: 4 } } })
    expect(await capacities()).toEqual([4, 9, undefined])
    expect((await publish({ handbook: {}, expectedVersion: json.version })).status).toBe(200)
    expect(await capacities()).toEqual([undefined, 9, undefined])
    const wrong = await publish({ handbook: { capacities: { junior: -1 } } })
    expect([wrong.status, wrong.json.errors[0].field]).toEqual([422, 'handbook.capacities.junior'])
  })

  test('[handbook] one for later is seen as planned, and gives way to the next that is published', async () => {
    const effectiveAt = soon()
    const plan = (await publish({ handbook: packIn(600_000), effectiveAt })).json
    expect(plan).toMatchObject({ planned: true, effectiveAt })
    expect(await ask()).toMatchObject({
      handbook: {},
      version: plan.version,
      planned: { effectiveAt, state: 'planned' },
    })
    const back = await publish({ handbook: {}, expectedVersion: plan.version, reason: 'Not now' })
    expect(back.status).toBe(200)
    const answer = await ask()
    expect(answer.planned).toBeUndefined()
    const { versions } = await ask('/versions')
    expect(versions.map(({ state }: { state: string }) => state)).toEqual(['inForce', 'withdrawn'])
  })

  test('[handbook] 409 says what another published meanwhile', async () => {
    await publish({ handbook: packIn(600_000), by: '王经理' })
    const { status, json } = await publish({ handbook: packIn(300_000), by: '李经理' })
    expect(status).toBe(409)
    expect(json.now).toMatchObject({ by: '王经理', reason: 'Tried out', handbook: packIn(600_000) })
    const both = await Promise.all(
      [1, 2].map((n) => publish({ handbook: packIn(n * 1000), expectedVersion: json.now.version })),
    )
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 409])
  })

  const hours = (...mon: [string, string][]) => ({ calendars: { service: { week: { mon } } } })
  test.each<[field: string, body: object]>([
    ['handbook.rules.dragon', { handbook: { rules: { dragon: { on: true } } } }],
    ['handbook.rules.pickup.targetMs', { handbook: { rules: { pickup: { targetMs: 1000 } } } }],
    ['handbook.rules.pack.targetMs', { handbook: packIn(0) }],
    ['handbook.rules.pack.targetMS', { handbook: { rules: { pack: { targetMS: 5 } } } }],
    ['handbook.rules.pack.warnAfterMs', { handbook: { rules: { pack: { warnAfterMs: 3_600_000 } } } }],
    [
      'handbook.rules.dispatch.warnAfterMs',
      { handbook: { rules: { dispatch: { warnAfterMs: 9_007_199_254_740_991 } } } },
    ],
    ['handbook.rules.delivery_promise.targetMs', { handbook: { rules: { delivery_promise: { targetMs: 8e15 } } } }],
    ['handbook.conditions.queue_depth.raiseMs', { handbook: { conditions: { queue_depth: { raiseMs: 8e15 } } } }],
    ['handbook.pickup.graceMs', { handbook: { pickup: { graceMs: 86_400_000 } } }],
    ['handbook.conditions.rain', { handbook: { conditions: { rain: {} } } }],
    ['handbook.conditions.stock_out.raise', { handbook: { conditions: { stock_out: { raise: 1 } } } }],
    ['handbook.conditions.queue_depth.clear', { handbook: { conditions: { queue_depth: { clear: 11 } } } }],
    ['handbook.conditions.response_rate.clear', { handbook: { conditions: { response_rate: { clear: 0.8 } } } }],
    ['handbook.calendars.service.week.mon', { handbook: hours(['08:00', '13:00'], ['12:00', '20:00']) }],
    ['handbook.calendars.service.week.mon.0', { handbook: hours(['20:00', '08:00']) }],
    ['handbook.calendars.service.week', { handbook: hours() }],
    ['handbook.calendars.holidays.0', { handbook: { calendars: { holidays: ['2026-02-30'] } } }],
    ['handbook.calendars.makeup.0', { handbook: { calendars: { holidays: ['2026-10-10'], makeup: ['2026-10-10'] } } }],
    [
      'handbook.pickup.waves.1',
      {
        handbook: {
          pickup: {
            waves: [
              { at: '13:00', before: '13:00' },
              { at: '10:00', before: '09:00' },
            ],
          },
        },
      },
    ],
    ['reason', { handbook: {}, reason: ' ' }],
    ['expectedVersion', { handbook: {}, expectedVersion: undefined }],
  ])('[handbook] 422 names %s', async (field, body) => {
    const { status, json } = await publish(body)
    expect(status).toBe(422)
    expect(json.errors.map((error: { field: string }) => error.field)).toContain(field)
    expect(json.detail).toContain(field)
  })

  test('[handbook] never for the past, and never for nothing', async () => {
    const past = await publish({ handbook: packIn(1000), effectiveAt: soon(-1000) })
    expect([past.status, past.json.detail]).toEqual([422, expect.stringMatching(/^effectiveAt: /)])
    const same = await publish({ handbook: packIn(3_600_000) })
    expect([same.status, same.json.detail]).toEqual([422, expect.stringMatching(/^handbook: /)])
  })

  test('[handbook] out as a file, and in again at another shop', async () => {
    await publish({ handbook: packIn(600_000) })
    const file = await server.ask('GET', path('/export'))
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="handbook-book-\d+-1\.json"$/)
    shop = await server.makeShop(`book-${++count}`)
    expect((await publish(file.json)).status).toBe(200)
    expect(await ask()).toMatchObject({ handbook: packIn(600_000) })
  })

  test('[handbook] whoever may only read may not publish', async () => {
    const key = await server.makeKey(['read'], shop)
    expect((await server.ask('GET', path(), { key })).status).toBe(200)
    expect((await publish({ handbook: packIn(1000) }, key)).status).toBe(403)
  })
})

describe('[what-if] over HTTP', () => {
  const yesterday = new Date(Date.now() + 8 * 3_600_000 - 86_400_000).toISOString().slice(0, 10)
  const at = (time: string) => ({ time: `${yesterday}T${time}:00+08:00` })
  const tryOut = async (body: object) => {
    const { status, text, json } = await server.ask('POST', path('/what-if'), { body })
    return {
      status,
      json,
      lines: text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    }
  }

  test('[what-if] yesterday under another target, hour by hour beside what was', async () => {
    const events = [
      cloudEvent('order.confirmed', 'o1', {}, at('10:00')),
      cloudEvent('order.packed', 'o1', {}, at('10:30')),
      cloudEvent('order.confirmed', 'o2', {}, at('11:00')),
      cloudEvent('order.packed', 'o2', {}, at('12:30')),
    ]
    await server.send(shop, events, 'backfill')
    const { lines } = await tryOut({ period: yesterday, handbook: packIn(600_000) })
    const { result } = lines.at(-1)
    const pack = result.rules.find(({ rule }: { rule: string }) => rule === 'pack')
    expect(pack).toMatchObject({ was: 1, tried: 2 })
    expect(result.hours).toHaveLength(24)
    expect([pack.hours.was[12], pack.hours.tried[10], pack.hours.tried[11]]).toEqual([1, 1, 1])
    expect(result.added.breaches).toMatchObject([{ rule: 'pack', subject: 'o1' }])
    expect(result.gone.count).toBe(0)
    expect((await server.ask('GET', `/api/shops/${shop}/events`)).json.events).toHaveLength(events.length)
  })

  test.each<[field: RegExp, body: object]>([
    [/^period: /, { period: 'tomorrow', handbook: {} }],
    [/^period: /, { period: '2099-01-01', handbook: {} }],
    [/handbook.rules.pack.targetMs/, { period: yesterday, handbook: packIn(0) }],
    [/handbook.rules.dragon/, { period: yesterday, handbook: { rules: { dragon: {} } } }],
  ])('[what-if] 422 says %s', async (detail, body) => {
    const { status, json } = await tryOut(body)
    expect([status, json.detail]).toEqual([422, expect.stringMatching(detail)])
  })
})
