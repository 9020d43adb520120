import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RecordedEvent } from '#core/events.ts'
import { OWN_SOURCE } from '#core/events.ts'
import type { View } from '#core/view.ts'
import type { Room } from '#server/live/room.ts'
import { Chance } from '../support/chance.ts'
import { randomDay } from '../support/days.ts'
import { HandClock } from '../support/handClock.ts'
import { Screen } from '../support/screen.ts'
import { openStage, pastView, type Stage, soundEvent } from '../support/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const seeds = fc.integer({ min: 0, max: 2 ** 31 })

/** Some hundred events of a made-up day, from somewhere in it. */
function someEvents(seed: number): { config: ReturnType<typeof randomDay>['config']; events: RecordedEvent[] } {
  const { config, events } = randomDay(seed)
  const from = new Chance(seed).whole(0, Math.max(0, events.length - 150))
  return { config, events: events.slice(from, from + 150).filter((event) => event.source !== OWN_SOURCE) }
}

/** Long stretches pass with the screen switched off: it would only hear that nothing is new. */
async function passTime(clock: HandClock, to: number, room: Room, screen: Screen): Promise<void> {
  if (to - clock.now() < 10_000) return clock.turnTo(to)
  room.attend(undefined)
  clock.turnTo(to)
  room.attend(screen)
  room.greet(screen.position, (greeting) => screen.greet(greeting))
}

describe('[L4] live is replay', () => {
  test('[L4] every view that was pushed or read equals the view at its instant, for ever', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const chance = new Chance(seed)
        const { config, events } = someEvents(seed)
        const shop = await stage.makeShop(config)
        const clock = new HandClock((events[0]?.recordedAt ?? 0) - 5_000)
        const room = await stage.openRoom(shop, clock)
        const screen = new Screen()
        room.attend(screen)
        const sent: Promise<unknown>[] = []
        for (const event of events) {
          await passTime(clock, event.recordedAt, room, screen)
          sent.push(room.submit([soundEvent(event)], 'live'))
          if (chance.happens(0.3)) clock.turnBy(chance.whole(0, 300))
          for (let turns = chance.whole(0, 3); turns > 0; turns--) await nextTurn()
          if (chance.happens(0.1)) screen.shown.push((await room.viewNow()) as View)
        }
        await Promise.all(sent)
        clock.turnBy(chance.whole(0, 3_000))
        await room.close()
        expect(screen.patches).toBeGreaterThan(0)
        const checked = new Chance(seed).some(screen.shown, 60)
        for (const view of checked) {
          expect(view).toEqual(await pastView(stage.archive, shop, Date.parse(view.at), true))
        }
      }),
      { numRuns: 8 },
    )
  })
})
