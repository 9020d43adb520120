/** The laws that the log itself must keep, on every database. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Batch, EventLog, type Head } from '#server/log/log.ts'
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from '../support/database.ts'
import { backfill, incoming, live } from '../support/incoming.ts'

const RUNS = { numRuns: 60 }
const name = fc.record({ source: fc.constantFrom('chat', 'orders'), id: fc.constantFrom(...'abcdefgh') })
/** Time comes from a second draw: the same event sent again says the same, and a liar may say something else. */
const delivery = fc.record({ name, time: fc.integer({ min: 0, max: 100 }) })
const request = fc.record({
  mode: fc.constantFrom('live', 'backfill'),
  deliveries: fc.array(delivery, { maxLength: 6 }),
})
/** Each append carries several requests; the clock goes on, or stands, between them. */
const appends = fc.array(fc.record({ requests: fc.array(request, { maxLength: 4 }), pause: fc.nat(40) }), {
  maxLength: 8,
})

describe.each(DATABASE_KINDS)('on %s', (kind) => {
  let database: TestDatabase
  let log: EventLog
  let shop = 0

  beforeAll(async () => {
    database = await openTestDatabase(kind)
    log = new EventLog(database.db)
  })
  afterAll(() => database.discard())

  test('[L8] however often and however grouped an event comes, the log holds it once, at its first coming', () =>
    fc.assert(
      fc.asyncProperty(appends, async (script) => {
        const shopId = ++shop
        const expected = new Model()
        let head: Head = { seq: 0, recordedAt: 0 }
        let clock = 0
        for (const { requests, pause } of script) {
          clock += pause
          const recordedAt = Math.max(clock, head.recordedAt)
          const batches = requests.map(({ mode, deliveries }) => ({
            stamp: mode === 'live' ? live(recordedAt) : backfill(recordedAt),
            events: deliveries.map(({ name, time }) => incoming(name.id, { source: name.source, time })),
          }))
          const appended = await log.append(shopId, head, batches)
          expect(appended.results).toEqual(batches.map((batch) => expected.take(batch)))
          head = appended.head
          expect(head).toEqual(expected.head)
        }
        const stored = await log.read(shopId, { after: 0, limit: 1_000 })
        expect(stored.map(({ seq, recordedAt, body }) => ({ seq, recordedAt, body }))).toEqual(expected.rows)
      }),
      RUNS,
    ))

  test('[L9] what cannot go down whole leaves nothing behind, and the log goes on from where it was', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { minLength: 1, maxLength: 5 }),
        fc.nat(20),
        fc.nat(20),
        async (sizes, badBatch, badEvent) => {
          const shopId = ++shop
          const { head } = await log.append(shopId, { seq: 0, recordedAt: 0 }, [
            { stamp: live(1), events: [incoming('there before')] },
          ])
          const batches = sizes.map((size, b) => ({
            stamp: live(2),
            events: Array.from({ length: size + 1 }, (_, e) => incoming(`${b}.${e}`)),
          }))
          const good = structuredClone(batches)
          const events = batches[badBatch % batches.length]!.events
          // A NUL is one thing that no text column takes.
          events[badEvent % events.length]!.body = 'not to be stored: \0'
          await expect(log.append(shopId, head, batches)).rejects.toThrow()
          expect(await log.head(shopId)).toEqual(head)
          const { results } = await log.append(shopId, head, good)
          expect(results.flat().map((place) => place !== 'duplicate' && place.seq)).toEqual(
            good.flatMap(({ events }) => events).map((_, i) => i + 2),
          )
        },
      ),
      RUNS,
    ))
})

/** The log, the slow and obvious way. */
class Model {
  rows: { seq: number; recordedAt: number; body: string }[] = []
  #names = new Set<string>()

  get head(): Head {
    const last = this.rows.at(-1)
    return { seq: last?.seq ?? 0, recordedAt: last?.recordedAt ?? 0 }
  }

  take({ stamp, events }: Batch) {
    return events.map(({ source, id, time, body }) => {
      const name = JSON.stringify([source, id])
      if (this.#names.has(name)) return 'duplicate'
      this.#names.add(name)
      const before = this.head
      const recordedAt =
        stamp.mode === 'live' ? stamp.recordedAt : Math.min(stamp.clock, Math.max(time, before.recordedAt))
      const seq = before.seq + 1
      this.rows.push({ seq, recordedAt, body })
      return { seq, recordedAt }
    })
  }
}
