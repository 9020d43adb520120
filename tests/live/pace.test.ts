import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RecordedEvent } from '#core/events.ts'
import type { Room } from '#server/live/room.ts'
import type { ShopRecord } from '#server/shops.ts'
import { Chance } from '../support/chance.ts'
import { HandClock } from '../support/handClock.ts'
import { Screen } from '../support/screen.ts'
import { openStage, pastView, type Stage, soundEvent } from '../support/stage.ts'

const START = Date.parse('2026-11-20T02:10:00.000Z')
const iso = (instant: number) => new Date(instant).toISOString()

let stage: Stage
let clock: HandClock
let shop: ShopRecord
let room: Room
let screen: Screen
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
beforeEach(async () => {
  clock = new HandClock(START)
  shop = await stage.makeShop()
  room = await stage.openRoom(shop, clock)
  screen = new Screen()
  room.attend(screen)
  clock.turnBy(150)
})

/** The database takes its own time; what is waited for comes, or the test runs into its limit. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await nextTurn()
}

let ids = 0
const event = (type: 'conversation.opened' | 'message.sent', subject: string, time: number, data: object) =>
  soundEvent({ seq: 0, recordedAt: 0, time, source: 'test', id: `e${++ids}`, type, subject, data } as RecordedEvent)
const opened = (time: number, subject = `c${++ids}`) =>
  event('conversation.opened', subject, time, { queue: 'presales' })

describe('[live] pace', () => {
  test('[live] a first screen is told a frame at once', () => {
    expect(screen).toMatchObject({ frames: 1, patches: 0 })
    expect(screen.view).toMatchObject({ seq: 0, at: iso(START) })
  })

  test('[live] after a quiet moment the first change goes out at once, the next a tenth of a second later, all in one', async () => {
    await room.submit([opened(START)], 'live')
    expect(screen).toMatchObject({ patches: 1, view: { seq: 1, at: iso(START + 150) } })
    clock.turnBy(1)
    for (let i = 0; i < 5; i++) await room.submit([opened(START)], 'live')
    clock.turnTo(START + 249)
    expect(screen.patches).toBe(1)
    clock.turnTo(START + 250)
    expect(screen).toMatchObject({ patches: 2, view: { seq: 6, at: iso(START + 250) } })
  })

  test('[live] at most ten patches a second however many events', async () => {
    for (let i = 0; i < 100; i++) {
      await room.submit([opened(START)], 'live')
      clock.turnBy(10)
    }
    expect(screen.patches).toBeLessThanOrEqual(11)
    expect(screen.patches).toBeGreaterThanOrEqual(9)
  })

  test('[live] nothing new: no patch, but a beat at least every second', () => {
    clock.turnBy(10_000)
    expect(screen.patches).toBe(0)
    const at = screen.shown.map((view) => Date.parse(view.at))
    for (let i = 1; i < at.length; i++) expect((at[i] as number) - (at[i - 1] as number)).toBeLessThanOrEqual(1_000)
    expect(screen.beats).toBeGreaterThanOrEqual(10)
  })

  test('[live] a clock that is set back holds up no screen', async () => {
    await room.submit([opened(START)], 'live')
    clock.setBack(20_000)
    await room.submit([opened(START)], 'live')
    expect(screen).toMatchObject({ view: { seq: 1 } })
    clock.turnBy(100)
    expect(screen).toMatchObject({ view: { seq: 2 } })
  })

  test('[live] a clock that falls due goes out at its instant, with nobody posting', async () => {
    await room.submit([opened(START + 150)], 'live')
    clock.turnTo(START + 150 + 30_000)
    expect(screen.view?.clocks.first_response).toMatchObject({ overdue: 0 })
    clock.turnBy(1)
    expect(screen.view).toMatchObject({ at: iso(START + 30_151), clocks: { first_response: { overdue: 1 } } })
    expect(screen.view?.alertCounts.first_response).toEqual({ warn: 0, breach: 1 })
  })

  test('[live] with nobody watching clocks fire all the same, and the history of alerts has them', async () => {
    room.attend(undefined)
    await room.submit([opened(START + 150)], 'live')
    clock.turnBy(60_000)
    await room.settled()
    const alerts = await stage.log.alerts.list(shop.id, { from: 0, to: 2 ** 50, rule: 'first_response', limit: 10 })
    expect(alerts).toMatchObject([{ rule: 'first_response', openedAt: START + 150 + 30_000, state: 'open' }])
  })

  test('[live] live events are recorded after whatever was published', async () => {
    const { at } = (await room.viewNow())!
    const { results } = await room.submit([opened(START), opened(START)], 'live')
    const stamps = results.map((result) => (result === 'duplicate' ? 0 : result.recordedAt))
    expect(stamps).toEqual([Date.parse(at) + 1, Date.parse(at) + 1])
    await room.reserve(clock.now() + 1)
    const next = await room.submit([opened(START)], 'live')
    expect(next.results).toMatchObject([{ recordedAt: clock.now() + 2 }])
  })

  test('[live] what gathers goes down together', async () => {
    const all = Array.from({ length: 50 }, () => room.submit([opened(START)], 'live'))
    const stamps = (await Promise.all(all)).map(({ results }) =>
      results[0] === 'duplicate' ? 0 : results[0]?.recordedAt,
    )
    expect(new Set(stamps).size).toBeLessThanOrEqual(2)
  })
})

describe('[live] coming back', () => {
  test('[live] a screen that missed patches gets just those; one that missed too many, or has another stream, a frame', async () => {
    const position = screen.position
    for (let i = 0; i < 3; i++) {
      await room.submit([opened(START)], 'live')
      clock.turnBy(100)
    }
    let told: unknown
    room.greet(position, (greeting) => {
      told = greeting
    })
    expect(told).toMatchObject({ patches: [{ rev: 1 }, { rev: 2 }, { rev: 3 }] })
    room.greet(screen.position, (greeting) => {
      told = greeting
    })
    expect(told).toEqual({ patches: [] })
    for (const elsewhere of [{}, { stream: 'another', rev: 1 }, { ...position, rev: 99 }]) {
      room.greet(elsewhere, (greeting) => {
        told = greeting
      })
      expect(told).toMatchObject({ frame: { stream: screen.stream, rev: 3, view: { seq: 3 } } })
    }
    for (let i = 0; i < 101; i++) {
      await room.submit([opened(START)], 'live')
      clock.turnBy(100)
    }
    room.greet(position, (greeting) => {
      told = greeting
    })
    expect(told).toHaveProperty('frame')
  })

  test('[live] nobody watching: nothing is drawn; who comes gets what is true by then', async () => {
    room.attend(undefined)
    await room.submit([opened(START)], 'live')
    clock.turnBy(5_000)
    expect(screen.patches).toBe(0)
    room.attend(screen)
    expect(screen).toMatchObject({ patches: 1, view: { seq: 1, at: iso(clock.now()) } })
  })
})

describe('[live] loading a history', () => {
  const HOUR = 3_600_000

  test('[live] while it loads time stands at its end; a second later it stands at now', async () => {
    const from = START - 5 * HOUR
    for (let i = 0; i < 10; i++) {
      await room.submit([opened(from + i * 60_000), opened(from + i * 60_000)], 'backfill')
      clock.turnBy(200)
      await until(() => screen.view?.at === iso(from + i * 60_000 - 1))
    }
    expect(screen.frames).toBe(2)
    expect(screen.view?.seq).toBe(18)
    clock.turnBy(1_000)
    expect(screen.view?.seq).toBe(20)
    expect(clock.now() - Date.parse(screen.view?.at ?? '')).toBeLessThan(1_000)
    for (const view of screen.shown)
      expect(view).toEqual(await pastView(stage.archive, shop, Date.parse(view.at), false))
  })

  test('[live] a view asked for meanwhile has all that was acknowledged', async () => {
    await room.submit([opened(START - HOUR)], 'backfill')
    expect(await room.viewNow()).toBeUndefined()
    const now = room.now
    await room.reserve(now)
    expect(await pastView(stage.archive, shop, now, false)).toMatchObject({ seq: 1, at: iso(clock.now()) })
  })

  test('[live] one that comes in pieces, after what was already shown, is folded anew: new stream, no stale alert', async () => {
    await room.submit([opened(START - HOUR, 'slow')], 'backfill')
    await until(() => screen.frames === 2)
    clock.turnBy(2_000)
    expect(screen.view?.clocks.first_response).toMatchObject({ overdue: 1 })
    const { stream } = screen
    await room.settled()
    const alerts = () => stage.log.alerts.list(shop.id, { from: 0, to: 2 ** 50, rule: 'first_response', limit: 10 })
    expect(await alerts()).toMatchObject([{ state: 'open' }])
    const answer = event('message.sent', 'slow', START - HOUR + 10_000, { agent: 'a1' })
    await room.submit([answer], 'backfill')
    await until(() => screen.stream !== stream)
    clock.turnBy(2_000)
    await room.settled()
    expect(screen.view?.clocks.first_response).toMatchObject({ overdue: 0, metToday: 1 })
    expect(await alerts()).toEqual([])
  })

  test('[live] a final view that was published stays as it is', async () => {
    await room.submit([opened(START - HOUR)], 'backfill')
    clock.turnBy(2_000)
    expect(await room.reserve(START - HOUR)).toBe(true)
    const before = await pastView(stage.archive, shop, START - HOUR, true)
    const { results } = await room.submit([opened(START - HOUR)], 'backfill')
    expect(results).toMatchObject([{ recordedAt: START - HOUR + 1 }])
    expect(await pastView(stage.archive, shop, START - HOUR, true)).toEqual(before)
  })

  test('[live] nor does it change when the server was started anew in between', async () => {
    await room.submit([opened(START - HOUR)], 'backfill')
    clock.turnBy(2_000)
    expect(await room.reserve(START - HOUR)).toBe(true)
    const before = await pastView(stage.archive, shop, START - HOUR, true)
    await room.close()
    room = await stage.openRoom(shop, clock)
    const { results } = await room.submit([opened(START - HOUR)], 'backfill')
    expect(results).toMatchObject([{ recordedAt: START - HOUR + 1 }])
    expect(await pastView(stage.archive, shop, START - HOUR, true)).toEqual(before)
  })

  test('[live] what comes live meanwhile is shown at once, and the history goes on after it', async () => {
    await room.submit([opened(START - HOUR)], 'backfill')
    await until(() => screen.frames === 2)
    clock.turnBy(300)
    const [live] = (await room.submit([opened(clock.now())], 'live')).results
    await until(() => screen.view?.seq === 2)
    expect(screen.view?.at).toBe(iso(clock.now()))
    const { stream } = screen
    const { results } = await room.submit([opened(START - HOUR), opened(START - HOUR)], 'backfill')
    const after = (live as RecordedEvent).recordedAt + 1
    expect(results).toMatchObject([{ recordedAt: after }, { recordedAt: after }])
    clock.turnBy(2_000)
    expect(screen).toMatchObject({ stream, view: { seq: 4 } })
    for (const view of screen.shown)
      expect(view).toEqual(await pastView(stage.archive, shop, Date.parse(view.at), false))
  })

  test('[L4] however history and present come mixed, what was shown is what the log tells', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), async (seed) => {
        const chance = new Chance(seed)
        const clock = new HandClock(START)
        const shop = await stage.makeShop()
        const room = await stage.openRoom(shop, clock)
        const screen = new Screen()
        room.attend(screen)
        await room.submit([opened(START - HOUR)], 'backfill')
        await until(() => screen.frames === 2)
        const { stream } = screen
        const under: Promise<unknown>[] = []
        let piecedAt = clock.now()
        for (let i = 0; i < 40; i++) {
          const count = chance.whole(1, 3)
          const times = Array.from({ length: count }, () => clock.now() - chance.whole(0, HOUR))
          // Within less than it takes for a history to count as over: what is shown is never taken back.
          const mode = clock.now() - piecedAt > 500 || chance.happens(0.6) ? 'backfill' : 'live'
          if (mode === 'backfill') piecedAt = clock.now()
          const sent = room.submit(
            times.map((time) => opened(time)),
            mode,
          )
          if (mode === 'backfill' || chance.happens(0.7)) await sent
          else under.push(sent)
          if (chance.happens(0.2)) await room.reserve(room.now)
          clock.turnBy(chance.pick([0, 1, 50, 150, 400]))
          await nextTurn()
        }
        await Promise.all(under)
        clock.turnBy(2_000)
        expect(screen).toMatchObject({ stream, view: { seq: room.head.seq } })
        for (const view of screen.shown)
          expect(view, `at ${view.at}`).toEqual(await pastView(stage.archive, shop, Date.parse(view.at), false))
        await room.close()
      }),
      { numRuns: 8 },
    )
  })

  test('[live] what comes live between the pieces of a history contradicts nothing', async () => {
    for (let i = 0; i < 20; i++) {
      await room.submit([opened(START - HOUR + i)], 'backfill')
      if (i % 5 === 0) await room.submit([opened(clock.now())], 'live')
      clock.turnBy(100)
      await nextTurn()
    }
    clock.turnBy(2_000)
    expect(screen.view).toMatchObject({ seq: 24 })
    for (const view of screen.shown)
      expect(view).toEqual(await pastView(stage.archive, shop, Date.parse(view.at), false))
  })
})

describe('[live] after a restart', () => {
  test('[live] a room opened anew stands where the old one stood', async () => {
    const events = Array.from({ length: 5_000 }, (_, i) => opened(START - 5_000 + i))
    await room.submit(events.slice(0, 3_000), 'backfill')
    clock.turnBy(2_000)
    await room.submit(events.slice(3_000), 'live')
    const before = await room.viewNow()
    await room.close()
    const again = await stage.openRoom(shop, new HandClock(clock.now()))
    expect(await again.viewNow()).toEqual(before)
    expect(again.head.seq).toBe(5_000)
  })
})
