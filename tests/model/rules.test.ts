import { describe, expect, test } from 'vitest'
import type { View } from '#core/view.ts'
import type { Line } from '../support/written.ts'
import { instant, written } from '../support/written.ts'
import { modelView } from './view.ts'

const timezone = 'Asia/Shanghai'
const config = { shop: 'demo', name: 'Demo', timezone }

/** One line as `09:00 order.placed o1`, on Friday 20 November 2026 unless it says a day as `21T09:00`. */
function line(text: string, data: object = {}, recorded?: string): Line {
  const [time, type, subject] = text.split(' ') as [string, Line['type'], string]
  return { time: whole(time), type, subject, data, ...(recorded === undefined ? {} : { recorded: whole(recorded) }) }
}
const whole = (time: string) => (time.includes('T') ? `2026-11-${time}` : `2026-11-20T${time}`)

const viewAt = (time: string, ...lines: Line[]): View =>
  modelView(config, written(timezone, lines), instant(timezone, whole(time)))

const clock = (rule: string, time: string, ...lines: Line[]) => viewAt(time, ...lines).clocks[rule]!
const NONE = { open: 0, atRisk: 0, overdue: 0, metToday: 0, breachedToday: 0 }

describe('[model] a clock', () => {
  const confirmed = line('09:00 order.confirmed o1')

  test('is at risk from two thirds on, runs to its due instant, and is breached a millisecond later', () => {
    expect(clock('pack', '09:39:59.999', confirmed)).toEqual({ ...NONE, open: 1 })
    expect(clock('pack', '09:40', confirmed)).toEqual({ ...NONE, open: 1, atRisk: 1 })
    expect(clock('pack', '10:00', confirmed)).toEqual({ ...NONE, open: 1, atRisk: 1 })
    expect(clock('pack', '10:00:00.001', confirmed)).toEqual({ ...NONE, overdue: 1, breachedToday: 1 })
  })

  test('is met at its due instant, late after it', () => {
    expect(clock('pack', '12:00', confirmed, line('10:00 order.packed o1'))).toEqual({ ...NONE, metToday: 1 })
    const late = line('10:00:00.001 order.packed o1')
    expect(clock('pack', '12:00', confirmed, late)).toEqual({ ...NONE, breachedToday: 1 })
  })

  test('is void when its subject ends in time, breached when it ends later', () => {
    expect(clock('pack', '12:00', confirmed, line('10:00 order.cancelled o1'))).toEqual(NONE)
    const late = line('10:00:00.001 order.cancelled o1')
    expect(clock('pack', '12:00', confirmed, late)).toEqual({ ...NONE, breachedToday: 1 })
  })

  test('is met when the answer and the end fall on one instant', () => {
    const both = [line('09:30 order.cancelled o1'), line('09:30 order.packed o1')]
    expect(clock('pack', '12:00', confirmed, ...both)).toEqual({ ...NONE, metToday: 1 })
  })

  test('is not armed where the answer lies before the start', () => {
    expect(clock('pack', '12:00', confirmed, line('08:59:59.999 order.packed o1'))).toEqual(NONE)
    expect(clock('pack', '12:00', confirmed, line('09:00 order.packed o1'))).toEqual({ ...NONE, metToday: 1 })
  })

  test('withdraws its breach when the answer turns out to have been in time', () => {
    const lines = [confirmed, line('09:59 order.packed o1', {}, '11:00')]
    expect(clock('pack', '10:59:59.999', ...lines)).toEqual({ ...NONE, overdue: 1, breachedToday: 1 })
    expect(clock('pack', '11:00', ...lines)).toEqual({ ...NONE, metToday: 1 })
  })

  test('rings when it becomes known, if that is later than its due instant', () => {
    const [known] = Object.values(viewAt('12:00', line('09:00 order.confirmed o1', {}, '11:30')).alerts).filter(
      ({ rule }) => rule === 'pack',
    )
    expect(known).toMatchObject({
      level: 'breach',
      since: '2026-11-20T03:30:00.000Z',
      dueAt: '2026-11-20T02:00:00.000Z',
    })
  })
})

