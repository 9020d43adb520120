import { describe, expect, test } from 'vitest'
import type { RecordedEvent } from '#core/events.ts'
import {
  type AlertRecord,
  advance,
  apply,
  createFloor,
  drawView,
  type Floor,
  following,
  takeAlertChanges,
} from '#core/floor.ts'
import { WEEK } from '#core/handbookDefaults.ts'
import type { HandbookChanges } from '#core/shop.ts'
import type { View } from '#core/view.ts'
import type { Line } from '../support/written.ts'
import { instant, written } from '../support/written.ts'

const timezone = 'Asia/Shanghai'
const day = (time: string) => (time.includes('T') ? `2026-11-${time}` : `2026-11-20T${time}`)

/** `09:00 order.placed o1`, and when it was recorded if that was later. */
function line(text: string, data: object = {}, recorded?: string): Line {
  const [time, type, subject] = text.split(' ') as [string, Line['type'], string]
  return { time: day(time), type, subject, data, ...(recorded ? { recorded: day(recorded) } : {}) }
}

function viewAt(time: string, ...lines: Line[]): View {
  return drawView(floorAt(time, lines))
}

function floorAt(time: string, lines: Line[], handbook: HandbookChanges = {}): Floor {
  const floor = createFloor({ shop: 'demo', name: 'Demo', timezone, handbook })
  const at = instant(timezone, day(time))
  const events: RecordedEvent[] = written(timezone, lines)
  for (const event of events) if (event.recordedAt <= at) apply(floor, event)
  advance(floor, at)
  return floor
}

const alertsOf = (view: View, rule: string) => Object.values(view.alerts).filter((alert) => alert.rule === rule)

describe('[auto_reply] one call a spell', () => {
  test('a customer who writes on past midnight is greeted anew on the new day', () => {
    const lines = [
      line('23:56 conversation.opened c1', { queue: 'presales' }),
      line('21T00:01 message.received c1'),
      line('21T00:02 message.received c1'),
    ]
    expect(viewAt('20T23:59', ...lines).clocks.auto_reply!.breachedToday).toBe(1)
    expect(viewAt('21T00:03', ...lines).clocks.auto_reply).toMatchObject({ overdue: 2, breachedToday: 1 })
  })

  test('an opening that becomes known after the first message calls for nothing more', () => {
    const lines = [
      line('12:20:28 message.received c1', {}, '12:21'),
      line('12:20:23 conversation.opened c1', { queue: 'presales', customer: 'u1' }, '12:21'),
    ]
    expect(viewAt('12:30', ...lines).clocks.auto_reply!.breachedToday).toBe(1)
  })
})

describe('[auto_reply] what is open, and what was just closed', () => {
  test('opening an open conversation calls for nothing', () => {
    const lines = [
      line('09:00 conversation.opened c1', { queue: 'presales' }),
      line('09:01 conversation.assigned c1', { agent: 'a1' }),
      line('09:02 agent.status_changed a1', { status: 'busy' }),
      line('09:03 conversation.opened c1', { queue: 'aftersales' }),
      line('09:00 conversation.opened c1', { queue: 'presales' }, '09:04'),
    ]
    expect(viewAt('10:00', ...lines).clocks.auto_reply!.breachedToday).toBe(1)
  })

  test('opening an open conversation tells who has been greeted that day', () => {
    const lines = [
      line('09:00 message.received c1'),
      line('09:03 conversation.opened c1', { queue: 'presales', customer: 'u1' }),
      line('09:05 conversation.opened c2', { queue: 'presales', customer: 'u1' }),
    ]
    expect(viewAt('10:00', ...lines).clocks.auto_reply!.breachedToday).toBe(1)
  })

  test('a close at the instant of the next opening does not void what the opening calls for', () => {
    const lines = [
      line('09:00 conversation.opened c1', { queue: 'presales' }),
      line('21T09:00 conversation.closed c1'),
      line('21T09:00 message.received c1'),
    ]
    expect(viewAt('21T09:01', ...lines).clocks.auto_reply).toMatchObject({ overdue: 1, breachedToday: 1 })
  })

  test('a close heard of late takes back what an assignment after it called for', () => {
    const lines = [
      line('09:00 agent.status_changed a1', { status: 'busy' }),
      line('09:01 conversation.opened c1', { queue: 'presales' }),
      line('09:03 conversation.assigned c1', { agent: 'a1' }),
      line('09:02 conversation.closed c1', {}, '09:10'),
    ]
    expect(viewAt('09:09', ...lines).clocks.auto_reply).toMatchObject({ overdue: 2, breachedToday: 2 })
    expect(viewAt('09:10', ...lines).clocks.auto_reply).toMatchObject({ overdue: 0, breachedToday: 1 })
  })
})

