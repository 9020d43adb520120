import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gather, namesCustomer, noBelongings, renameAll, renameCustomer, withoutIdentity } from '#core/erase.ts'
import { OWN_SOURCE, type RecordedEvent } from '#core/events.ts'
import { advance, apply, createFloor, drawView, type Floor } from '#core/floor.ts'
import { type Day, randomDay } from '../support/days.ts'
import { interestingInstants } from '../support/instants.ts'

const CUSTOMER = 'u1'
const PSEUDONYM = 'erased-1'
/** One in so many of the instants of a day. */
const EVERY = 5

const instantsOf = (day: Day) => interestingInstants(day).filter((_, i) => i % EVERY === 0)

/** The log as it stands after the customer was erased. */
function erased(events: readonly RecordedEvent[]) {
  const belongings = noBelongings()
  for (const event of events) gather(event, CUSTOMER, belongings)
  const left = events.map(
    (event) => (withoutIdentity(event, CUSTOMER, PSEUDONYM, belongings) ?? event) as RecordedEvent,
  )
  // What the log says beside the event itself is not in its body.
  return {
    belongings,
    events: left.map((event, i) => ({ ...(events[i] as RecordedEvent), data: event.data }) as RecordedEvent),
  }
}

/** What is seen at each instant by folding a log. */
function seen(floor: Floor, events: readonly RecordedEvent[], instants: readonly number[]): string[] {
  let next = 0
  return instants.map((at) => {
    for (; next < events.length && (events[next] as RecordedEvent).recordedAt <= at; next++)
      apply(floor, events[next] as RecordedEvent)
    advance(floor, at)
    return JSON.stringify(drawView(floor))
  })
}

