/** Acknowledged events per second over HTTP in batches, against bare multi-row inserts of the same rows. */
import { CompiledQuery } from 'kysely'
import type { CloudEvent } from '#server/demo/feeds.ts'
import { BATCH_TYPE, makeShop, viewOf } from './api.ts'
import { insertStatement, rowOf } from './bareInsert.ts'
import type { Benchmark, Row } from './benchmark.ts'
import { startOurs } from './childServer.ts'
import { type Kind, openBare, withDatabases } from './databases.ts'
import { DEMO_SHOP, dayAsOfNow } from './demoDay.ts'
import { prepare, sendAll } from './load.ts'
import { alternate, seconds } from './measure.ts'
import { perSecond } from './table.ts'

const BATCH = 200
const CONNECTIONS = 8
const GOAL = 0.6

export const ingest: Benchmark = {
  name: 'ingest',
  async run(quick) {
    return [await measure('PGlite', quick), await measure('PostgreSQL', quick)]
  },
}

function measure(kind: Kind, quick: boolean): Promise<Row> {
  return withDatabases(kind, async (ours, bare) => {
    const server = await startOurs(ours)
    const database = await openBare(bare)
    const batches = quick ? 60 : 150

    const acknowledged = async (round: number) => {
      const shop = `ingest-${round}`
      await makeShop(server.url, shop, DEMO_SHOP.timezone)
      const requests = batchesOf(dayAsOfNow(batches * BATCH)).map((events) =>
        prepare(server.url, `/api/shops/${shop}/events`, BATCH_TYPE, JSON.stringify(events)),
      )
      const took = await seconds(() => sendAll(server.url, requests, CONNECTIONS))
      const { seq } = await viewOf(server.url, shop)
      if (seq !== batches * BATCH) throw new Error(`the view says ${seq} of ${batches * BATCH} events`)
      return (batches * BATCH) / took
    }
    const text = insertStatement(BATCH)
    const inserted = async (round: number) => {
      const values = batchesOf(dayAsOfNow(batches * BATCH)).map((events, batch) =>
        events.flatMap((event, i) => rowOf(round + 1, batch * BATCH + i + 1, event, JSON.stringify(event))),
      )
      let next = 0
      const one = async () => {
        while (next < values.length) await database.db.executeQuery(CompiledQuery.raw(text, values[next++]))
      }
      const took = await seconds(() => Promise.all(Array.from({ length: CONNECTIONS }, one)))
      return (batches * BATCH) / took
    }

    const { ours: rate, reference, ratio } = await alternate(quick ? 3 : 5, acknowledged, inserted)
    await server.stop()
    await database.close()
    return {
      what: `events/s over HTTP, ${BATCH} a request, ${CONNECTIONS} connections, ${kind}`,
      ours: perSecond(rate),
      reference: `bare inserts ${perSecond(reference)}`,
      ratio,
      goal: `≥ ${GOAL} ×`,
      met: ratio >= GOAL,
    }
  })
}

function batchesOf(events: readonly CloudEvent[]): CloudEvent[][] {
  return Array.from({ length: events.length / BATCH }, (_, i) => events.slice(i * BATCH, (i + 1) * BATCH))
}