describe('[reply_wait] two waits of one instant', () => {
  test('stay two when the second is heard of late', () => {
    const lines = [
      line('09:00 conversation.opened c1', { queue: 'presales' }),
      line('09:00:05 message.sent c1'),
      line('09:01 message.received c1'),
      line('09:01 message.sent c1'),
      line('09:01:20 message.sent c1'),
      line('09:01 message.received c1', {}, '09:02'),
    ]
    expect(viewAt('09:01:30', ...lines).clocks.reply_wait!.metToday).toBe(1)
    expect(viewAt('09:02', ...lines).clocks.reply_wait!.metToday).toBe(2)
  })
})

describe('[conditions] judged by what is known now', () => {
  const away = (view: View) => alertsOf(view, 'away_too_long').map(({ since }) => since)

  test('an agent found to have been back in between is not away too long', () => {
    const lines = [
      line('12:00 agent.status_changed a1', { status: 'away' }),
      line('12:39 agent.status_changed a1', { status: 'online' }, '12:41'),
      line('12:40 agent.status_changed a1', { status: 'away' }, '12:41'),
    ]
    expect(away(viewAt('12:40', ...lines))).toHaveLength(1)
    expect(away(viewAt('12:41', ...lines))).toEqual([])
    expect(away(viewAt('13:11', ...lines))).toEqual(['2026-11-20T05:10:00.001Z'])
  })

  test('an agent who says it is at a meal may be away for as long as a meal', () => {
    const lines = [
      line('12:00 agent.status_changed a1', { status: 'away' }),
      line('12:45 agent.status_changed a1', { status: 'away', reason: 'meal' }),
    ]
    expect(away(viewAt('12:44', ...lines))).toHaveLength(1)
    expect(away(viewAt('12:45', ...lines))).toEqual([])
    expect(away(viewAt('13:01', ...lines))).toEqual(['2026-11-20T05:00:00.001Z'])
  })

  test('what ends at the very instant a queue would have been deep long enough does not ring', () => {
    const opened = Array.from({ length: 11 }, (_, n) => line(`09:00 conversation.opened c${n}`, { queue: 'presales' }))
    const ended = line('09:00:15 conversation.closed c0')
    expect(alertsOf(viewAt('09:01', ...opened), 'queue_depth')).toHaveLength(1)
    expect(alertsOf(viewAt('09:01', ...opened, ended), 'queue_depth')).toEqual([])
  })

  test('one that was off rings once switched on, days after its subject was last heard of', () => {
    const off = { handbook: { conditions: { no_agent: { on: false } } } }
    const lines = [
      line('08:00 handbook.changed demo', off),
      line('17:00 conversation.opened c1', { queue: 'presales' }),
      line('22T08:00:01 handbook.changed demo', { handbook: {} }),
    ]
    expect(alertsOf(viewAt('22T08:00:15', ...lines), 'no_agent')).toEqual([])
    expect(alertsOf(viewAt('22T08:00:16', ...lines), 'no_agent')).toMatchObject([{ subject: 'presales' }])
  })
})

describe('[alerts] of a clock that is timed anew', () => {
  test('tell the due instant it has now', () => {
    const lines = [
      line('08:59 order.packed o1'),
      line('09:01 order.bound o1'),
      line('08:30 order.placed o1', { contract: true }, '11:00'),
    ]
    const dueAt = (time: string) => alertsOf(viewAt(time, ...lines), 'tracking_entry').map((alert) => alert.dueAt)
    expect(dueAt('10:59')).toEqual(['2026-11-20T01:05:00.000Z'])
    expect(dueAt('11:00')).toEqual(['2026-11-20T01:06:00.000Z'])
  })
})

