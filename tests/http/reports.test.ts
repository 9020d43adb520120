import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ReportAnswer } from '#core/report/answer.ts'
import { toCsv } from '#server/reports/csv.ts'
import { cloudEvent, startTestServer, type TestServer } from '../support/server.ts'

const DAY = 86_400_000
const ZONE_AHEAD = 8 * 3_600_000

let server: TestServer
let shop: string
/** Midnight of today in Shanghai. */
const today = Math.floor((Date.now() + ZONE_AHEAD) / DAY) * DAY - ZONE_AHEAD
const date = (daysAgo: number) => new Date(today - daysAgo * DAY + ZONE_AHEAD).toISOString().slice(0, 10)
/** So many days ago at that hour and second of Shanghai. */
const at = (daysAgo: number, hour: number, seconds = 0) => ({
  time: new Date(today - daysAgo * DAY + hour * 3_600_000 + seconds * 1000).toISOString(),
})

beforeAll(async () => {
  server = await startTestServer()
  shop = await server.makeShop('reports')
  const chat = (daysAgo: number, id: string, seconds: number) => [
    cloudEvent('conversation.opened', id, { queue: 'presales' }, at(daysAgo, 10)),
    cloudEvent('conversation.assigned', id, { agent: 'a1' }, at(daysAgo, 10, 1)),
    cloudEvent('message.sent', id, { agent: 'a1', chars: 60, typingMs: 30_000 }, at(daysAgo, 10, seconds)),
    cloudEvent('conversation.closed', id, {}, at(daysAgo, 11)),
  ]
  const before = [...chat(2, 'c1', 20), ...chat(2, 'c2', 20)]
  const after = [
    cloudEvent('order.placed', 'o1', { amount: 3 }, at(1, 9)),
    cloudEvent('agent.registered', 'a1', { name: '=HYPERLINK("x"), 小林', queues: ['presales'] }, at(1, 9)),
    ...chat(1, 'c3', 20),
    ...chat(1, 'c4', 40),
    cloudEvent('platform.sampled', 'web', { visits: 4 }, at(1, 12)),
  ].toSorted((a, b) => (a.time < b.time ? -1 : 1))
  await server.send(
    shop,
    before.toSorted((a, b) => (a.time < b.time ? -1 : 1)),
    'backfill',
  )
  await server.send(shop, after, 'backfill')
  await server.send(shop, [cloudEvent('conversation.opened', 'c9', { queue: 'presales' })])
})
afterAll(() => server.close())

const ask = (path: string, headers = {}) => server.ask('GET', `/api/shops/${shop}/reports/${path}`, { headers })
async function report(period: string): Promise<ReportAnswer> {
  const { status, json, text } = await ask(period)
  if (status !== 200) throw new Error(text)
  return json
}
const figure = ({ report }: ReportAnswer, id: string) => report.figures.find((one) => one.id === id)