describe('[model] orders', () => {
  test('checked within 30 minutes of service, those of the night by nine', () => {
    const dueAt = (placed: string) =>
      Object.values(viewAt('21T12:00', line(`${placed} order.placed o1`)).alerts).find(
        ({ rule }) => rule === 'order_check',
      )?.dueAt
    expect(dueAt('19:50')).toBe('2026-11-21T00:20:00.000Z')
    expect(dueAt('20:00')).toBe('2026-11-21T01:00:00.000Z')
    expect(dueAt('21T07:59:59.999')).toBe('2026-11-21T01:00:00.000Z')
    expect(dueAt('21T08:00')).toBe('2026-11-21T00:30:00.000Z')
  })

  test('with a contract are tracked after both packing and binding', () => {
    const lines = [line('09:00 order.placed o1', { contract: true }), line('10:00 order.packed o1')]
    expect(clock('tracking_entry', '10:00', ...lines)).toEqual(NONE)
    expect(clock('tracking_entry', '10:05', ...lines, line('10:05 order.bound o1')).open).toBe(1)
  })

  test('not paid at once are in no wave before they are paid', () => {
    const placed = line('09:30 order.placed o1', { paid: false })
    const wave = (view: View, time: string) => view.pickups[`2026-11-20T${time}`]?.orders
    expect(wave(viewAt('12:00', placed), '13:00')).toBe(0)
    const paid = viewAt('14:00', placed, line('13:30 order.paid o1'))
    expect([wave(paid, '13:00'), wave(paid, '17:00')]).toEqual([0, 1])
  })

  test('are cancelled for good once the refund is on its way, if they were paid', () => {
    const asked = [
      line('09:00 order.placed o1'),
      line('10:00 order.cancel_requested o1'),
      line('10:10 order.cancelled o1'),
    ]
    expect(clock('cancel', '10:20', ...asked).open).toBe(1)
    expect(clock('cancel', '10:20', ...asked, line('10:15 order.refund_notified o1')).metToday).toBe(1)
    const unpaid = line('09:00 order.placed o1', { paid: false })
    expect(clock('cancel', '10:20', unpaid, ...asked.slice(1)).metToday).toBe(1)
  })

  test('not paid are followed up after ten minutes, and on the second and third day', () => {
    const placed = line('09:00 order.placed o1', { paid: false })
    expect(clock('payment_followup_1', '09:09:59.999', placed)).toEqual(NONE)
    expect(clock('payment_followup_1', '09:10', placed).open).toBe(1)
    expect(clock('payment_followup_1', '20:00:00.001', placed).overdue).toBe(1)
    expect(clock('payment_followup_2', '20T23:59:59.999', placed)).toEqual(NONE)
    expect(clock('payment_followup_2', '21T00:00', placed).open).toBe(1)
    expect(clock('payment_followup_2', '21T10:00', placed, line('21T09:00 order.payment_reminded o1')).metToday).toBe(1)
    expect(clock('payment_followup_3', '22T16:00', placed)).toEqual({ ...NONE, open: 1, atRisk: 1 })
    expect(clock('payment_followup_3', '22T16:00', placed, line('22T00:00 order.paid o1'))).toEqual(NONE)
  })

  test('held are asked about after a day, and again when held again', () => {
    const held = line('09:00 order.held o1')
    expect(clock('hold_followup', '21T08:59:59.999', held)).toEqual(NONE)
    expect(clock('hold_followup', '21T09:00', held).open).toBe(1)
    expect(clock('hold_followup', '21T09:00', held, line('21T09:00 order.released o1'))).toEqual(NONE)
    const again = [held, line('21T09:30 order.released o1'), line('21T09:40 order.held o1')]
    expect(clock('hold_followup', '22T09:40', ...again)).toEqual({ ...NONE, open: 1 })
  })
})