describe('[delivery_promise] of an order told of twice', () => {
  test('goes by the region that was told first, whenever it is heard', () => {
    const lines = [
      line('09:05 order.placed o1', { paid: false, region: 'city' }),
      line('09:10 order.paid o1'),
      line('09:00 order.placed o1', { paid: false, region: 'township' }, '12:00'),
    ]
    const dueAt = (time: string) => alertsOf(viewAt(time, ...lines), 'delivery_promise').map((alert) => alert.dueAt)
    expect(dueAt('25T23:00')).toEqual([])
    expect(dueAt('28T23:00')).toEqual(['2026-12-01T15:59:59.999Z'])
  })
})

describe('[clocks] of a rule switched off', () => {
  const off = { handbook: { rules: { pack: { on: false } } } }

  test('leave the view', () => {
    const lines = [line('10:30 order.confirmed o1'), line('11:00 handbook.changed demo', off)]
    expect(viewAt('10:59', ...lines).clocks.pack).toMatchObject({ open: 1 })
    expect(viewAt('11:00', ...lines).clocks).not.toHaveProperty('pack')
  })

  test('stay with what was decided today until the day is over', () => {
    const lines = [line('09:00 order.confirmed o1'), line('11:00 handbook.changed demo', off)]
    expect(viewAt('10:59', ...lines).clocks.pack).toMatchObject({ overdue: 1, breachedToday: 1 })
    expect(viewAt('11:00', ...lines).clocks.pack).toMatchObject({ open: 0, overdue: 0, breachedToday: 1 })
    expect(viewAt('23:59:59.999', ...lines).clocks.pack).toMatchObject({ breachedToday: 1 })
    expect(viewAt('21T00:00', ...lines).clocks).not.toHaveProperty('pack')
  })
})

describe('[handbook] a clock starts under the version then in force', () => {
  const unpaid = line('09:00 order.placed o1', { paid: false })

  test('one still to start is timed anew when the handbook changes', () => {
    const slow = { handbook: { rules: { payment_followup_2: { warnAfterMs: 60 * 60_000 } } } }
    const lines = [unpaid, line('10:00 handbook.changed demo', slow)]
    expect(viewAt('21T08:59', ...lines).clocks.payment_followup_2).toMatchObject({ open: 1, atRisk: 0 })
    expect(viewAt('21T09:00', ...lines).clocks.payment_followup_2).toMatchObject({ open: 1, atRisk: 1 })
  })

  test('one that has started keeps its start, however the opening hours change', () => {
    const shut = { handbook: { calendars: { service: { week: {} } } } }
    const lines = [unpaid, line('10:00 handbook.changed demo', shut), line('11:00 order.held o1')]
    expect(viewAt('11:00', ...lines).clocks.payment_followup_1).toMatchObject({ open: 1 })
  })
})

describe('[hold_followup] a hold heard of late', () => {
  test('moves the start: the alert of the start that is no more goes with it', () => {
    const lines = [
      line('09:00 order.placed o1', { paid: false }),
      line('09:10 order.held o1'),
      line('09:05 order.held o1', {}, '21T09:52'),
      line('21T09:54 order.released o1'),
    ]
    expect(alertsOf(viewAt('21T09:51', ...lines), 'hold_followup')).toMatchObject([
      { level: 'warn', dueAt: '2026-11-21T02:10:00.000Z' },
    ])
    expect(alertsOf(viewAt('21T09:53', ...lines), 'hold_followup')).toMatchObject([
      { level: 'warn', dueAt: '2026-11-21T02:05:00.000Z' },
    ])
    expect(alertsOf(viewAt('21T09:55', ...lines), 'hold_followup')).toEqual([])
  })
})

describe('[alerts] how a breach ended', () => {
  const packed = [line('09:00 order.confirmed o1'), line('09:01 order.packed o1')]
  const cancelled = line('09:20 order.cancelled o1', {}, '10:00')
  const tracked = line('09:40 order.tracked o1', {}, '10:01')

  test.each([
    ['the cancelling heard of first', [cancelled, tracked]],
    ['the tracking heard of first', [tracked, { ...cancelled, recorded: day('10:02') }]],
  ])('[L7] is told the same, %s', (_, lines) => {
    const floor = floorAt('11:00', [...packed, ...lines])
    const told = takeAlertChanges(floor).find(({ rule }) => rule === 'tracking_entry')
    expect(told).toMatchObject({ level: 'breach', state: 'resolved', resolvedAt: Date.parse('2026-11-20T01:20:00Z') })
    expect(told?.lateMs).toBeUndefined()
  })
})