describe('[report] over HTTP', () => {
  test('[report] a day that is over: figures, worst cases, and the day before beside it', async () => {
    const answer = await report(date(1))
    expect(figure(answer, 'first_response_rate')).toMatchObject({
      value: 0.5,
      numerator: 1,
      denominator: 2,
      outside: true,
    })
    expect(figure(answer, 'first_response_rate')?.cases).toEqual([
      expect.objectContaining({
        subject: 'c4',
        at: at(1, 10, 30).time,
        lateMs: 10_000,
        agent: 'a1',
        rule: 'first_response',
      }),
    ])
    expect(figure(answer, 'typing_speed')).toMatchObject({ value: 120, ideal: { atLeast: 50 } })
    expect(figure(answer, 'order_conversion')).toMatchObject({ value: 0.25 })
    expect(answer.before).toMatchObject({ period: date(2), figures: { first_response_rate: 1, conversations: 2 } })
    expect(answer).toMatchObject({ previous: date(2), next: date(0), period: { kind: 'day' } })
    expect(answer.weekBefore).toBeUndefined()
    expect(answer.report.soFar).toBeUndefined()
    expect(await report(date(1))).toEqual(answer)
  })

  test('[report] a figure that the events do not tell says why, and not 0', async () => {
    const answer = await report(date(1))
    expect(figure(answer, 'complaints')).toMatchObject({ why: 'no_complaints_reported' })
    expect(figure(answer, 'rating')).toMatchObject({ why: 'no_ratings' })
    expect(figure(answer, 'drop_rate')).toMatchObject({ why: 'no_samples' })
    for (const { value, why } of answer.report.figures) expect([value === undefined, why === undefined]).toContain(true)
  })

  test('[report] today is so far; a day without events is empty', async () => {
    const now = await report(date(0))
    expect(now.report.soFar).toBe(true)
    expect(now.next).toBeUndefined()
    const empty = await report(date(9))
    expect(empty.report.empty).toBe(true)
    expect(empty.before).toBeUndefined()
  })

  test('[report] a week holds its days', async () => {
    const { period, report: week } = await report(weekOf(today - DAY + ZONE_AHEAD))
    expect(period.kind).toBe('week')
    expect(week.steps).toHaveLength(7)
    expect(week.figures.find(({ id }) => id === 'conversations')?.value).toBeGreaterThanOrEqual(2)
  })

  test('[report] CSV opens in a spreadsheet: a byte order mark, Chinese names, no formulas', async () => {
    const figures = await ask(date(1), { accept: 'text/csv' })
    expect(figures.headers.get('content-type')).toMatch(/^text\/csv/)
    expect(figures.headers.get('content-disposition')).toContain(`reports-${date(1)}-figures.csv`)
    expect(figures.text).toContain('首次响应及时率')
    const agents = await server.ask('GET', `/api/shops/${shop}/reports/${date(1)}?format=csv&table=agents`)
    expect(agents.text).toContain(`a1,"'=HYPERLINK(""x""), 小林",2`)
    const nothing = await server.ask('GET', `/api/shops/${shop}/reports/${date(9)}?format=csv&table=triggers`)
    expect(nothing.text).toBe('trigger,count\r\n')
    expect(toCsv([['＝1+1', '＠x', '值守']])).toBe("\uFEFF'＝1+1,'＠x,值守\r\n")
    expect(toCsv([['a', 1, undefined, '@x', -1, 'two\nlines']])).toBe('\uFEFFa,1,,\'@x,-1,"two\nlines"\r\n')
  })

  test('[report] what is written about a figure is in the log, and comes with the report', async () => {
    const period = date(1)
    const body = {
      command: 'annotate',
      period,
      figure: 'first_response_rate',
      cause: '午间缺人',
      followUp: '排班加一人',
      by: '王组长',
    }
    expect((await server.ask('POST', `/api/shops/${shop}/commands`, { body })).status).toBe(200)
    expect((await report(period)).annotations).toEqual([
      {
        figure: 'first_response_rate',
        cause: '午间缺人',
        followUp: '排班加一人',
        by: '王组长',
        at: expect.any(String),
      },
    ])
    expect((await ask(period, { accept: 'text/csv' })).text).toContain('午间缺人,排班加一人')
    const wrong = await server.ask('POST', `/api/shops/${shop}/commands`, { body: { ...body, period: '2026-W60' } })
    expect(wrong).toMatchObject({ status: 422, json: { detail: expect.stringMatching(/^period: /) } })
  })

  test.each(['2026-W54', '2026-02-30', 'yesterday', '2999-01-01', '2999-W01'])(
    '[report] %s is no period to report on',
    async (period) => {
      const { status, json } = await ask(period)
      expect([status, json.detail]).toEqual([422, expect.stringMatching(/^period: /)])
    },
  )
})

/** By Temporal, unlike the product. */
function weekOf(local: number): string {
  const day = Temporal.PlainDate.from(new Date(local).toISOString().slice(0, 10))
  return `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, '0')}`
}
