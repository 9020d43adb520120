import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checksum } from '#core/checksum.ts'
import type { RecordedEvent } from '#core/events.ts'
import { applyPatch } from '#core/mergePatch.ts'
import { SEGMENT_MS, type Segment } from '#core/segment.ts'
import type { Room } from '#server/live/room.ts'
import type { ShopRecord } from '#server/shops.ts'
import { HandClock } from '../support/handClock.ts'
import { Screen } from '../support/screen.ts'
import { openStage, type Stage, soundEvent } from '../support/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const START = Date.parse('2026-11-20T03:00:00.000Z')
let ids = 0
const opened = (time: number) =>
  soundEvent({
    seq: 0,
    recordedAt: 0,
    source: 'test',
    type: 'conversation.opened',
    data: { queue: 'presales' },
    time,
    id: `e${++ids}`,
    subject: `c${ids}`,
  } as RecordedEvent)

/** A floor that a screen looks at for some minutes, with a conversation every few seconds. */
async function watched(minutes: number): Promise<{ shop: ShopRecord; clock: HandClock; room: Room }> {
  const shop = await stage.makeShop()
  const clock = new HandClock(START)
  const room = await stage.openRoom(shop, clock)
  room.attend(new Screen())
  for (let second = 0; second <= minutes * 60; second += 7) {
    await room.submit([opened(clock.now())], 'live')
    clock.turnBy(7_000)
  }
  await room.viewNow()
  return { shop, clock, room }
}

const read = (bytes: Uint8Array): Segment => JSON.parse(gunzipSync(bytes).toString('utf8'))

describe('[L4] what was shown live and what is replayed', () => {
  test('[L4] once a minute the screens’ view is noted, and the replay’s view of that instant is the same', async () => {
    const { shop } = await watched(5)
    let noted = 0
    for (let from = START; from < START + 4 * SEGMENT_MS; from += SEGMENT_MS) {
      const { bytes, final } = await stage.segments.of(shop, from)
      const segment = read(bytes)
      expect(final).toBe(true)
      let view = segment.view
      const sums = new Map([[view.at, checksum(view)]])
      for (const { at, patch } of segment.patches) {
        view = applyPatch(view, patch)
        sums.set(at, checksum(view))
      }
      for (const { at, sum } of segment.shown) expect(sums.get(at), at).toBe(sum)
      noted += segment.shown.length
    }
    expect(noted).toBeGreaterThanOrEqual(4)
  })

  test('[L4] a history that comes in before what was shown takes the notes of then back', async () => {
    const { clock, room } = await watched(2)
    const quietFrom = clock.now()
    clock.turnBy(3 * SEGMENT_MS)
    await room.viewNow()
    const before = await room.shownWithin(START, clock.now() + 1)
    expect(before.some(({ at }) => at > quietFrom)).toBe(true)
    await room.submit([opened(quietFrom)], 'backfill')
    const after = await room.shownWithin(START, clock.now())
    expect(after).toEqual(before.filter(({ at }) => at < quietFrom))
  })

  test('[L4] a segment that is not over yet is drawn as far as it goes, and anew at the next asking', async () => {
    const { shop, clock } = await watched(1)
    const from = Math.floor(clock.now() / SEGMENT_MS) * SEGMENT_MS
    const first = await stage.segments.of(shop, from)
    expect(first.final).toBe(false)
    clock.turnBy(5_000)
    const again = read((await stage.segments.of(shop, from)).bytes)
    const last = (segment: Segment) => segment.patches.at(-1)?.at ?? segment.view.at
    expect(last(again) >= last(read(first.bytes))).toBe(true)
    expect(again.final).toBe(false)
  })
})