describe('[model] conversations', () => {
  const opened = line('09:00 conversation.opened c1', { queue: 'presales' })

  test('wait from their opening for a human, whatever is sent by itself', () => {
    const auto = line('09:00:02 message.sent c1', { auto: 'first_contact' })
    const view = viewAt('09:00:30.001', opened, auto)
    expect(view.queues.presales).toMatchObject({ waiting: 1, unassigned: 1, active: 1, awaitingReply: 0 })
    expect(view.clocks.first_response).toEqual({ ...NONE, overdue: 1, breachedToday: 1 })
    expect(view.clocks.auto_reply!.metToday).toBe(1)
    expect(view.response.first.recent).toEqual({ count: 1, met: 0, rate: 0 })
  })

  test('are decided for 15 minutes', () => {
    const answered = line('09:00:10 message.sent c1', { agent: 'a1' })
    const recent = (time: string) => viewAt(time, opened, answered).response.first.recent
    expect(recent('09:15:09.999')).toEqual({ count: 1, met: 1, rate: 1, p50Ms: 10_000, p90Ms: 10_000 })
    expect(recent('09:15:10')).toEqual({ count: 0, met: 0 })
  })

  test('start a reply wait with the oldest unanswered message after a human spoke', () => {
    const lines = [
      opened,
      line('09:00:05 message.received c1'),
      line('09:00:10 message.sent c1'),
      line('09:01 message.received c1'),
      line('09:01:30 message.received c1'),
    ]
    expect(clock('reply_wait', '09:02', ...lines).open).toBe(1)
    expect(clock('reply_wait', '09:02:00.001', ...lines).overdue).toBe(1)
    expect(viewAt('09:02', ...lines).queues.presales).toMatchObject({ waiting: 0, awaitingReply: 1 })
  })

  test('begin anew when a closed one is written to, in the queue it was in and unassigned', () => {
    const lines = [
      opened,
      line('09:00:01 conversation.assigned c1', { agent: 'a1' }),
      line('09:00:10 message.sent c1'),
      line('09:05 conversation.closed c1', { outcome: 'answered' }),
      line('09:06 conversation.assigned c1', { agent: 'a1' }),
    ]
    expect(viewAt('09:07', ...lines).agents.a1!.active).toBe(0)
    const again = viewAt('10:00', ...lines, line('10:00 message.received c1'))
    expect(again.queues.presales).toMatchObject({ waiting: 1, unassigned: 1 })
    expect(again.clocks.first_response).toEqual({ ...NONE, open: 1, metToday: 1 })
  })

  test('are answered by what is sent at the instant of closing', () => {
    const close = line('09:00:20 conversation.closed c1', { outcome: 'abandoned' })
    expect(clock('first_response', '09:01', opened, close)).toEqual(NONE)
    expect(clock('first_response', '09:01', opened, close, line('09:00:20 message.sent c1')).metToday).toBe(1)
    expect(viewAt('09:01', opened, close).queues.presales!.abandonedToday).toBe(1)
  })
})

describe('[model] auto-replies are called for', () => {
  const agent = [
    line('08:00 agent.registered a1', { name: 'Li', queues: ['presales'], capacity: 1 }),
    line('08:00 agent.status_changed a1', { status: 'online' }),
  ]
  const opened = line('09:00 conversation.opened c1', { queue: 'presales', customer: 'u1' })
  const assigned = line('09:00:01 conversation.assigned c1', { agent: 'a1' })
  const calls = (...lines: Line[]) => clock('auto_reply', '19:00', ...agent, ...lines).breachedToday

  test('by the first message of a customer that day, and not by the next', () => {
    expect(calls(opened, line('09:00:02 message.received c1'))).toBe(1)
    expect(calls(opened, line('10:00 conversation.opened c2', { queue: 'presales', customer: 'u1' }))).toBe(1)
  })

  test('once a spell while the agent is away', () => {
    const away = line('09:10 agent.status_changed a1', { status: 'away' })
    const messages = [line('09:11 message.received c1'), line('09:12 message.received c1')]
    expect(calls(opened, assigned, away, ...messages)).toBe(2)
    const back = line('09:13 agent.status_changed a1', { status: 'online' })
    const gone = line('09:14 agent.status_changed a1', { status: 'away' })
    expect(calls(opened, assigned, away, ...messages, back, gone, line('09:15 message.received c1'))).toBe(3)
  })

  test('by a load above capacity', () => {
    const second = line('09:01 conversation.opened c2', { queue: 'presales', customer: 'u1' })
    const view = clock(
      'auto_reply',
      '09:02',
      ...agent,
      opened,
      assigned,
      second,
      line('09:01:30 conversation.assigned c2', { agent: 'a1' }),
    )
    expect(view.breachedToday).toBe(2)
  })
})

