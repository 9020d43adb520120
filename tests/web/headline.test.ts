import { describe, expect, test } from 'vitest'
import { alertNames } from '../../web/wall/alertNames.ts'
import { headline } from '../../web/wall/headline.ts'
import { nextDue } from '../../web/wall/nextDue.ts'
import { anAgent, anAlert, aView } from './view.ts'

const at = (second: number) => `2026-11-21T04:00:${String(second).padStart(2, '0')}.000Z`
const now = Date.parse(at(0))
const sources = { chat: { lastAt: at(0), silent: false } }
const QUEUE = { waiting: 1, unassigned: 1, awaitingReply: 0, active: 1, online: 1, free: 1, abandonedToday: 0 }
const aQueue = (since: string) => ({ ...QUEUE, oldestWaitingSince: since, firstToday: { count: 0, met: 0 } })
const counts = (atRisk: number) => ({ open: 2, atRisk, overdue: 0, metToday: 0, breachedToday: 0 })

describe('[wall] the headline', () => {
  test('says what nobody has taken, and how much else there is', () => {
    const news = headline({
      alerts: {
        mine: anAlert({ rule: 'cancel', state: 'acknowledged' }),
        worst: anAlert({ rule: 'first_response' }),
        later: anAlert({ rule: 'pack', level: 'warn', dueAt: at(50) }),
      },
      alertCounts: {
        cancel: { warn: 0, breach: 3 },
        first_response: { warn: 0, breach: 2 },
        pack: { warn: 1, breach: 0 },
      },
      sources,
    })
    expect(news).toMatchObject({ state: 'breach', first: { rule: 'first_response' }, breach: 2, warn: 1, taken: 1 })
  })

  test('of a kind that is partly in hand only the rest is counted', () => {
    const news = headline({
      alerts: {
        mine: anAlert({ rule: 'order_check', state: 'acknowledged' }),
        fresh: anAlert({ rule: 'order_check' }),
      },
      alertCounts: { order_check: { warn: 0, breach: 2 } },
      sources,
    })
    expect(news).toMatchObject({ first: { open: { breach: 1, warn: 0 } }, breach: 0, warn: 0, taken: 1 })
  })

  test('what somebody has in hand is no alarm', () => {
    const news = headline({
      alerts: { mine: anAlert({ rule: 'cancel', state: 'snoozed' }) },
      alertCounts: { cancel: { warn: 0, breach: 1 } },
      sources,
    })
    expect(news).toEqual({ state: 'risk', breach: 0, warn: 0, taken: 1, takenOver: 1 })
  })

  test('all is well only where everybody is heard', () => {
    expect(headline(aView({ sources })).state).toBe('fine')
    expect(headline(aView()).state).toBe('unknown')
  })
})

describe('[wall] the next due', () => {
  test('is the earliest of what warns, what a shelf needs and the wave that has orders left', () => {
    const pickups = {
      w: { at: at(55), state: 'upcoming' as const, orders: 2, packed: 2, tracked: 2, collected: 0, onTime: 0 },
    }
    const sku = { onHand: 0, hot: true, state: 'out' as const, since: at(0), supplierDueAt: at(40) }
    const alerts = {
      soon: anAlert({ rule: 'pack', level: 'warn', dueAt: at(30) }),
      past: anAlert({ rule: 'cancel', level: 'breach', dueAt: '2026-11-21T03:59:00.000Z' }),
    }
    const clocks = { pack: counts(3) }
    expect(nextDue(aView({ pickups }), now)).toEqual({ rule: 'pickup', at: Date.parse(at(55)), atRisk: 0 })
    expect(nextDue(aView({ pickups, stock: { sku } }), now)?.rule).toBe('supplier_contact')
    const all = aView({ pickups, stock: { sku }, alerts, clocks })
    expect(nextDue(all, now)).toEqual({ rule: 'pack', at: Date.parse(at(30)), atRisk: 3 })
    expect(nextDue(all, Date.parse(at(31)))?.rule).toBe('supplier_contact')
    expect(nextDue(aView({ alerts: { past: alerts.past } }), now)).toBeUndefined()
  })

  test('a customer who waits counts once the clock is at risk, and not while it stands still', () => {
    const view = aView({ queues: { presales: aQueue(at(0)) }, clocks: { first_response: counts(1) } })
    expect(nextDue(view, Date.parse(at(22)))).toEqual({ rule: 'first_response', at: Date.parse(at(30)), atRisk: 1 })
    expect(nextDue(view, Date.parse(at(5)))?.at).toBeUndefined()
    expect(nextDue({ ...view, clocks: { first_response: counts(0) } }, Date.parse(at(22)))).toBeUndefined()
    const agents = { a: anAgent({ oldestUnansweredSince: at(0) }) }
    const reply = aView({ agents, clocks: { reply_wait: counts(1) } })
    expect(nextDue(reply, Date.parse(at(25)))?.rule).toBe('reply_wait')
  })

  test('behind a customer who has waited too long others are at risk: said, though not when', () => {
    const view = aView({ queues: { presales: aQueue(at(0)) }, clocks: { first_response: counts(2) } })
    const alerts = { far: anAlert({ rule: 'pack', level: 'warn', dueAt: '2026-11-21T04:30:00.000Z' }) }
    const unknown = { rule: 'first_response', at: undefined, atRisk: 2 }
    expect(nextDue({ ...view, alerts }, Date.parse(at(31)))).toEqual(unknown)
    const near = { near: anAlert({ rule: 'pack', level: 'warn', dueAt: at(40) }) }
    expect(nextDue({ ...view, alerts: near }, Date.parse(at(31)))?.rule).toBe('pack')
  })
})

test('[wall] an alert is told by the names people use, once each', () => {
  const view = aView({ agents: { a1: anAgent({ name: 'Li' }) }, queues: { vip: aQueue(at(0)) } })
  const queueName = (id: string) => id.toUpperCase()
  expect(alertNames(view, anAlert({ agent: 'a1', queue: 'vip', subject: 'c17' }), queueName)).toEqual(['Li', 'VIP'])
  expect(alertNames(view, anAlert({ agent: 'a1', subject: 'a1' }), queueName)).toEqual(['Li'])
  expect(alertNames(view, anAlert({ subject: '2026-11-21T13:00' }), queueName)).toEqual([])
  expect(alertNames(view, anAlert({ subject: 'shop' }), queueName)).toEqual(['A shop'])
})
