/** What hangs on the log, on every database: refused events, snapshots, the history of alerts, shops and keys. */

import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AlertRecord } from '#core/floor.ts'
import { SNAPSHOT_VERSION } from '#core/version.ts'
import { readBytes } from '#server/archive/readBytes.ts'
import { KeyRing } from '#server/auth/keyRing.ts'
import { Sealer } from '#server/auth/sealer.ts'
import { AlertBook } from '#server/live/alertBook.ts'
import { systemClock } from '#server/live/clock.ts'
import { EventLog } from '#server/log/log.ts'
import { pressPages, unpressPages } from '#server/log/snapshotText.ts'
import { Shops } from '#server/shops.ts'
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from '../support/database.ts'

describe.each(DATABASE_KINDS)('on %s', (kind) => {
  let database: TestDatabase
  let log: EventLog
  let shops: Shops
  let made = 0

  beforeAll(async () => {
    database = await openTestDatabase(kind)
    log = new EventLog(database.db)
    shops = new Shops(database.db)
  })
  afterAll(() => database.discard())

  async function newShop(): Promise<number> {
    const shop = await shops.create({ shop: `shop-${++made}`, name: 'A shop', timezone: 'Asia/Shanghai' }, 0)
    return shop!.id
  }

  describe('refused events', () => {
    const refused = (body: string) => ({ body, reason: 'time: 应为 RFC 3339', keyName: 'till "1"', receivedAt: 1_000 })

    test('[rejected] are listed newest first by pages, found, and let go', async () => {
      const [shop, other] = [await newShop(), await newShop()]
      await log.rejected.add(shop, ['a', 'b', 'c'].map(refused))
      await log.rejected.add(other, [refused('not ours')])
      const first = await log.rejected.list(shop, { limit: 2 })
      expect(first.map(({ body }) => body)).toEqual(['c', 'b'])
      const next = await log.rejected.list(shop, { before: first[1]!.id, limit: 2 })
      expect(next.map(({ body }) => body)).toEqual(['a'])
      const { id } = next[0]!
      expect(await log.rejected.find(shop, id)).toEqual({ id, ...refused('a') })
      expect(await log.rejected.find(other, id)).toBeUndefined()
      await log.rejected.remove(other, id)
      expect(await log.rejected.find(shop, id)).toBeDefined()
      await log.rejected.remove(shop, id)
      expect(await log.rejected.find(shop, id)).toBeUndefined()
      expect(await log.rejected.list(shop, { limit: 9 })).toHaveLength(2)
    })

    test('[rejected] keep the text exactly, and a whole request of 10,000 at once', async () => {
      const shop = await newShop()
      const odd = '{"a": "\\u0000 {1,2} NULL \\"\\\\ 引号",\n broken'
      await log.rejected.add(shop, [refused(odd), ...Array.from({ length: 9_999 }, (_, i) => refused(`${i}`))])
      const all = await log.rejected.list(shop, { limit: 10_001 })
      expect(all.map(({ body }) => body).reverse()).toEqual([odd, ...Array.from({ length: 9_999 }, (_, i) => `${i}`)])
      await log.rejected.add(shop, [])
    })
  })

  describe('snapshots', () => {
    const save = async (shop: number, seq: number, at: number, text: string, baseSeq = seq) => {
      const bytes = await pressPages([{ text }])
      const front = await pressPages([{ text: `front of ${text}` }])
      await log.snapshots.save(shop, { seq, at, baseSeq, front, bytes })
      return bytes.length
    }
    const found = async (shop: number, atOrBefore: number) => {
      const snapshot = await log.snapshots.newest(shop, atOrBefore)
      if (snapshot === undefined) return undefined
      const { chain, front, ...place } = snapshot
      const texts: (string | undefined)[] = []
      for (const part of chain) {
        const bytes = await readBytes(log.snapshots, shop, part)
        texts.push(bytes && unpressPages(bytes)[0]?.text)
      }
      const [page] = unpressPages(front)
      if (texts.at(-1) !== undefined) expect(page?.text).toBe(`front of ${texts.at(-1)}`)
      return { ...place, texts }
    }

    test('[L3] the newest at or before an instant is found, with exactly its text', async () => {
      const shop = await newShop()
      await save(shop, 10, 1_000, '{"ten":"十"}')
      const bytes = await save(shop, 20, 2_000, 'x'.repeat(100_000))
      await save(await newShop(), 15, 1_500, 'not ours')
      expect(bytes).toBeLessThan(1_000)
      expect(await found(shop, 999)).toBeUndefined()
      expect(await found(shop, 1_999)).toEqual({ seq: 10, at: 1_000, texts: ['{"ten":"十"}'] })
      expect(await found(shop, 2_000)).toEqual({ seq: 20, at: 2_000, texts: ['x'.repeat(100_000)] })
      expect(await log.snapshots.position(shop, Number.MAX_SAFE_INTEGER)).toEqual({ seq: 20, at: 2_000 })
      expect(await log.snapshots.position(shop, 999)).toBeUndefined()
    })

    test('[L3] changes are found with those they go back to, up to a whole one, in order', async () => {
      const shop = await newShop()
      await save(shop, 10, 1_000, 'before')
      await save(shop, 20, 2_000, 'whole')
      await save(shop, 30, 3_000, 'first', 20)
      await save(shop, 40, 4_000, 'both', 20)
      await save(shop, 50, 5_000, 'third', 40)
      await save(shop, 60, 6_000, 'after')
      const textsAt = async (at: number) => (await found(shop, at))?.texts
      expect(await textsAt(2_000)).toEqual(['whole'])
      expect(await textsAt(3_999)).toEqual(['whole', 'first'])
      expect(await textsAt(4_999)).toEqual(['whole', 'both'])
      expect(await textsAt(5_000)).toEqual(['whole', 'both', 'third'])
      expect(await textsAt(6_000)).toEqual(['after'])
    })

    test('[L3] a large one is read in pieces, to the byte', async () => {
      const shop = await newShop()
      const bytes = randomBytes(1_500_000)
      await log.snapshots.save(shop, { seq: 10, at: 1_000, baseSeq: 10, front: new Uint8Array(), bytes })
      const snapshot = await log.snapshots.newest(shop, 1_000)
      expect(snapshot?.chain).toMatchObject([{ seq: 10, baseSeq: 10, size: 1_500_000 }])
      expect(await readBytes(log.snapshots, shop, snapshot!.chain[0]!)).toEqual(bytes)
    })

    test('[L3] one that is replaced or deleted while it is read is never half of each', async () => {
      const shop = await newShop()
      await save(shop, 10, 1_000, 'old')
      const [old] = (await log.snapshots.newest(shop, 1_000))!.chain
      await save(shop, 10, 1_000, 'new')
      expect(await readBytes(log.snapshots, shop, old!)).toBeUndefined()
      const [young] = (await log.snapshots.newest(shop, 1_000))!.chain
      await database.db.deleteFrom('snapshots').where('shop_id', '=', shop).execute()
      expect(await readBytes(log.snapshots, shop, young!)).toBeUndefined()
    })

    test('[L3] saved again at the same seq it is replaced', async () => {
      const shop = await newShop()
      await save(shop, 10, 1_000, 'old')
      await save(shop, 10, 1_100, 'new')
      expect(await found(shop, 1_050)).toBeUndefined()
      expect(await found(shop, 1_100)).toMatchObject({ texts: ['new'] })
    })

    test('[L3] one of another release is passed over, and let go on request', async () => {
      const shop = await newShop()
      await save(shop, 10, 1_000, 'ours')
      const place = { shop_id: shop, seq: 20, base_seq: 20, at: 2_000 }
      const foreign = { ...place, version: SNAPSHOT_VERSION + 1, front: Buffer.from('?'), bytes: Buffer.from('?') }
      await database.db.insertInto('snapshots').values(foreign).execute()
      expect(await found(shop, 3_000)).toMatchObject({ seq: 10, texts: ['ours'] })
      expect(await log.snapshots.position(shop, 3_000)).toEqual({ seq: 10, at: 1_000 })
      await log.snapshots.dropForeign()
      const left = await database.db.selectFrom('snapshots').select('seq').where('shop_id', '=', shop).execute()
      expect(left).toEqual([{ seq: 10 }])
    })

    test('[L3] one whose bytes are damaged never gives a text, wherever the damage is', async () => {
      const shop = await newShop()
      const text = JSON.stringify(Array.from({ length: 500 }, () => randomBytes(6).toString('hex')))
      const size = await save(shop, 10, 1_000, text)
      const mine = database.db.updateTable('snapshots').where('shop_id', '=', shop)
      const { bytes } = await database.db
        .selectFrom('snapshots')
        .select('bytes')
        .where('shop_id', '=', shop)
        .executeTakeFirstOrThrow()
      await fc.assert(
        fc.asyncProperty(fc.nat(size - 1), fc.integer({ min: 1, max: 255 }), async (place, flip) => {
          const damaged = Buffer.from(bytes)
          damaged[place] = damaged[place]! ^ flip
          await mine.set({ bytes: damaged }).execute()
          const read = (await found(shop, 1_000))?.texts[0]
          expect(read === undefined || read === text).toBe(true)
        }),
      )
      await mine.set({ bytes: bytes.subarray(0, size - 5) }).execute()
      expect((await found(shop, 1_000))?.texts).toEqual([undefined])
    })
  })

  describe('the history of alerts', () => {
    const alert = (id: string, openedAt: number, more: Partial<AlertRecord> = {}): AlertRecord => ({
      id,
      rule: 'pack',
      subject: `o-${id}`,
      level: 'warn',
      state: 'open',
      since: openedAt,
      openedAt,
      ...more,
    })
    const everything = { from: 0, to: Number.MAX_SAFE_INTEGER, limit: 1_000 }

    test('[alerts] say what was saved last, all of it', async () => {
      const shop = await newShop()
      await log.alerts.save(shop, [alert('a', 1_000, { dueAt: 5_000, queue: '售前' })])
      const last = alert('a', 5_000, {
        acknowledgedAt: 6_000,
        handedBy: '王',
        resolvedBy: '李',
        note: '已补货 "急"',
        level: 'breach',
        state: 'resolved',
        dueAt: 5_000,
        resolvedAt: 9_000,
        lateMs: 4_000,
        withdrawn: true,
        acknowledgedBy: 'Li',
        agent: 'a1',
        queue: '售前',
      })
      await log.alerts.save(shop, [last, alert('b', 6_000)])
      await log.alerts.save(shop, [last])
      expect(await log.alerts.list(shop, everything)).toEqual([last, alert('b', 6_000)])
      expect(await log.alerts.list(await newShop(), everything)).toEqual([])
      await log.alerts.save(shop, [])
    })

    test('[alerts] what is told again keeps what people did about it', async () => {
      const shop = await newShop()
      const handled = { acknowledgedBy: 'Li', acknowledgedAt: 6_000, note: '已补货' }
      const known = alert('a', 5_000, { level: 'breach', state: 'resolved', lateMs: 4_000, ...handled })
      await log.alerts.save(shop, [known])
      const retold = { retold: true } as const
      const told = alert('a', 5_000, { level: 'breach', state: 'resolved', lateMs: 7_000, ...retold })
      await log.alerts.save(shop, [told, alert('b', 6_000, retold)])
      expect(await log.alerts.list(shop, everything)).toEqual([{ ...known, lateMs: 7_000 }, alert('b', 6_000)])
    })

    test('[alerts] one that can never be kept is told of, and the others are kept', async () => {
      const shop = await newShop()
      const told: string[] = []
      const book = new AlertBook(log.alerts, shop, (_error, what) => told.push(what))
      const bad = [alert('b', 2_000, { note: 'a\0b' }), alert('d', 4_000, { note: '\ud83d' })]
      book.note([alert('a', 1_000), bad[0]!, alert('c', 3_000), bad[1]!, alert('e', 5_000)])
      await book.demandSaved()
      expect((await log.alerts.list(shop, everything)).map(({ id }) => id)).toEqual(['a', 'c', 'e'])
      expect(told.filter((what) => what === 'an alert cannot be kept').length).toBeGreaterThanOrEqual(2)
    })

    test('[alerts] pages meet, whatever the range, the rule and the page', async () => {
      const shop = await newShop()
      const records = Array.from({ length: 1_200 }, (_, i) =>
        alert(`${i}`.padStart(5, '0'), Math.floor(i / 7), { rule: i % 3 === 0 ? 'pack' : 'cancel' }),
      )
      await log.alerts.save(shop, records)
      const instant = fc.nat(200)
      await fc.assert(
        fc.asyncProperty(
          instant,
          instant,
          fc.constantFrom(undefined, 'pack', 'cancel', 'none'),
          fc.integer({ min: 20, max: 400 }),
          async (from, to, rule, limit) => {
            const seen: AlertRecord[] = []
            for (let page: AlertRecord[] = [], first = true; first || page.length === limit; first = false) {
              const after = page.at(-1)
              page = await log.alerts.list(shop, { from, to, rule, after, limit })
              seen.push(...page)
            }
            expect(seen).toEqual(
              records.filter((r) => r.openedAt >= from && r.openedAt < to && (rule ?? r.rule) === r.rule),
            )
          },
        ),
        { numRuns: 30 },
      )
    })
  })

  describe('shops and keys', () => {
    test('[shops] are made once, with their first configuration as it was given', async () => {
      const config = { shop: 'once', name: '一家店', timezone: 'Asia/Shanghai' }
      const shop = await shops.create(config, 0)
      expect(shop?.config).toEqual(config)
      expect(await shops.create({ ...config, name: 'Other' }, 0)).toBeUndefined()
      const afresh = new Shops(database.db)
      expect(await afresh.find('once')).toEqual(shop)
      expect(await afresh.find('nowhere')).toBeUndefined()
      expect(await afresh.list()).toContainEqual(shop)
    })

    test('[keys] open what they were made for until they are revoked; the key itself is nowhere', async () => {
      const shop = await newShop()
      const sealer = new Sealer('a secret of the tests')
      const parts = { adminKey: undefined, clock: systemClock, sealer }
      const ring = new KeyRing(database.db, { ...parts, adminKey: 'the administrator' })
      const createdBy = 'somebody'
      const { id, key } = await ring.create({ name: 'till', scopes: ['events:write'], shopId: shop, createdBy })
      const { key: everywhere } = await ring.create({ name: 'all', scopes: ['read', 'backfill'], createdBy })
      const afresh = new KeyRing(database.db, parts)
      const shops = new Map([[`shop-${made}`, new Set(['send'])]])
      expect(await afresh.grantOf(key)).toMatchObject({ name: 'till', everywhere: new Set(), shops })
      const rights = new Set(['watch', 'inspect', 'backfill'])
      expect(await afresh.grantOf(everywhere)).toMatchObject({ everywhere: rights, shops: new Map() })
      expect(await afresh.grantOf(`${key}x`)).toBeUndefined()
      expect(await afresh.grantOf('the administrator')).toBeUndefined()
      const rows = await database.db.selectFrom('api_keys').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(key)
      expect(rows.some(({ hash }) => hash.includes(key))).toBe(false)
      expect(await ring.revoke(id)).toBe(true)
      expect(await ring.revoke(id)).toBe(false)
      expect(await ring.grantOf(key)).toBeUndefined()
      expect(await new KeyRing(database.db, parts).grantOf(key)).toBeUndefined()
    })
  })
})
