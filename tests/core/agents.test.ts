import { expect, test } from 'vitest'
import type { RecordedEvent } from '#core/events.ts'
import { advance, apply, createFloor, drawView } from '#core/floor.ts'
import { DAY, MINUTE } from '#core/zone.ts'

const START = Date.parse('2026-11-02T01:00:00.000Z')

test('[agents] a status that is repeated for weeks is remembered from its beginning, and no longer grows', () => {
  const floor = createFloor({ shop: 's', name: 's', timezone: 'Asia/Shanghai' })
  const tell = (time: number, type: string, data: object) => {
    const seq = floor.seq + 1
    apply(floor, {
      id: `e${seq}`,
      source: 'bot',
      type,
      subject: 'a1',
      time,
      data,
      seq,
      recordedAt: time,
    } as RecordedEvent)
  }
  tell(START, 'agent.registered', { name: 'Bot', queues: ['presales'] })
  tell(START, 'agent.status_changed', { status: 'busy', reason: 'training' })
  for (let minute = 1; minute < (20 * DAY) / MINUTE; minute++) {
    tell(START + minute * MINUTE, 'agent.status_changed', { status: 'busy' })
  }
  advance(floor, START + 20 * DAY)
  expect(floor.agents.get('a1')?.statuses.length).toBeLessThanOrEqual((3 * DAY) / MINUTE + 2)
  const { since, status, reason } = drawView(floor).agents.a1 ?? {}
  expect({ since, status, reason }).toEqual({
    since: new Date(START).toISOString(),
    status: 'busy',
    reason: 'training',
  })
})
