/** From the HTTP post to the patch at a socket, against a bare insert and `emit` at the same pace. */
import { setTimeout as sleep } from 'node:timers/promises'
import { backfill, makeShop } from './api.ts'
import type { Benchmark, Row } from './benchmark.ts'
import { startChild, startOurs } from './childServer.ts'
import { type Kind, openBare, withDatabases } from './databases.ts'
import { morning } from './demoDay.ts'
import { percentile } from './measure.ts'
import { delays, postAtPace } from './pace.ts'
import { openScreen } from './screen.ts'
import { ms } from './table.ts'

const SHOP = 'latency'
const SLOW_MS = 250
const FAST_MS = 5
const GOAL_P50 = 2
const GOAL_P99_MS = 120
/** The longest a history is waited for, and a patch that is still under way. */
const SETTLE_MS = 3_000

export const latency: Benchmark = {
  name: 'latency',
  async run(quick) {
    return [...(await measure('PGlite', quick)), ...(await measure('PostgreSQL', quick))]
  },
}

function measure(kind: Kind, quick: boolean): Promise<Row[]> {
  return withDatabases(kind, async (where, bare) => {
    await (await openBare(bare)).close()
    const server = await startOurs(where)
    const reference = await startChild('references/emitServer.ts', bare)
    const { timezone, events } = morning(Date.now())
    await makeShop(server.url, SHOP, timezone)
    await backfill(server.url, SHOP, events)
    await sleep(SETTLE_MS)
    const [wall, bareWall] = [await openScreen(server.url, SHOP), await openScreen(reference.url)]
    const ours = `${server.url}/api/shops/${SHOP}/events`
    const theirs = `${reference.url}/events`

    await Promise.all([postAtPace(ours, 20, 50), postAtPace(theirs, 20, 50)])
    // By turns, post by post: the reference's lies in the middle between two of ours.
    const count = quick ? 20 : 100
    const slowOurs = postAtPace(ours, count, SLOW_MS)
    await sleep(SLOW_MS / 2)
    const slowBare = await postAtPace(theirs, count, SLOW_MS)
    const slow = { ours: await slowOurs, bare: slowBare }
    const fast = { ours: [] as Awaited<typeof slowOurs>, bare: [] as typeof slowBare }
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      fast.ours.push(...(await postAtPace(ours, 1_000, FAST_MS)))
      fast.bare.push(...(await postAtPace(theirs, 1_000, FAST_MS)))
    }
    await sleep(SETTLE_MS)

    const p50 = percentile(delays(slow.ours, wall.shown), 0.5)
    const bareP50 = percentile(delays(slow.bare, bareWall.shown), 0.5)
    const p99 = percentile(delays(fast.ours, wall.shown), 0.99)
    const bareP99 = percentile(delays(fast.bare, bareWall.shown), 0.99)
    wall.socket.close()
    bareWall.socket.close()
    await server.stop()
    await reference.stop()
    return [
      {
        what: `post → patch, p50, a post every ${SLOW_MS} ms, ${kind}`,
        ours: ms(p50),
        reference: `insert + emit ${ms(bareP50)}`,
        ratio: p50 / bareP50,
        goal: `≤ ${GOAL_P50} ×`,
        met: p50 / bareP50 <= GOAL_P50,
      },
      {
        what: `post → patch, p99, ${1000 / FAST_MS} events/s, ${kind}`,
        ours: ms(p99),
        reference: `insert + emit ${ms(bareP99)}`,
        ratio: p99 / bareP99,
        goal: `≤ ${GOAL_P99_MS} ms`,
        met: p99 <= GOAL_P99_MS,
      },
    ]
  })
}
