import { expect, test } from 'vitest'
import type { RecordedEvent } from '#core/events.ts'
import { advance, apply, createFloor, drawView, takeAlertChanges } from '#core/floor.ts'
import { storyOf } from '#core/story.ts'
import type { View } from '#core/view.ts'
import { savedAndRead } from '../support/saved.ts'
import { instant, type Line, written } from '../support/written.ts'

/** Shanghai; each event is recorded at the instant it happens. */
type Happening = [time: string, type: string, data?: object]

function viewAt(at: string, happenings: readonly Happening[]): View {
  const floor = createFloor({ shop: 'demo', name: 'Demo', timezone: 'Asia/Shanghai' })
  happenings.forEach(([time, type, data = {}], index) => {
    const instant = Date.parse(`${time}+08:00`)
    const event = { seq: index + 1, id: `e${index}`, source: 'chat', subject: 'c1', recordedAt: instant, time: instant }
    apply(floor, { ...event, type, data } as RecordedEvent)
  })
  advance(floor, Date.parse(`${at}+08:00`))
  return drawView(floor)
}

const opened: Happening = ['2026-11-20T10:00:00.000', 'conversation.opened', { queue: 'presales' }]

test('[first_response] an answer at the very instant of closing beats the close', () => {
  const answered = viewAt('2026-11-20T10:00:20.000', [
    opened,
    ['2026-11-20T10:00:20.000', 'conversation.closed'],
    ['2026-11-20T10:00:20.000', 'message.sent', { agent: 'a1' }],
  ])
  expect(answered.clocks.first_response).toMatchObject({ metToday: 1, breachedToday: 0, open: 0, overdue: 0 })
  expect(answered.agents.a1?.firstToday).toEqual({ count: 1, met: 1, rate: 1 })

  const tooLate = viewAt('2026-11-20T10:00:20.001', [
    opened,
    ['2026-11-20T10:00:20.000', 'conversation.closed'],
    ['2026-11-20T10:00:20.001', 'message.sent', { agent: 'a1' }],
  ])
  expect(tooLate.clocks.first_response).toMatchObject({ metToday: 0, breachedToday: 0 })
})

test('[first_response] what is decided at local midnight counts for the day that begins', () => {
  const late: Happening = ['2026-11-20T23:59:50.000', 'conversation.opened', { queue: 'presales' }]
  const answeredAt = (time: string) =>
    viewAt('2026-11-21T00:00:05.000', [late, [time, 'message.sent', { agent: 'a1' }]])
  expect(answeredAt('2026-11-20T23:59:59.999').response.first.today).toEqual({ count: 0, met: 0 })
  expect(answeredAt('2026-11-21T00:00:00.000').response.first.today).toMatchObject({ count: 1, met: 1, rate: 1 })
})

test('[first_response] recent reaches back to after at − 15 min, up to and including at', () => {
  const answered: Happening[] = [opened, ['2026-11-20T10:00:10.000', 'message.sent', { agent: 'a1' }]]
  const recentAt = (at: string) => viewAt(at, answered).response.first.recent.count
  expect(recentAt('2026-11-20T10:00:10.000')).toBe(1)
  expect(recentAt('2026-11-20T10:15:09.999')).toBe(1)
  expect(recentAt('2026-11-20T10:15:10.000')).toBe(0)
})

test('[auto_reply] called for twice at one instant, by two who are busy one after the other: two alerts, counted as two', () => {
  const told: [string, string, string, object][] = [
    ['10:00:00', 'agent.status_changed', 'a1', { status: 'busy' }],
    ['10:00:00', 'agent.status_changed', 'a2', { status: 'busy' }],
    ['10:00:00', 'conversation.opened', 'c1', { queue: 'presales' }],
    ['10:00:01', 'conversation.assigned', 'c1', { agent: 'a1' }],
    ['10:00:01', 'conversation.assigned', 'c1', { agent: 'a2' }],
  ]
  const floor = createFloor({ shop: 'demo', name: 'Demo', timezone: 'Asia/Shanghai' })
  told.forEach(([time, type, subject, data], i) => {
    const at = Date.parse(`2026-11-20T${time}+08:00`)
    apply(floor, {
      seq: i + 1,
      id: `e${i}`,
      source: 'chat',
      recordedAt: at,
      time: at,
      type,
      subject,
      data,
    } as RecordedEvent)
  })
  advance(floor, Date.parse('2026-11-20T10:00:10+08:00'))
  const busy = () => Object.values(drawView(floor).alerts).filter(({ rule }) => rule === 'auto_reply')
  expect(busy()).toHaveLength(drawView(floor).alertCounts.auto_reply?.breach ?? 0)
  expect(busy().length).toBeGreaterThanOrEqual(2)
  const read = savedAndRead(floor)
  expect(drawView(read)).toEqual(drawView(floor))
})

