/** A changed threshold tried on a big day, over HTTP. */

import { tryOn, viewOf } from './api.ts'
import type { Benchmark } from './benchmark.ts'
import { BIG_SHOP, bigLog } from './bigLog.ts'
import { startOurs } from './childServer.ts'
import { percentile, seconds } from './measure.ts'
import { ms } from './table.ts'

const GOAL_MS = 2_000
const TRIES = 5

export const whatIf: Benchmark = {
  name: 'what-if',
  async run() {
    // The goal is for a day of this size, however long the benchmarks may take.
    const log = await bigLog(true)
    const server = await startOurs(log)
    await viewOf(server.url, BIG_SHOP)
    const midnight = Temporal.Instant.fromEpochMilliseconds(log.start).toZonedDateTimeISO(log.timezone)
    const period = midnight.toPlainDate().toString()
    const lines = log.events.map((event) => JSON.stringify(event))
    const tookMs: number[] = []
    const parseMs: number[] = []
    for (let i = 0; i < TRIES; i++) {
      const handbook = { rules: { first_response: { targetMs: 20_000 + i * 1_000 } } }
      tookMs.push(1000 * (await seconds(() => tryOn(server.url, BIG_SHOP, period, handbook))))
      parseMs.push(1000 * (await seconds(async () => void lines.map((line) => JSON.parse(line)))))
    }
    await server.stop()
    const p50 = percentile(tookMs, 0.5)
    const parsed = percentile(parseMs, 0.5)
    return [
      {
        what: `a handbook tried on a day of ${log.events.length.toLocaleString('en')} events, median of ${TRIES}`,
        ours: ms(p50),
        reference: `JSON.parse of its lines ${ms(parsed)}`,
        ratio: p50 / parsed,
        goal: `≤ ${GOAL_MS} ms`,
        met: p50 <= GOAL_MS,
      },
    ]
  },
}
