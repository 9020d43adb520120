/** What every database must give the log: append and read. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toRecorded } from '#server/log/decode.ts'
import { EventLog, HeadMoved } from '#server/log/log.ts'
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from '../support/database.ts'
import { backfill, incoming, live } from '../support/incoming.ts'

const EMPTY = { seq: 0, recordedAt: 0 }
const ALL = { after: 0, limit: 10_000 }

describe.each(DATABASE_KINDS)('on %s', (kind) => {
  let database: TestDatabase
  let log: EventLog
  let shop = 0
  const nextShop = () => ++shop

  beforeAll(async () => {
    database = await openTestDatabase(kind)
    log = new EventLog(database.db)
  })
  afterAll(() => database.discard())

  test('[log] numbers on without gaps and says where each event went', async () => {
    const shop = nextShop()
    const first = await log.append(shop, EMPTY, [{ stamp: live(5_000), events: [incoming('a'), incoming('b')] }])
    expect(first.results).toEqual([[at(1, 5_000), at(2, 5_000)]])
    const second = await log.append(shop, first.head, [{ stamp: live(6_000), events: [incoming('c')] }])
    expect(second).toEqual({ head: { seq: 3, recordedAt: 6_000 }, results: [[at(3, 6_000)]] })
    expect(await log.head(shop)).toEqual(second.head)
  })

  test('[log] shops do not see each other', async () => {
    const [one, other] = [nextShop(), nextShop()]
    await log.append(one, EMPTY, [{ stamp: live(5_000), events: [incoming('a')] }])
    expect(await log.head(other)).toEqual(EMPTY)
    const { results } = await log.append(other, EMPTY, [{ stamp: live(7_000), events: [incoming('a')] }])
    expect(results).toEqual([[at(1, 7_000)]])
    expect(await log.read(one, ALL)).toHaveLength(1)
  })

  test('[log] a duplicate takes no seq: within a batch, across batches, and across appends', async () => {
    const shop = nextShop()
    const { head, results } = await log.append(shop, EMPTY, [
      { stamp: live(5_000), events: [incoming('a'), incoming('a'), incoming('b')] },
      { stamp: live(5_000), events: [incoming('b'), incoming('a', { source: 'orders' })] },
    ])
    expect(results).toEqual([
      [at(1, 5_000), 'duplicate', at(2, 5_000)],
      ['duplicate', at(3, 5_000)],
    ])
    const again = await log.append(shop, head, [
      { stamp: live(6_000), events: [incoming('a'), incoming('d'), incoming('b')] },
    ])
    expect(again.results).toEqual([['duplicate', at(4, 6_000), 'duplicate']])
    const nothing = await log.append(shop, again.head, [{ stamp: live(9_000), events: [incoming('d')] }])
    expect(nothing).toEqual({ head: again.head, results: [['duplicate']] })
  })

  test('[log] no pair of source and id is taken for another', async () => {
    const shop = nextShop()
    const names: [string, string][] = [
      ['a', 'bc'],
      ['ab', 'c'],
      ['1 a', 'b'],
      ['1', ' ab'],
      ['a', '订单'],
      ['a', "'; drop table events; --"],
      ['a', '{"x","y"}'],
      ['a', '\\'],
      ['a', 'NULL'],
      ['a', ''],
    ]
    const events = names.map(([source, id]) => incoming(id, { source }))
    const { results } = await log.append(shop, EMPTY, [{ stamp: live(5_000), events }])
    expect(results[0]).toEqual(names.map((_, i) => at(i + 1, 5_000)))
    expect((await log.read(shop, ALL)).map(toRecorded).map(({ source, id }) => [source, id])).toEqual(names)
  })

  test('[log] a backfill is recorded at its own times, rising, never past the clock nor before the log', async () => {
    const shop = nextShop()
    const times = [3_000, 1_000, 4_000, 99_000, 5_000]
    const events = times.map((time, i) => incoming(`b${i}`, { time }))
    const { head, results } = await log.append(shop, EMPTY, [{ stamp: backfill(10_000), events }])
    expect(results[0]).toEqual([at(1, 3_000), at(2, 3_000), at(3, 4_000), at(4, 10_000), at(5, 10_000)])
    const early = [{ stamp: backfill(12_000), events: [incoming('c', { time: 2_000 })] }]
    expect((await log.append(shop, head, early)).results).toEqual([[at(6, 10_000)]])
  })

  test('[log] a duplicate in a backfill does not push the stamps of what follows it', async () => {
    const shop = nextShop()
    const first = await log.append(shop, EMPTY, [{ stamp: backfill(99_000), events: [incoming('a', { time: 1_000 })] }])
    const { results } = await log.append(shop, first.head, [
      {
        stamp: backfill(99_000),
        events: [incoming('a', { time: 50_000 }), incoming('b', { time: 2_000 }), incoming('b', { time: 60_000 })],
      },
    ])
    expect(results).toEqual([['duplicate', at(2, 2_000), 'duplicate']])
  })

  test('[log] live and backfill go down together, in the order given', async () => {
    const shop = nextShop()
    const { results } = await log.append(shop, EMPTY, [
      { stamp: backfill(8_000), events: [incoming('a', { time: 2_000 })] },
      { stamp: live(9_000), events: [incoming('b', { time: 1_000 })] },
      { stamp: backfill(8_000), events: [incoming('c', { time: 3_000 })] },
    ])
    expect(results).toEqual([[at(1, 2_000)], [at(2, 9_000)], [at(3, 9_000)]])
  })

  test('[log] keeps the text exactly, and a time never later than its recording', async () => {
    const shop = nextShop()
    const body =
      '{ "id":"a","source":"chat","type":"note","subject":"c1", "n":1.10, "text":"引号\\" \\u4f60 \\\\N {},NULL\\n" }'
    await log.append(shop, EMPTY, [
      { stamp: live(5_000), events: [incoming('a', { body, time: 9_000 }), incoming('b', { time: -7 })] },
    ])
    const [first, second] = await log.read(shop, ALL)
    expect(first).toEqual({ seq: 1, recordedAt: 5_000, time: 5_000, body })
    expect(second?.time).toBe(-7)
    expect(toRecorded(first!)).toEqual({
      seq: 1,
      recordedAt: 5_000,
      time: 5_000,
      data: {},
      source: 'chat',
      id: 'a',
      type: 'note',
      subject: 'c1',
    })
  })

  test('[log] appends 10,000 events in one statement', async () => {
    const shop = nextShop()
    const events = Array.from({ length: 10_000 }, (_, i) => incoming(`e${i}`))
    const { head, results } = await log.append(shop, EMPTY, [{ stamp: live(5_000), events }])
    expect(head.seq).toBe(10_000)
    expect(results[0]?.at(-1)).toEqual(at(10_000, 5_000))
  })

  test('[log] reads pages in order, up to an instant', async () => {
    const shop = nextShop()
    const events = [1_000, 2_000, 2_000, 3_000, 4_000].map((time, i) => incoming(`e${i}`, { time }))
    await log.append(shop, EMPTY, [{ stamp: backfill(9_000), events }])
    const seqs = async (page: Parameters<EventLog['read']>[1]) => (await log.read(shop, page)).map(({ seq }) => seq)
    expect(await seqs({ after: 0, limit: 2 })).toEqual([1, 2])
    expect(await seqs({ after: 2, limit: 2 })).toEqual([3, 4])
    expect(await seqs({ after: 5, limit: 2 })).toEqual([])
    expect(await seqs({ after: 0, upToRecordedAt: 999, limit: 9 })).toEqual([])
    expect(await seqs({ after: 0, upToRecordedAt: 2_000, limit: 9 })).toEqual([1, 2, 3])
    expect(await seqs({ after: 1, upToRecordedAt: 2_999, limit: 9 })).toEqual([2, 3])
  })

  test('[log] refuses who believes the log ends elsewhere, and appends nothing', async () => {
    const shop = nextShop()
    const batch = (id: string) => [{ stamp: live(5_000), events: [incoming(id), incoming('a')] }]
    const { head } = await log.append(shop, EMPTY, batch('b'))
    const behind = log.append(shop, { seq: 1, recordedAt: 5_000 }, batch('c'))
    await expect(behind).rejects.toThrow(HeadMoved)
    const ahead = log.append(shop, { seq: 7, recordedAt: 5_000 }, batch('c'))
    await expect(ahead).rejects.toThrow(HeadMoved)
    expect(await log.head(shop)).toEqual(head)
  })

  test('[log] of two writers with the same head one wins, and the other learns of it', async () => {
    const shop = nextShop()
    for (let round = 0; round < 10; round++) {
      const head = await log.head(shop)
      const tries = ['x', 'y', 'z'].map((writer) =>
        log.append(shop, head, [
          { stamp: live(5_000), events: [incoming(`${writer}${round}`), incoming(`same${round}`)] },
        ]),
      )
      const outcomes = await Promise.allSettled(tries)
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(HeadMoved)
      expect((await log.head(shop)).seq).toBe(head.seq + 2)
    }
    const seqs = (await log.read(shop, ALL)).map(({ seq }) => seq)
    expect(seqs).toEqual(seqs.map((_, i) => i + 1))
  })

  test('[log] finds one subject in order by its index', async () => {
    const shop = nextShop()
    const events = Array.from({ length: 3_000 }, (_, i) => incoming(`e${i}`, { subject: `c${i % 100}` }))
    await log.append(shop, EMPTY, [{ stamp: live(5_000), events }])
    const plan = await database.db
      .selectFrom('events')
      .select('seq')
      .where('shop_id', '=', shop)
      .where('subject', '=', 'c7')
      .orderBy('seq')
      .explain('text')
    expect(JSON.stringify(plan)).toContain('events_of_subject')
  })
})

const at = (seq: number, recordedAt: number) => ({ seq, recordedAt })
