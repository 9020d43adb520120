import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RecordedEvent } from '#core/events.ts'
import { createFloor } from '#core/floor.ts'
import { Commits } from '#server/live/commits.ts'
import { type Mode, Overloaded, type SoundEvent } from '#server/live/inbox.ts'
import { Watermark } from '#server/live/watermark.ts'
import type { EventLog } from '#server/log/log.ts'
import type { ShopRecord } from '#server/shops.ts'
import { HandClock } from '../support/handClock.ts'
import { openStage, type Stage, soundEvent } from '../support/stage.ts'

const START = Date.parse('2026-11-20T03:00:00.000Z')
let stage: Stage
let shop: ShopRecord
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
beforeEach(async () => {
  shop = await stage.makeShop()
})

let ids = 0
function opened(): SoundEvent {
  const id = `e${++ids}`
  const event = { seq: 0, recordedAt: 0, time: START, source: 'test', id, type: 'conversation.opened', subject: id }
  return soundEvent({ ...event, data: { queue: 'presales' } } as RecordedEvent)
}

/** The real log, save that its next append fails: before it is written, or after. */
function failing(when: 'before' | 'after'): EventLog {
  let failed = false
  const append: EventLog['append'] = async (...args) => {
    if (failed) return stage.log.append(...args)
    failed = true
    if (when === 'after') await stage.log.append(...args)
    throw new Error('the connection is gone')
  }
  return new Proxy(stage.log, {
    get: (log, name) => {
      if (name === 'append') return append
      const member = Reflect.get(log, name)
      return typeof member === 'function' ? member.bind(log) : member
    },
  })
}

test('[backfill] a long history all of one instant is taken to its end', async () => {
  const room = await stage.openRoom(shop, new HandClock(START))
  let seq = 0
  for (let sent = 0; sent < 25_000; sent += 2_500) {
    const { head } = await room.submit(Array.from({ length: 2_500 }, opened), 'backfill')
    seq = head.seq
  }
  expect(seq).toBe(25_000)
  await room.close()
}, 60_000)

test('[commands] right after a history that ends now, or with the clock set back since, a decision is taken', async () => {
  for (const back of [0, 150, 20_000]) {
    const own = await stage.makeShop()
    const clock = new HandClock(START)
    const room = await stage.openRoom(own, clock)
    await room.submit([opened()], 'backfill')
    clock.setBack(back)
    const seen: number[] = []
    const { results } = await room.decide(({ seq }, at) => {
      seen.push(seq, at)
      return [opened()]
    })
    const [done] = results
    expect(done).toMatchObject({ seq: 2, recordedAt: seen[1] })
    expect(seen).toEqual([1, expect.any(Number)])
    expect((await room.submit([opened()], 'live')).head.seq).toBe(3)
    await room.close()
  }
})

test('[archive] what happens now waits for no snapshot; a history does', async () => {
  const parts = { shop, log: stage.log, metrics: { committed() {}, alerted() {} }, warn() {} }
  const watermark = new Watermark(new HandClock(START), await stage.log.head(shop.id))
  let goOn = () => {}
  const snapshots = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const commits = new Commits(parts, watermark, {
    nearby: async (ofHistory) => (ofHistory ? await snapshots : undefined),
    abreast: async () => createFloor(shop.config),
    take: () => undefined,
    fold() {},
  })
  const submit = (mode: Mode) => commits.submit((waiting) => ({ ...waiting, mode, events: [opened()] }))
  expect((await submit('live')).head.seq).toBe(1)
  const history = submit('backfill')
  let isDown = false
  history.then(() => {
    isDown = true
  })
  for (let turn = 0; turn < 100; turn++) await nextTurn()
  expect(isDown).toBe(false)
  goOn()
  expect((await history).head.seq).toBe(2)
})

describe('[L9] a commit whose fate is unknown', () => {
  test.each(['before', 'after'] as const)(
    '[L9] fails %s it is written: nothing acknowledged, all or nothing there',
    async (when) => {
      const room = await stage.openRoom(shop, new HandClock(START), failing(when))
      const lost = [opened(), opened()]
      await expect(room.submit(lost, 'live')).rejects.toThrow(Overloaded)
      const { head } = await room.submit([opened()], 'live')
      expect(head.seq).toBe(when === 'after' ? 3 : 1)
      expect(await room.viewNow()).toMatchObject({ seq: head.seq, queues: { presales: { waiting: head.seq } } })
      const again = await room.submit(lost, 'live')
      expect(again.results.filter((result) => result === 'duplicate')).toHaveLength(when === 'after' ? 2 : 0)
      expect(again.head.seq).toBe(3)
    },
  )
})

describe('[live] a flood', () => {
  test('[live] what waits is bounded: more is refused, what was taken goes in', async () => {
    const room = await stage.openRoom(shop, new HandClock(START))
    const batch = () => Array.from({ length: 10_000 }, opened)
    const taken = Array.from({ length: 6 }, () => room.submit(batch(), 'live'))
    const outcomes = await Promise.allSettled(taken)
    expect(outcomes.map(({ status }) => status)).toEqual([...Array(5).fill('fulfilled'), 'rejected'])
    expect(room.head.seq).toBe(50_000)
  })

  test('[live] a room that is closing finishes what waits and takes no more', async () => {
    const room = await stage.openRoom(shop, new HandClock(START))
    const taken = Promise.all([room.submit([opened()], 'live'), room.submit([opened()], 'live')])
    const closed = room.close()
    await expect(room.submit([opened()], 'live')).rejects.toThrow(Overloaded)
    await closed
    expect((await taken)[1]?.head.seq).toBe(2)
  })
})
