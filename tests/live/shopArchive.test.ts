import { describe, expect, test } from 'vitest'
import { ShopArchive } from '#server/archive/shopArchive.ts'
import type { ShopRecord } from '#server/shops.ts'
import { HandClock } from '../support/handClock.ts'

const shop: ShopRecord = { id: 1, slug: 'floor', config: { shop: 'floor', name: 'Floor', timezone: 'UTC' } }

/** An archive that gets on only when it is told to. */
function byHand() {
  const asked: { upTo: number; mayBeSaved: (seq: number) => Promise<void>; done: () => void; fail: () => void }[] = []
  const warned: unknown[] = []
  const clock = new HandClock(0)
  const ofShop = new ShopArchive({
    shop,
    clock,
    log: {
      snapshots: { newest: async () => undefined, pieces: async () => [] },
      cutOf: async () => undefined,
    },
    archive: {
      follow: (_, upTo, mayBeSaved) =>
        new Promise((done, fail) => {
          asked.push({ upTo, mayBeSaved, done, fail: () => fail(new Error('no room on the disk')) })
        }),
    },
    flushAlerts: async () => undefined,
    warn: (error) => warned.push(error),
  })
  return { ofShop, asked, warned, clock }
}

/** Whether it has come about by the next turn. */
async function isSo(promise: Promise<void>): Promise<boolean> {
  return await Promise.race([promise.then(() => true), new Promise<false>((no) => setImmediate(no, false))])
}

describe('[archive] how far a log may get ahead of its snapshots', () => {
  test('[archive] a fast load waits for the snapshots, and goes on when they are near', async () => {
    const { ofShop, asked } = byHand()
    ofShop.folded(50_000)
    expect(await isSo(ofShop.nearby())).toBe(true)
    ofShop.folded(52_000)
    const waits = ofShop.nearby()
    expect(await isSo(waits)).toBe(false)
    expect(asked.map(({ upTo }) => upTo)).toEqual([5_000])
    asked[0]?.done()
    expect(await isSo(waits)).toBe(true)
    expect(ofShop.behind).toBe(47_000)
  })

  test('[archive] snapshots that cannot be saved hold up nothing', async () => {
    const { ofShop, asked, warned } = byHand()
    ofShop.folded(60_000)
    const waits = ofShop.nearby()
    expect(await isSo(waits)).toBe(false)
    asked[0]?.fail()
    expect(await isSo(waits)).toBe(true)
    expect(warned).toHaveLength(1)
    expect(await isSo(ofShop.nearby())).toBe(true)
  })

  test('[archive] snapshots far behind from the start hold up nothing as long as they keep pace', async () => {
    const { ofShop, asked } = byHand()
    ofShop.opened(900_000)
    expect(await isSo(ofShop.nearby())).toBe(true)
    ofShop.folded(901_000)
    const waits = ofShop.nearby()
    expect(await isSo(waits)).toBe(false)
    asked[0]?.done()
    expect(await isSo(waits)).toBe(true)
  })
})

describe('[archive] while events pour in', () => {
  test('[archive] it waits for fewer, so that all of the machine takes them', () => {
    const { ofShop, asked, clock } = byHand()
    for (const seq of [3_000, 6_000, 9_000]) {
      ofShop.folded(seq)
      clock.turnBy(200)
    }
    expect(asked).toHaveLength(0)
    clock.turnBy(500)
    expect(asked.map(({ upTo }) => upTo)).toEqual([5_000])
  })

  test('[archive] it waits no further than 20,000 events', () => {
    const { ofShop, asked } = byHand()
    ofShop.folded(19_999)
    expect(asked).toHaveLength(0)
    ofShop.folded(20_000)
    expect(asked).toHaveLength(1)
  })

  test('[archive] whoever waits for it ends its wait, and it goes on without another', async () => {
    const { ofShop, asked } = byHand()
    ofShop.folded(7_000)
    const settled = ofShop.settled()
    for (const upTo of [5_000, 7_000]) {
      expect(asked.at(-1)?.upTo).toBe(upTo)
      asked.at(-1)?.done()
      await isSo(settled)
    }
    expect(await isSo(settled)).toBe(true)
  })

  test('[archive] while the room folds anew nothing is saved of what it has not come to again', async () => {
    const { ofShop, asked } = byHand()
    ofShop.folded(50_000)
    const { upTo = 0, mayBeSaved } = asked[0] ?? {}
    ofShop.reopening()
    const saves = mayBeSaved?.(upTo) ?? Promise.resolve()
    ofShop.opened(upTo - 1)
    expect(await isSo(saves)).toBe(false)
    ofShop.folded(upTo)
    expect(await isSo(saves)).toBe(true)
    ofShop.reopening()
    const never = mayBeSaved?.(upTo)
    ofShop.close()
    await expect(never).rejects.toThrow('closed')
  })

  test('[archive] once closed it asks for nothing more', () => {
    const { ofShop, asked, clock } = byHand()
    ofShop.folded(7_000)
    ofShop.close()
    clock.turnBy(1_000)
    expect(asked).toHaveLength(0)
  })
})
