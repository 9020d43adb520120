/** One event a request over 64 connections, against one INSERT a request behind a bare Hono handler. */
import { makeShop, viewOf } from './api.ts'
import type { Benchmark } from './benchmark.ts'
import { startChild, startOurs } from './childServer.ts'
import { openBare, withDatabases } from './databases.ts'
import { DEMO_SHOP, dayAsOfNow } from './demoDay.ts'
import { prepare, sendAll } from './load.ts'
import { alternate, median, seconds } from './measure.ts'
import { perSecond } from './table.ts'

const CONNECTIONS = 64
const GOAL = 1.5
const TYPE = 'application/cloudevents+json'
/** Statements of ours that came down: each is one commit. */
const COMMITS = 'floorwatch_append_events_count'

export const single: Benchmark = {
  name: 'single',
  run(quick) {
    return withDatabases('PostgreSQL', async (ours, bare) => {
      await (await openBare(bare)).close()
      const server = await startOurs(ours)
      const reference = await startChild('references/insertServer.ts', bare)
      const count = quick ? 3_000 : 12_000
      const commits: number[] = []

      const acknowledged = async (round: number) => {
        const shop = `single-${round}`
        await makeShop(server.url, shop, DEMO_SHOP.timezone)
        const before = await server.metric(COMMITS)
        const took = await post(server.url, `/api/shops/${shop}/events`, count)
        commits.push(((await server.metric(COMMITS)) - before) / took)
        const { seq } = await viewOf(server.url, shop)
        if (seq !== count) throw new Error(`the view says ${seq} of ${count} events`)
        return count / took
      }
      const inserted = async (round: number) => count / (await post(reference.url, `/events/${round + 1}`, count))

      const result = await alternate(quick ? 3 : 5, acknowledged, inserted)
      await server.stop()
      await reference.stop()
      return [
        {
          what: `events/s over HTTP, 1 a request, ${CONNECTIONS} connections, PostgreSQL`,
          ours: `${perSecond(result.ours)}, commits ${perSecond(median(commits))}`,
          reference: `INSERT each ${perSecond(result.reference)}, commits the same`,
          ratio: result.ratio,
          goal: `≥ ${GOAL} ×`,
          met: result.ratio >= GOAL,
        },
      ]
    })
  },
}

function post(url: string, path: string, count: number): Promise<number> {
  const requests = dayAsOfNow(count).map((event) => prepare(url, path, TYPE, JSON.stringify(event)))
  return seconds(() => sendAll(url, requests, CONNECTIONS))
}
