import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RecordedEvent } from '#core/events.ts'
import type { View } from '#core/view.ts'
import type { Greeting } from '#server/live/publisher.ts'
import { Track } from '../../web/live/track.ts'
import { Chance } from '../support/chance.ts'
import { HandClock } from '../support/handClock.ts'
import { Screen } from '../support/screen.ts'
import { openStage, type Stage, soundEvent } from '../support/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const START = Date.parse('2026-11-20T03:00:00.000Z')
type Packet = ['frame' | 'patch' | 'beat', object]

let ids = 0
function happening(chance: Chance, time: number) {
  const subject = `c${chance.whole(1, 6)}`
  const [type, data] = chance.pick([
    ['conversation.opened', { queue: chance.pick(['presales', 'returns']) }],
    ['message.sent', { agent: 'a1' }],
    ['message.received', {}],
    ['conversation.closed', {}],
  ] as const)
  return soundEvent({
    seq: 0,
    recordedAt: 0,
    time,
    source: 'test',
    id: `e${++ids}`,
    type,
    subject,
    data,
  } as RecordedEvent)
}

test('[L5] over a network that loses, doubles and reorders, a screen shows only views that were, and ends with the last', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), async (seed) => {
      const chance = new Chance(seed)
      const clock = new HandClock(START)
      const room = await stage.openRoom(await stage.makeShop(), clock)
      const truth = new Screen()
      const network: Packet[] = []
      const deliver = (...packet: Packet) => network.push(structuredClone(packet))
      room.attend({
        frame(frame) {
          truth.frame(frame)
          deliver('frame', frame)
        },
        patch(patch) {
          truth.patch(patch)
          deliver('patch', patch)
        },
        beat(beat) {
          truth.beat(beat)
          deliver('beat', beat)
        },
      })
      const track = new Track()
      const greet = (greeting: Greeting) => {
        if ('frame' in greeting) deliver('frame', greeting.frame)
        else for (const patch of greeting.patches) deliver('patch', patch)
      }
      const hear = ([name, packet]: Packet) => {
        if (track[name](packet as never) === 'missed') room.greet(track.position, greet)
        if (track.view !== undefined) expect(viewsOf(truth)).toContainEqual(apartFromTime(track.view))
      }

      for (let i = 0; i < 60; i++) {
        if (chance.happens(0.6)) await room.submit([happening(chance, clock.now())], 'live')
        clock.turnBy(chance.whole(0, 400))
        while (network.length > 0 && chance.happens(0.8)) {
          const [packet] = network.splice(chance.happens(0.2) ? chance.whole(0, network.length - 1) : 0, 1)
          if (chance.happens(0.15)) continue
          if (chance.happens(0.15)) network.push(packet as Packet)
          hear(packet as Packet)
        }
        await nextTurn()
      }
      for (let i = 0; i < 3; i++) {
        clock.turnBy(1_000)
        while (network.length > 0) hear(network.shift() as Packet)
      }
      expect(track.view && apartFromTime(track.view)).toEqual(truth.view && apartFromTime(truth.view))
      await room.close()
    }),
    { numRuns: 20 },
  )
})

/** A beat moves the time of a view and nothing else. */
const apartFromTime = ({ at: _, ...view }: View) => view
const viewsOf = (screen: Screen) => screen.shown.map(apartFromTime)
