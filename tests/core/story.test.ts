import { describe, expect, test } from 'vitest'
import { agentDay } from '#core/agentDay.ts'
import type { RecordedEvent } from '#core/events.ts'
import { advance, apply, createFloor, type Floor } from '#core/floor.ts'
import { storyOf } from '#core/story.ts'

/** A Tuesday in Shanghai, told by its local time. */
const at = (time: string) => Date.parse(`2026-11-24T${time}+08:00`)
const iso = (time: string) => new Date(at(time)).toISOString()

function floorOf(...told: [time: string, type: string, subject: string, data?: object][]): Floor {
  const floor = createFloor({ shop: 'demo', name: 'Demo', timezone: 'Asia/Shanghai' })
  told.forEach(([time, type, subject, data = {}], i) => {
    const place = { seq: i + 1, recordedAt: at(time), time: at(time), source: 'test', id: `e${i}` }
    apply(floor, { ...place, type, subject, data } as RecordedEvent)
  })
  return floor
}

describe('[story] why a clock counted or not', () => {
  test('[story] answered late, with an auto-reply in between that did not count', () => {
    const floor = floorOf(
      ['10:00:00', 'conversation.opened', 'c1', { queue: 'presales', customer: 'u1' }],
      ['10:00:01', 'message.sent', 'c1', { auto: 'first_contact' }],
      ['10:00:45', 'message.sent', 'c1', { agent: 'a1' }],
    )
    const { clocks, ...told } = storyOf(floor, 'conversation', 'c1')
    expect(told).toMatchObject({ known: true, open: true, queue: 'presales', customer: 'u1' })
    expect(clocks.map(({ rule, state }) => [rule, state])).toEqual([
      ['first_response', 'breached'],
      ['auto_reply', 'met'],
    ])
    expect(clocks[0]).toMatchObject({ section: '2.1-1', tookMs: 45_000, dueAt: iso('10:00:30') })
    // Nobody had it when it was due: nobody answers for it.
    expect(clocks[0]?.agent).toBeUndefined()
    expect(clocks[0]?.why).toEqual([
      { code: 'late', lateMs: 15_000 },
      { code: 'auto_replies', count: 1 },
    ])
  })

  test('[story] an order at night: most of its time lay outside working hours', () => {
    const floor = floorOf(['16:50:00', 'order.placed', 'o1', { paid: true }], ['16:55:00', 'order.confirmed', 'o1'])
    advance(floor, Date.parse('2026-11-25T09:40:00+08:00'))
    const pack = storyOf(floor, 'order', 'o1').clocks.find(({ rule }) => rule === 'pack')
    expect(pack).toMatchObject({ state: 'atRisk', dueAt: new Date('2026-11-25T09:55:00+08:00').toISOString() })
    expect(pack?.why).toEqual([
      { code: 'running', leftMs: 15 * 60_000 },
      { code: 'outside_hours', ms: 16 * 3_600_000, calendar: 'backoffice' },
    ])
  })

  test('[story] a subject that nobody has heard of is not known', () => {
    const floor = floorOf()
    advance(floor, at('10:00:00'))
    expect(storyOf(floor, 'order', 'o1')).toMatchObject({ known: false, clocks: [] })
  })
})

describe('[agent] a day', () => {
  const floor = floorOf(
    ['09:00:00', 'agent.registered', 'a1', { name: '小林', queues: ['presales'], capacity: 1 }],
    ['09:00:00', 'agent.status_changed', 'a1', { status: 'online' }],
    ['10:00:00', 'conversation.opened', 'c1', { queue: 'presales' }],
    ['10:00:05', 'conversation.assigned', 'c1', { agent: 'a1' }],
    ['10:00:10', 'conversation.opened', 'c2', { queue: 'presales' }],
    ['10:00:15', 'conversation.assigned', 'c2', { agent: 'a1', by: '王组长' }],
    ['10:00:20', 'message.sent', 'c1', { agent: 'a1' }],
    ['10:01:00', 'conversation.returned', 'c2', { by: '李组长' }],
    ['10:05:00', 'conversation.closed', 'c1'],
    ['12:00:00', 'agent.status_changed', 'a1', { status: 'away', reason: 'break' }],
    ['12:40:00', 'agent.status_changed', 'a1', { status: 'online' }],
  )
  advance(floor, at('13:00:00'))
  const day = agentDay(floor, 'a1')

  test('[agent] what they carried, and when an auto-reply stood before them though they were online', () => {
    expect(day?.load.map(({ active }) => active)).toEqual([0, 1, 2, 1, 0])
    expect(day?.autoReplies).toEqual([
      { from: iso('10:00:15'), to: iso('10:01:00'), mode: 'over_capacity' },
      { from: iso('12:00:00'), to: iso('12:40:00'), mode: 'away' },
    ])
    expect(day?.moves.map(({ conversation, what, by }) => [conversation, what, by].join(' ').trim())).toEqual([
      'c1 assigned',
      'c2 assigned 王组长',
      'c2 left 李组长',
      'c1 closed',
    ])
  })

  test('[agent] a break that was ten minutes too long', () => {
    expect(day?.breaks).toEqual([
      {
        from: iso('12:00:00'),
        to: iso('12:40:00'),
        reason: 'break',
        limitMs: 30 * 60_000,
        tookMs: 40 * 60_000,
        overMs: 10 * 60_000,
      },
    ])
  })

  test('[agent] answers, and what was broken in their hands; an auto-reply is the platform’s to send', () => {
    const answer = { at: iso('10:00:20'), rule: 'first_response', conversation: 'c1', ms: 20_000, met: true }
    expect(day?.responses).toEqual([answer])
    expect(day?.breaches).toEqual([{ at: iso('10:00:40'), rule: 'first_response', subject: 'c2' }])
  })
})