test('[alerts] met one millisecond too late, the warning goes into the history as the breach it became', () => {
  const floor = createFloor({ shop: 'demo', name: 'Demo', timezone: 'Asia/Shanghai' })
  const happen = (seq: number, time: string, type: string, data: object) => {
    const instant = Date.parse(`${time}+08:00`)
    const event = { seq, id: `e${seq}`, source: 'shop', subject: 'o1', recordedAt: instant, time: instant, type, data }
    apply(floor, event as RecordedEvent)
  }
  happen(1, '2026-11-20T10:00:00.000', 'order.placed', { paid: true })
  // At the very instant at which the breach would be noticed: the event is folded first.
  happen(2, '2026-11-20T10:30:00.001', 'order.confirmed', {})
  const alert = takeAlertChanges(floor).find(({ rule }) => rule === 'order_check')
  expect(alert).toMatchObject({ level: 'breach', state: 'resolved', lateMs: 1 })
  expect(drawView(floor).clocks.order_check).toMatchObject({ breachedToday: 1, overdue: 0 })
  expect(drawView(floor).alertCounts.order_check).toBeUndefined()
})

test('[pickup] durations beyond all calendars, published before they were refused, stop nothing', () => {
  const most = Number.MAX_SAFE_INTEGER
  const handbook = { pickup: { graceMs: most }, rules: { dispatch: { warnAfterMs: most } } }
  const floor = createFloor({ shop: 'demo', name: 'Demo', timezone: 'Asia/Shanghai', handbook })
  const start = Date.parse('2026-11-20T09:00:00+08:00')
  for (const [i, type] of ['order.placed', 'order.confirmed', 'order.packed'].entries()) {
    const at = start + i * 60_000
    const event = { seq: i + 1, id: `e${i}`, source: 'mall', subject: 'o1', recordedAt: at, time: at }
    apply(floor, { ...event, type, data: { paid: true } } as RecordedEvent)
  }
  const clocks = storyOf(floor, 'order', 'o1').clocks
  // The wave of 13:00, and a day.
  expect(clocks.find(({ rule }) => rule === 'pickup')?.dueAt).toBe('2026-11-21T05:00:00.000Z')
  expect(clocks.map(({ rule }) => rule)).toContain('dispatch')
  advance(floor, start + 60 * 86_400_000)
  expect(drawView(floor).clocks.dispatch).toMatchObject({ overdue: 1, atRisk: 0 })
})

test('[calendar] what fills a window ends at its closing instant, not when the next one opens', () => {
  const atClose = (time: string) => viewAt(time, [['2026-11-20T16:00:00.000', 'order.confirmed']]).clocks.pack
  expect(atClose('2026-11-20T17:00:00.000')).toMatchObject({ open: 1, overdue: 0, breachedToday: 0 })
  expect(atClose('2026-11-20T17:00:00.001')).toMatchObject({ open: 0, overdue: 1, breachedToday: 1 })
})

test.each([
  ['over_capacity', 'online'],
  ['busy', 'busy'],
  ['away', 'away'],
])('[auto_reply] %s comes before the first contact of a day that has just begun', (auto, status) => {
  const told = [
    ['20T09:00', 'agent.registered', 'a1', { queues: ['presales'], capacity: 1 }],
    ['20T09:00', 'agent.status_changed', 'a1', { status: 'online' }],
    ['20T23:50', 'conversation.opened', 'c1', { queue: 'presales', customer: 'u1' }],
    ['20T23:50:01', 'message.sent', 'c1', { auto: 'first_contact' }],
    ['20T23:51', 'conversation.assigned', 'c1', { agent: 'a1' }],
    ['20T23:52', 'message.sent', 'c1', { agent: 'a1' }],
    ['20T23:53', 'conversation.opened', 'c2', { queue: 'presales', customer: 'u2' }],
    ['20T23:53:01', 'message.sent', 'c2', { auto: 'first_contact' }],
    ['20T23:54', 'message.sent', 'c2', { agent: 'a1' }],
    // With two of them one is too many; the customer of neither waits.
    ['20T23:55', 'conversation.assigned', 'c2', { agent: 'a1' }],
    ['20T23:56', 'agent.status_changed', 'a1', { status }],
    ['21T00:10', 'message.received', 'c1', {}],
    ['21T00:10:02', 'message.sent', 'c1', { auto }],
  ] as const
  const floor = createFloor({ shop: 'demo', name: 'Demo', timezone: 'Asia/Shanghai' })
  const lines = told.map(([time, type, subject, data]): Line => ({ time: `2026-11-${time}`, type, subject, data }))
  for (const event of written('Asia/Shanghai', lines)) apply(floor, event)
  advance(floor, instant('Asia/Shanghai', '2026-11-21T00:20'))
  expect(drawView(floor).clocks.auto_reply).toEqual({ open: 0, atRisk: 0, overdue: 0, metToday: 1, breachedToday: 0 })
})
