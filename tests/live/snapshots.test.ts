import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RecordedEvent } from '#core/events.ts'
import { advance, apply, createFloor, drawView } from '#core/floor.ts'
import type { View } from '#core/view.ts'
import { Archive } from '#server/archive/archive.ts'
import type { WrittenLog } from '#server/archive/archivedLog.ts'
import { newestFloor } from '#server/archive/newestFloor.ts'
import { SavedFloors } from '#server/archive/savedFloors.ts'
import { SnapshotWriter } from '#server/archive/snapshotWriter.ts'
import { toRecorded } from '#server/log/decode.ts'
import type { NewSnapshot, SnapshotPlace, Snapshots } from '#server/log/snapshots.ts'
import type { ShopRecord } from '#server/shops.ts'
import { bigDay } from '../bench/bigDay.ts'
import { Chance } from '../support/chance.ts'
import { HandClock } from '../support/handClock.ts'
import { openStage, pastView, type Stage, soundEvent } from '../support/stage.ts'

const BATCH = 500
const day = bigDay(13_000, 400)
let stage: Stage
let shop: ShopRecord
/** As the log holds them. */
let events: RecordedEvent[]

beforeAll(async () => {
  stage = await openStage()
  shop = await stage.makeShop({ timezone: 'UTC' })
  await load()
  events = (await stage.log.read(shop.id, { after: 0, limit: day.events.length })).map(toRecorded)
})
afterAll(() => stage.close())

/** Sends the day in two sittings, as a server that was started again in between. */
async function load(): Promise<void> {
  for (const [from, to] of [
    [0, 9_000],
    [9_000, day.events.length],
  ] as const) {
    const room = await stage.openRoom(shop, new HandClock(day.end))
    for (let i = from; i < to; i += BATCH) {
      const sent = day.events.slice(i, Math.min(to, i + BATCH))
      await room.submit(
        sent.map((event) =>
          soundEvent({ ...event, seq: 0, recordedAt: 0, time: Date.parse(event.time) } as RecordedEvent),
        ),
        'backfill',
      )
    }
    await room.archived()
    await room.close()
  }
}

function foldedTo(at: number): View {
  const floor = createFloor(shop.config)
  for (const event of events) if (event.recordedAt <= at) apply(floor, event)
  advance(floor, at)
  return drawView(floor)
}

/** The same, but for some of its members. */
function spoiltBy<T extends object>(whole: T, spoilt: Partial<T>): T {
  return new Proxy(whole, {
    get: (_, name) => {
      const member = Reflect.get(name in spoilt ? spoilt : whole, name)
      return typeof member === 'function' ? member.bind(whole) : member
    },
  })
}

const instants = (seed: number, count: number) => {
  const chance = new Chance(seed)
  return Array.from({ length: count }, () => chance.whole(day.start, day.end - 1)).sort((a, b) => a - b)
}

describe('[L3] a big day of whole snapshots and changes', () => {
  test('[L3] there are several of both, each near the events it stands for', async () => {
    const runs = new Map<number, number>()
    for (const at of instants(1, 60)) {
      const snapshot = await stage.log.snapshots.newest(shop.id, at)
      if (snapshot !== undefined) runs.set(snapshot.seq, snapshot.chain.length)
    }
    const lengths = [...runs.values()]
    expect(lengths.filter((length) => length === 1).length).toBeGreaterThanOrEqual(2)
    expect(Math.max(...lengths)).toBeGreaterThanOrEqual(2)
  })

  test('[L3] the view at any instant is the fold of the log from its beginning', async () => {
    for (const at of instants(2, 12))
      expect(await pastView(stage.archive, shop, at, true), new Date(at).toISOString()).toEqual(foldedTo(at))
  })

  test('[L3] a writer that begins anew goes on from what was saved, and writes no whole one first', async () => {
    const saved: NewSnapshot[] = []
    const log: WrittenLog = {
      readPage: (...asked) => stage.log.readPage(...asked),
      cutOf: async () => undefined,
      snapshots: {
        position: async () => undefined,
        newest: async () => {
          const chain: SnapshotPlace[] = []
          const newest = saved.at(-1)
          for (let last = newest; last !== undefined; ) {
            const { seq, baseSeq, bytes }: NewSnapshot = last
            chain.unshift({ seq, baseSeq, size: bytes.length, writtenBy: '' })
            last = baseSeq === seq ? undefined : saved.find((one) => one.seq === baseSeq)
          }
          return newest && { ...newest, chain }
        },
        pieces: async (_, place, { from, bytes: length }) => {
          const { bytes } = saved.find(({ seq }) => seq === place.seq) as NewSnapshot
          return [Buffer.from(bytes.subarray(from, from + length)).toString('base64')]
        },
        save: async (_, snapshot) => void saved.push(snapshot),
      },
    }
    const follow = (upTo: number) => new SnapshotWriter(log, shop, new SavedFloors(), 0).follow(upTo)
    await follow(10_250)
    const before = saved.length
    // What lies beyond may not be folded yet where the present is.
    expect(saved.at(-1)?.seq).toBeLessThanOrEqual(10_250)
    await follow(day.events.length)
    const anew = saved.slice(before)
    expect(before).toBeGreaterThan(0)
    expect(anew[0]).toMatchObject({ baseSeq: saved[before - 1]?.seq })
    const floor = await newestFloor(log, shop, day.end, new SavedFloors())
    expect(drawView(floor)).toEqual(foldedTo(floor.now))
  })

  test('[L3] where changes are damaged, an older snapshot does', async () => {
    const { log } = stage
    const pieces: Snapshots['pieces'] = async (shopId, place, asked) => {
      const sound = await log.snapshots.pieces(shopId, place, asked)
      return place.seq === place.baseSeq ? sound : sound.map((piece) => `AAAA${piece.slice(4)}`)
    }
    const archive = new Archive(spoiltBy(log, { snapshots: spoiltBy(log.snapshots, { pieces }) }))
    for (const at of instants(3, 6).reverse()) expect(await pastView(archive, shop, at, true)).toEqual(foldedTo(at))
    await archive.close()
  })
})