describe('[keeping] a customer erased from a log', () => {
  test('[keeping] every view at every instant is what it was', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (seed) => {
        const { config, events } = randomDay(seed)
        const instants = instantsOf({ config, events })
        const left = erased(events).events
        expect(JSON.stringify(left.map(({ data }) => data))).not.toContain(`"${CUSTOMER}"`)
        expect(seen(createFloor(config), left, instants)).toEqual(seen(createFloor(config), events, instants))
      }),
      { numRuns: 40 },
    )
  })

  test('[keeping] a floor in which the customer is renamed goes on as the log does that never named them', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.double({ min: 0, max: 1, noNaN: true }), (seed, share) => {
        const { config, events } = randomDay(seed)
        const { events: left, belongings } = erased(events)
        const at = events[Math.floor(share * (events.length - 1))]?.recordedAt ?? 0
        const [before, after] = [(e: RecordedEvent) => e.recordedAt <= at, (e: RecordedEvent) => e.recordedAt > at]
        const floor = createFloor(config)
        seen(floor, events.filter(before), [at])
        renameCustomer(floor, CUSTOMER, PSEUDONYM, belongings)
        const instants = instantsOf({ config, events }).filter((instant) => instant > at)
        const anew = createFloor(config)
        seen(anew, left.filter(before), [at])
        const tail = left.filter(after)
        expect(seen(floor, tail, instants)).toEqual(seen(anew, tail, instants))
        for (const { id, customer } of floor.conversations.values()) {
          expect(customer).not.toBe(CUSTOMER)
          expect(customer).toBe(anew.conversations.get(id)?.customer)
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('[keeping] an event without the identity', () => {
  const event = (type: string, subject: string, data: Record<string, unknown>, more: object = {}) => ({
    specversion: '1.0',
    id: 'e',
    source: 'shop',
    time: '2026-11-21T02:00:00Z',
    type,
    subject,
    data,
    ...more,
  })
  const of = (log: ReturnType<typeof event>[]) => {
    const belongings = noBelongings()
    for (const one of log) gather(one, 'ann', belongings)
    return log.map((one) => withoutIdentity(one, 'ann', 'erased-1', belongings))
  }

  test('[keeping] of what is theirs only what the floor reads is left', () => {
    const log = [
      event('conversation.opened', 'c1', { queue: 'presales', customer: 'ann', phone: '1380' }, { userphone: '1380' }),
      event('message.received', 'c1', { chars: 7, text: 'I am Ann' }),
      event('order.placed', 'o1', {
        conversation: 'c1',
        lines: [{ sku: 's', qty: 1, engraving: 'Ann' }],
        address: 'x',
      }),
      event('order.tracked', 'o1', { carrier: 'sf', trackingNumber: 'SF1' }),
      event('return.requested', 'r1', { order: 'o1', kind: 'return', reason: 'Ann moved' }),
    ]
    expect(of(log).map((left) => left?.data)).toEqual([
      { queue: 'presales', customer: 'erased-1' },
      { chars: 7 },
      { conversation: 'c1', lines: [{ sku: 's', qty: 1 }] },
      { carrier: 'sf', trackingNumber: 'erased' },
      { order: 'o1', kind: 'return' },
    ])
    expect(of(log)[0]).not.toHaveProperty('userphone')
  })

  test('[keeping] nobody else’s is touched, nor an agent or a SKU of the same name', () => {
    const log = [
      event('conversation.opened', 'c1', { queue: 'ann', customer: 'anna', phone: '1' }),
      event('conversation.assigned', 'c1', { agent: 'ann' }),
      event('stock.changed', 'ann', { onHand: 3, name: 'ann' }),
    ]
    expect(of(log)).toEqual([undefined, undefined, undefined])
  })

  test('[keeping] what people wrote of them in a note is called by the pseudonym; part of a longer name is not', () => {
    const note = event('note.added', 'shop', { text: '客户ann来电，anna 没有', by: 'lead' }, { source: OWN_SOURCE })
    expect(of([note])[0]?.data).toEqual({ text: '客户erased-1来电，anna 没有', by: 'lead' })
  })
})

describe('[keeping] what is a customer’s', () => {
  const START = Date.parse('2026-11-24T02:00:00.000Z')
  const event = (seq: number, type: string, subject: string, data: object) =>
    ({
      seq,
      recordedAt: START + seq,
      time: START + seq,
      source: 'chat',
      id: `e${seq}`,
      type,
      subject,
      data,
    }) as RecordedEvent
  const events = [
    event(1, 'conversation.opened', 'c-named', { queue: 'presales', customer: CUSTOMER }),
    event(2, 'conversation.opened', 'c-nameless', { queue: 'presales' }),
    event(3, 'conversation.opened', 'c-other', { queue: 'presales', customer: 'u2' }),
    event(4, 'order.placed', 'o-of-talk', { conversation: 'c-named' }),
    event(5, 'order.placed', 'o-named', { customer: CUSTOMER, conversation: 'c-nameless' }),
    event(6, 'order.placed', 'o-named-2', { customer: CUSTOMER, conversation: 'c-other' }),
    event(7, 'order.placed', 'o-other', { customer: 'u2', conversation: 'c-named' }),
    event(8, 'complaint.opened', 'k-of-order', { kind: 'service', order: 'o-of-talk' }),
    event(9, 'complaint.opened', 'k-other', { kind: 'service', order: 'o-named', customer: 'u2' }),
    event(10, 'return.requested', 'r-of-order', { order: 'o-named', kind: 'return' }),
  ]
  const theirs = {
    conversation: new Set(['c-named', 'c-nameless']),
    order: new Set(['o-of-talk', 'o-named', 'o-named-2']),
    complaint: new Set(['k-of-order']),
    return: new Set(['r-of-order']),
  }

  test('[keeping] follows from what names them, in the log', () => {
    const belongings = noBelongings()
    for (const one of events) gather(one, CUSTOMER, belongings)
    expect(belongings).toMatchObject(theirs)
  })

  test('[keeping] follows in the same way on a floor', () => {
    const floor = createFloor({ shop: 's', name: 's', timezone: 'Asia/Shanghai' })
    for (const one of events) apply(floor, one)
    expect(renameAll(floor, CUSTOMER, PSEUDONYM)).toMatchObject(theirs)
  })
})

describe('[keeping] an event that was refused', () => {
  const refused = (subject: string, data: unknown) =>
    JSON.stringify({ id: 'e1', type: 'order.eaten', time: '2026-11-24T10:42:00.042Z', subject, data })

  test.each([
    ['c1', refused('o1', { customer: 'c1' })],
    ['c1', refused('c1', {})],
    ['c1', refused('o1', { who: [{ said: 'told c1, twice' }] })],
    ['c1', refused('o1', { c1: true })],
    ['42', refused('o1', { buyer: 42 })],
    ['张"三"', refused('o1', { customer: '张"三"' })],
    ['c1', 'no JSON, and yet of c1.'],
  ])('[keeping] names %s: %s', (customer, body) => {
    expect(namesCustomer(body, customer)).toBe(true)
  })

  test.each([
    ['c1', refused('c10', { customer: 'abc1', note: 'c1_b' })],
    ['42', refused('o1', { customer: 'u7', amount: 142 })],
    ['张三', refused('o1', { customer: '李四' })],
    ['c1', 'no JSON, and of c11.'],
  ])('[keeping] does not name %s: %s', (customer, body) => {
    expect(namesCustomer(body, customer)).toBe(false)
  })
})