test.each([
  ['a millisecond before it was due', '09:39:59.999'],
  ['as it fell due', '09:40:00.000'],
])('[alerts] a breach that is withdrawn stood until that was known, tracked %s', (_, tracked) => {
  const floor = floorAt('11:00', [
    line('09:35 order.packed o1'),
    line('10:15 agent.registered a1', { name: 'Ann', queues: [] }),
    line(`${tracked} order.tracked o1`, {}, '10:15'),
  ])
  const told = takeAlertChanges(floor).find(({ rule }) => rule === 'tracking_entry')
  expect(told).toMatchObject({ withdrawn: true, openedAt: at('09:40'), resolvedAt: at('10:15') })
})

test('[L7] how late a supplier was called is told by the first call, though it was heard of last', () => {
  const floor = floorAt('11:00', [
    line('08:50 stock.changed s1', { onHand: 9, hot: true }),
    line('09:00 stock.changed s1', { onHand: 0, hot: true }),
    line('09:30 stock.supplier_contacted s1'),
    line('09:15 stock.supplier_contacted s1', {}, '09:40'),
  ])
  const told = takeAlertChanges(floor).find(({ rule }) => rule === 'supplier_contact')
  expect(told).toMatchObject({ level: 'breach', state: 'resolved', lateMs: 5 * 60_000 })
})

/** What is told of a rule's alert, taken after each of the lines, or only in the end. */
function toldOf(rule: string, lines: Line[], often: boolean) {
  const floor = createFloor({ shop: 'demo', name: 'Demo', timezone })
  let told: AlertRecord | undefined
  for (const event of written(timezone, lines)) {
    apply(floor, event)
    if (!often && event.seq < lines.length) continue
    const now = takeAlertChanges(floor).find((one) => one.rule === rule)
    if (now !== undefined) told = following(told, now)
  }
  return told
}
const at = (time: string) => instant(timezone, day(time))

describe('[L1] what is told of a chat that is over is the same, taken after each event or in the end', () => {
  test.each([true, false])('that it had been heard of late: %s', (often) => {
    const lines = [
      line('10:01:40 agent.status_changed a1', { status: 'online' }),
      line('10:00 conversation.opened c1', { queue: 'q' }, '10:01:40'),
      line('10:02:30 conversation.closed c1'),
      line('10:03:20 agent.status_changed a1', { status: 'busy' }),
      line('10:02:20 message.sent c1', { agent: 'a1' }, '10:03:20'),
      line('10:03:21 agent.status_changed a1', { status: 'online' }),
    ]
    expect(toldOf('first_response', lines, often)).toMatchObject({
      openedAt: at('10:01:40'),
      resolvedAt: at('10:02:20'),
      lateMs: 110_000,
    })
  })

  test('whose it was, and who had taken it', () => {
    const lines = [
      line('10:00 conversation.opened c1', { queue: 'q' }),
      line(`10:00:35 alert.acknowledged first_response/conversation/c1/${at('10:00').toString(36)}`, { by: 'ann' }),
      line('10:00:45 conversation.assigned c1', { agent: 'a1' }),
      line('10:00:50 message.sent c1'),
      line('10:01 conversation.closed c1'),
      line('10:01:10 agent.status_changed a1', { status: 'online' }),
      line('10:00:40 message.sent c1', {}, '10:01:10'),
    ]
    expect(toldOf('first_response', lines, true)).toEqual(toldOf('first_response', lines, false))
    expect(toldOf('first_response', lines, true)).toMatchObject({ lateMs: 10_000, acknowledgedBy: 'ann' })
  })
})

