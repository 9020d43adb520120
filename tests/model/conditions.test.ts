import { describe, expect, test } from 'vitest'
import type { Line } from '../support/written.ts'
import { instant, written } from '../support/written.ts'
import { modelView } from './view.ts'

const timezone = 'Asia/Shanghai'
const config = { shop: 'demo', name: 'Demo', timezone }
const line = (time: string, type: Line['type'], subject: string, data: object = {}): Line => ({
  time: `2026-11-20T${time}`,
  type,
  subject,
  data,
})

/** The instants since when a condition rings at a local time, by subject. */
function ringing(rule: string, time: string, lines: Line[]): Record<string, string> {
  const view = modelView(
    config,
    written(timezone, lines),
    instant(timezone, time.includes('-') ? time : `2026-11-20T${time}`),
  )
  const alerts = Object.values(view.alerts).filter((alert) => alert.rule === rule)
  return Object.fromEntries(alerts.map(({ subject, since }) => [subject, since.slice(11, -1)]))
}

const agent = (status: string, at = '08:00', reason?: string) => [
  line('08:00', 'agent.registered', 'a1', { name: 'Li', queues: ['q'], capacity: 1 }),
  line(at, 'agent.status_changed', 'a1', { status, ...(reason ? { reason } : {}) }),
]
const customers = (count: number, at: string, from = 0) =>
  Array.from({ length: count }, (_, n) => line(at, 'conversation.opened', `c${from + n}`, { queue: 'q' }))

describe('[model] conditions', () => {
  test('queue_depth rings after 15 s above ten and until 30 s at eight', () => {
    const deep = customers(11, '09:00')
    expect(ringing('queue_depth', '09:00:14.999', deep)).toEqual({})
    expect(ringing('queue_depth', '09:00:15', deep)).toEqual({ q: '01:00:15.000' })
    const nine = [0, 1].map((n) => line('09:01', 'conversation.closed', `c${n}`))
    expect(ringing('queue_depth', '10:00', [...deep, ...nine])).toEqual({ q: '01:00:15.000' })
    const eight = [...nine, line('09:02', 'conversation.closed', 'c2')]
    expect(ringing('queue_depth', '09:02:29.999', [...deep, ...eight])).toEqual({ q: '01:00:15.000' })
    expect(ringing('queue_depth', '09:02:30', [...deep, ...eight])).toEqual({})
  })

  test('queue_depth forgets what an event of the very instant ends', () => {
    const ended = line('09:00:15', 'conversation.closed', 'c0')
    expect(ringing('queue_depth', '09:01', [...customers(11, '09:00'), ended])).toEqual({})
  })

  test('no_agent rings in service hours only', () => {
    const waits = [...agent('offline'), ...customers(1, '19:59:50')]
    expect(ringing('no_agent', '19:59:59.999', waits)).toEqual({})
    expect(ringing('no_agent', '2026-11-21T08:00:14.999', waits)).toEqual({})
    expect(ringing('no_agent', '2026-11-21T08:00:15', waits)).toEqual({ q: '00:00:15.000' })
    expect(ringing('no_agent', '2026-11-21T20:00', waits)).toEqual({})
  })

  test('over_capacity rings after a minute', () => {
    const assigned = ['c0', 'c1'].map((id) => line('09:00', 'conversation.assigned', id, { agent: 'a1' }))
    const lines = [...agent('online'), ...customers(2, '09:00'), ...assigned]
    expect(ringing('over_capacity', '09:00:59.999', lines)).toEqual({})
    expect(ringing('over_capacity', '09:01', lines)).toEqual({ a1: '01:01:00.000' })
  })

  test('away_too_long rings after half an hour, after an hour at a meal', () => {
    expect(ringing('away_too_long', '12:30', agent('away', '12:00'))).toEqual({})
    expect(ringing('away_too_long', '12:30:00.001', agent('away', '12:00'))).toEqual({ a1: '04:30:00.001' })
    expect(ringing('away_too_long', '13:00', agent('away', '12:00', 'meal'))).toEqual({})
    expect(ringing('away_too_long', '13:00:00.001', agent('away', '12:00', 'meal'))).toEqual({ a1: '05:00:00.001' })
  })

  test('response_rate rings below 90 % of ten and until fifteen minutes have emptied', () => {
    const answers = Array.from({ length: 8 }, (_, n) => line('09:00:05', 'message.sent', `c${n}`))
    const lines = [...customers(10, '09:00'), ...answers]
    expect(ringing('response_rate', '09:00:30', lines)).toEqual({})
    expect(ringing('response_rate', '09:00:30.001', lines)).toEqual({ demo: '01:00:30.001', q: '01:00:30.001' })
    expect(ringing('response_rate', '09:15:05', lines)).toEqual({})
  })

  test('wave_at_risk rings half an hour before until all are tracked or it has passed', () => {
    const placed = line('09:30', 'order.placed', 'o1')
    expect(ringing('wave_at_risk', '12:29:59.999', [placed])).toEqual({})
    expect(ringing('wave_at_risk', '13:00', [placed])).toEqual({ '2026-11-20T13:00': '04:30:00.000' })
    expect(ringing('wave_at_risk', '13:00:00.001', [placed])).toEqual({})
    const tracked = line('12:40', 'order.tracked', 'o1', { carrier: 'SF', trackingNumber: '1' })
    expect(ringing('wave_at_risk', '12:40', [placed, tracked])).toEqual({})
  })

  test('stock_out rings for a hot one that is out', () => {
    expect(ringing('stock_out', '09:00', [line('09:00', 'stock.changed', 's1', { onHand: 0, hot: true })])).toEqual({
      s1: '01:00:00.000',
    })
  })

  test('source_silent rings after five minutes of service and until it is heard', () => {
    const heard = [line('19:58', 'note.added', 'n1', { text: 'x' })]
    expect(ringing('source_silent', '2026-11-21T08:02:59.999', heard)).toEqual({})
    expect(ringing('source_silent', '2026-11-21T08:03', heard)).toEqual({ test: '00:03:00.000' })
    expect(ringing('source_silent', '2026-11-21T23:00', heard)).toEqual({ test: '00:03:00.000' })
  })
})
