import { describe, expect, test } from 'vitest'
import { ShopArchive } from '#server/archive/shopArchive.ts'
import type { ShopRecord } from '#server/shops.ts'

const shop: ShopRecord = { id: 1, slug: 'floor', config: { shop: 'floor', name: 'Floor', timezone: 'UTC' } }

/** An archive that gets on only when it is told to. */
function byHand() {
  const asked: { upTo: number; done: () => void; fail: () => void }[] = []
  const warned: unknown[] = []
  const ofShop = new ShopArchive({
    shop,
    log: { newestSnapshot: async () => undefined, cutOf: async () => undefined },
    archive: {
      follow: (_, upTo) =>
        new Promise((done, fail) => {
          asked.push({ upTo, done, fail: () => fail(new Error('no room on the disk')) })
        }),
    },
    flushAlerts: async () => undefined,
    warn: (error) => warned.push(error),
  })
  return { ofShop, asked, warned }
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
