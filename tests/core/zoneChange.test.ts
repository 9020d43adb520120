import { describe, expect, test } from 'vitest'
import { advance, apply, createFloor, drawView } from '#core/floor.ts'
import type { View } from '#core/view.ts'
import type { Line } from '../support/written.ts'
import { instant, written } from '../support/written.ts'

const SHANGHAI = 'Asia/Shanghai'

/** `09:00 order.placed o1` of 20 November in Shanghai, and when it was recorded if that was later. */
function line(text: string, data: object = {}, recorded?: string): Line {
  const [time, type, subject] = text.split(' ') as [string, Line['type'], string]
  const on = (at: string) => (at.includes('T') ? `2026-11-${at}` : `2026-11-20T${at}`)
  return { time: on(time), type, subject, data, ...(recorded && { recorded: on(recorded) }) }
}

/** @param time local time of Shanghai, `21T16:30` */
function viewAt(time: string, ...lines: Line[]): View {
  const floor = createFloor({ shop: 'demo', name: 'Demo', timezone: SHANGHAI })
  for (const event of written(SHANGHAI, lines)) apply(floor, event)
  advance(floor, instant(SHANGHAI, `2026-11-${time}`))
  return drawView(floor)
}

describe('[zone] a shop that moves to another time zone', () => {
  // 08:00 in Shanghai is 01:00 in Berlin: the wave of 10:00 comes at 17:00 in Shanghai.
  const moved = line('21T08:00 shop.configured demo', { timezone: 'Europe/Berlin' })
  const placed = [line('18:00 order.placed o1'), line('21T15:00 order.placed o2', {}, '21T15:00')]

  test('is warned of a wave before it comes by the new clock', () => {
    const lines = [placed[0]!, moved, placed[1]!]
    const alerts = (time: string) => Object.values(viewAt(time, ...lines).alerts).map(({ rule }) => rule)
    expect(alerts('21T16:29:59.999')).not.toContain('wave_at_risk')
    expect(alerts('21T16:30')).toContain('wave_at_risk')
  })

  test('has what was collected before the wave by the new clock counted as on time', () => {
    const collected = line('21T12:00 order.collected o1')
    expect(viewAt('21T13:00', placed[0]!, moved, collected).pickups['2026-11-21T10:00']).toMatchObject({
      at: '2026-11-21T09:00:00.000Z',
      collected: 1,
      onTime: 1,
    })
  })

  test('greets nobody again for a message from before the move that comes late', () => {
    const hello = line('23:58 conversation.opened c1', { customer: 'u1' })
    const tokyo = line('23:59:30 shop.configured demo', { timezone: 'Asia/Tokyo' })
    // 23:59 in Shanghai is the next day in Tokyo.
    const late = line('23:59 message.received c1', {}, '21T00:00')
    expect(viewAt('21T00:01', hello, tokyo, late).clocks.auto_reply).toEqual(
      viewAt('21T00:01', hello, tokyo).clocks.auto_reply,
    )
  })
})

test('[auto_reply] whoever writes at the very instant at which another’s episode closed is greeted too', () => {
  const lines = [
    line('09:00 message.received c1'),
    line('09:00 conversation.closed c1'),
    line('09:00 conversation.opened c1', { customer: 'u1' }),
  ]
  expect(viewAt('20T09:05', ...lines).clocks.auto_reply).toMatchObject({ overdue: 1, breachedToday: 1 })
})