describe('[model] stock', () => {
  const ok = line('08:00 stock.changed s1', { onHand: 9, low: 5, hot: true, name: 'Mug' })

  test('first heard of arms nothing; falling from ok does', () => {
    expect(clock('supplier_contact', '12:00', line('09:00 stock.changed s1', { onHand: 0, hot: true }))).toEqual(NONE)
    expect(clock('supplier_contact', '09:10', ok, line('09:05 stock.changed s1', { onHand: 5 })).open).toBe(1)
  })

  test('is announced when a hot one runs out or one that is out becomes hot', () => {
    const out = line('09:05 stock.changed s1', { onHand: 0 })
    expect(clock('shortage_announce', '09:06', ok, out).open).toBe(1)
    expect(clock('shortage_announce', '09:06', line('08:00 stock.changed s1', { onHand: 9 }), out)).toEqual(NONE)
    const cold = line('08:00 stock.changed s1', { onHand: 9, hot: false })
    const hot = line('09:10 stock.changed s1', { onHand: 0, hot: true })
    expect(clock('shortage_announce', '09:12', cold, out, hot).open).toBe(1)
    expect(viewAt('09:12', ok, out).stock.s1).toEqual({
      name: 'Mug',
      onHand: 0,
      low: 5,
      hot: true,
      state: 'out',
      since: '2026-11-20T01:05:00.000Z',
      supplierDueAt: '2026-11-20T01:15:00.000Z',
      announceDueAt: '2026-11-20T01:10:00.000Z',
    })
  })

  test('well again ends both clocks', () => {
    const lines = [ok, line('09:05 stock.changed s1', { onHand: 0 }), line('09:06 stock.changed s1', { onHand: 9 })]
    expect(clock('shortage_announce', '09:30', ...lines)).toEqual(NONE)
    expect(viewAt('09:30', ...lines).stock).toEqual({})
  })
})

describe('[model] returns, complaints, inquiries', () => {
  test('a return asks for what its kind and contract need', () => {
    const lines = [
      line('09:00 return.requested r1', { order: 'o1', kind: 'exchange', contract: true }),
      line('09:20 return.confirmed r1', { approved: true }),
    ]
    const { clocks } = viewAt('09:21', ...lines)
    const open = Object.keys(clocks).filter((rule) => clocks[rule]!.open === 1)
    expect(open).toEqual(['unbind_notify', 'reissue_notify'])
    expect(clocks.return_check!.metToday).toBe(1)
  })

  test('a complaint is called by the close of the back office, and passed on once confirmed', () => {
    const opened = line('17:00 complaint.opened k1', { kind: 'service' })
    expect(clock('complaint_call', '21T17:00', opened)).toEqual({ ...NONE, open: 1, atRisk: 1 })
    expect(clock('complaint_call', '21T17:00:00.001', opened).overdue).toBe(1)
    const contacted = line('21T09:30 complaint.contacted k1', { confirmed: true })
    expect(clock('complaint_escalate', '21T09:40', opened, contacted).open).toBe(1)
    expect(
      clock('complaint_escalate', '21T09:41', opened, contacted, line('21T09:40 complaint.resolved k1')).metToday,
    ).toBe(1)
  })

  test('only inquiries about repair, or about nothing said, are to be answered', () => {
    expect(clock('inquiry_answer', '10:00', line('09:00 inquiry.left i1')).open).toBe(1)
    expect(clock('inquiry_answer', '10:00', line('09:00 inquiry.left i1', { kind: 'repair' })).open).toBe(1)
    expect(clock('inquiry_answer', '10:00', line('09:00 inquiry.left i1', { kind: 'price' }))).toEqual(NONE)
  })
})