describe('[auto_reply] what answers, and what is one spell', () => {
  test('an auto-reply before the episode answers nothing in it, be it at the same instant', () => {
    const auto = line('09:00:10 message.sent c1', { auto: 'first_contact', agent: 'a1' })
    const opened = line('09:00:10 conversation.opened c1', { queue: 'q' })
    expect(viewAt('09:00:12', auto, opened).clocks.auto_reply).toMatchObject({ open: 1, metToday: 0 })
    expect(viewAt('09:00:12', opened, auto).clocks.auto_reply).toMatchObject({ open: 0, metToday: 1 })
  })

  test('an agent who turns out to have been away for longer is away as before', () => {
    const lines = [
      line('09:00:00 conversation.opened c1', { queue: 'q' }),
      line('09:00:01 message.sent c1', { auto: 'first_contact' }),
      line('09:00:02 conversation.assigned c1', { agent: 'a1' }),
      line('09:00:20 agent.status_changed a1', { status: 'away' }),
      line('09:00:25 message.received c1'),
      line('09:00:26 message.sent c1', { auto: 'away' }),
      line('09:00:10 agent.status_changed a1', { status: 'away' }, '09:00:40'),
      line('09:00:50 message.received c1'),
    ]
    expect(viewAt('09:01', ...lines).clocks.auto_reply).toMatchObject({ metToday: 2, breachedToday: 0, overdue: 0 })
  })
})

describe('[L7] a settled breach whose start turns out to be another', () => {
  test.each([true, false])('is told by what it is due now, taken after each event: %s', (often) => {
    const lines = [
      line('11:00 order.confirmed o1'),
      line('12:30 order.packed o1'),
      line('13:00 inquiry.left i1'),
      line('10:00 order.confirmed o1', {}, '13:00'),
      line('13:05 inquiry.answered i1'),
    ]
    const [dueAt, lateMs] = [at('11:00'), 90 * 60_000]
    expect(toldOf('pack', lines, often)).toMatchObject({
      dueAt,
      openedAt: at('13:00'),
      resolvedAt: at('13:00'),
      lateMs,
    })
  })

  test.each([true, false])('was none: the one that was shown is withdrawn as it was shown: %s', (often) => {
    const lines = [
      line('10:00 order.packed o1'),
      line('10:28 order.bound o1'),
      line('10:30 order.tracked o1'),
      line('09:00 order.placed o1', { contract: true }, '10:40'),
    ]
    const shown = { dueAt: at('10:05'), openedAt: at('10:05'), withdrawn: true }
    expect(toldOf('tracking_entry', lines, often)).toMatchObject(shown)
    expect(viewAt('10:41', ...lines).clocks.tracking_entry).toMatchObject({ metToday: 1, breachedToday: 0 })
  })
})

test('[stock] a supplier called at the very instant the SKU is well again was called late, not never', () => {
  const floor = floorAt('13:00', [
    line('09:00 stock.changed s1', { onHand: 5 }),
    line('11:00 stock.changed s1', { onHand: 0 }),
    line('12:30 stock.changed s1', { onHand: 9 }),
    line('12:30 stock.supplier_contacted s1'),
  ])
  const told = takeAlertChanges(floor).find(({ rule }) => rule === 'supplier_contact')
  expect(told).toMatchObject({ state: 'resolved', lateMs: 80 * 60_000 })
})

test.each([
  [true, 0],
  [false, 1],
  [undefined, 1],
])('[hold_followup] an order placed with paid: %s is followed up: %i', (paid, open) => {
  const placed = line('09:00 order.placed o1', paid === undefined ? {} : { paid })
  expect(viewAt('21T10:00', placed, line('10:00 order.held o1')).clocks.hold_followup).toMatchObject({ open })
})

describe('[payment_followup_1] where service is open late', () => {
  const week = Object.fromEntries(WEEK.map((name) => [name, [['08:00', '22:00']]]))
  const clocksAt = (time: string, ...lines: Line[]) =>
    drawView(floorAt(time, lines, { calendars: { service: { week } } })).clocks.payment_followup_1!

  test('what would start after its evening is not asked for: nobody could meet it', () => {
    expect(clocksAt('21:00', line('20:30 order.placed o1', { paid: false }))).toMatchObject({ open: 0, overdue: 0 })
    expect(clocksAt('21:00', line('19:50 order.placed o1', { paid: false }))).toMatchObject({ open: 0, overdue: 0 })
    expect(clocksAt('21:00', line('19:49 order.placed o1', { paid: false }))).toMatchObject({ overdue: 1 })
  })
})

describe('[L7] a breach that turns out to go on is open again', () => {
  const placed = line('09:00 order.placed o1', { paid: true })
  const asked = line('10:00 order.cancel_requested o1')
  const cancelled = line('11:00 order.cancelled o1')
  const paid = line('09:30 order.paid o1', {}, '11:30')
  const openBreaches = (view: View, rule: string) => ({
    overdue: view.clocks[rule]!.overdue,
    shown: alertsOf(view, rule).length,
    counted: view.alertCounts[rule]?.breach ?? 0,
  })

  test('an order that was cancelled late, and then is known to have been paid', () => {
    const lines = [line('09:00 order.placed o1', { paid: false }), asked, cancelled, paid]
    expect(openBreaches(viewAt('11:15', ...lines), 'cancel')).toEqual({ overdue: 0, shown: 0, counted: 0 })
    const view = viewAt('11:31', ...lines)
    expect(openBreaches(view, 'cancel')).toEqual({ overdue: 1, shown: 1, counted: 1 })
    expect(alertsOf(view, 'cancel')[0]).toMatchObject({ state: 'open', level: 'breach', since: iso('10:30') })
  })

  test('in whatever order the three became known', () => {
    for (const order of permutations([placed, asked, cancelled])) {
      const known = order.map((one, i) => ({ ...one, recorded: day(`11:0${i}`) }))
      expect(openBreaches(viewAt('11:31', ...known), 'cancel')).toEqual({ overdue: 1, shown: 1, counted: 1 })
    }
  })

  test('a SKU that was low again before it was thought to be well', () => {
    const view = viewAt(
      '11:30',
      line('09:00 stock.changed k1', { onHand: 9, low: 3 }),
      line('10:00 stock.changed k1', { onHand: 2 }),
      line('11:00 stock.changed k1', { onHand: 9 }),
      line('10:50 stock.changed k1', { onHand: 2, low: 10 }, '11:10'),
    )
    expect(openBreaches(view, 'supplier_contact')).toEqual({ overdue: 1, shown: 1, counted: 1 })
  })

  test('answered after all, it is told once, as answered', () => {
    const floor = floorAt('12:00', [
      line('09:00 order.placed o1', { paid: false }),
      asked,
      cancelled,
      paid,
      line('11:45 order.refund_notified o1'),
    ])
    const told = takeAlertChanges(floor).filter(({ rule }) => rule === 'cancel')
    expect(drawView(floor).clocks.cancel).toMatchObject({ overdue: 0, breachedToday: 1 })
    expect(told).toMatchObject([{ state: 'resolved', resolvedAt: instant(timezone, day('11:45')) }])
  })
})

describe('[refund_notify] what calls for it is the first confirmation that approves', () => {
  const requested = line('09:00 return.requested r1', { order: 'o1', kind: 'return' })
  const refused = line('10:00 return.confirmed r1', { approved: false })
  const notify = (time: string, ...lines: Line[]) => viewAt(time, requested, ...lines).clocks.refund_notify

  test('refused, then approved', () => {
    expect(notify('10:20', refused)).toMatchObject({ open: 0, atRisk: 0, overdue: 0 })
    const approved = line('10:30 return.confirmed r1', { approved: true })
    expect(notify('10:31', refused, approved)).toMatchObject({ open: 1 })
    expect(notify('10:41', refused, approved)).toMatchObject({ overdue: 1 })
    expect(viewAt('10:41', requested, refused, approved).clocks.return_check).toMatchObject({ breachedToday: 1 })
  })

  test('approved, and then known to have been refused before', () => {
    const approved = line('10:30 return.confirmed r1', { approved: true })
    expect(notify('10:35', approved, { ...refused, recorded: day('10:33') })).toMatchObject({ open: 1 })
  })
})

const iso = (time: string) => new Date(instant(timezone, day(time))).toISOString()

function permutations<T>(all: readonly T[]): T[][] {
  if (all.length === 0) return [[]]
  return all.flatMap((one, i) => permutations(all.toSpliced(i, 1)).map((rest) => [one, ...rest]))
}
