/** From starting the server over a big log to the first correct view, against the start of its database alone. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { viewOf } from './api.ts'
import type { Benchmark } from './benchmark.ts'
import { BIG_SHOP, bigLog } from './bigLog.ts'
import { startOurs } from './childServer.ts'
import { alternate } from './measure.ts'

const GOAL_SECONDS = 2

export const restart: Benchmark = {
  name: 'restart',
  async run(quick) {
    const { dataDir, events } = await bigLog(quick)
    const program = new URL('references/databaseStart.ts', import.meta.url).pathname
    const databaseAlone = async () => {
      const startedAt = performance.now()
      const env = { ...process.env, DATA_DIR: dataDir }
      const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] })
      const gone = once(child, 'exit')
      await once(child.stdout, 'data')
      const took = (performance.now() - startedAt) / 1000
      await gone
      return took
    }
    const wholeServer = async () => {
      const startedAt = performance.now()
      const server = await startOurs({ dataDir })
      const { seq } = await viewOf(server.url, BIG_SHOP)
      const took = (performance.now() - startedAt) / 1000
      await server.stop()
      if (seq !== events.length) throw new Error(`the view says ${seq} of ${events.length} events`)
      return took
    }
    const { ours, reference } = await alternate(quick ? 1 : 3, wholeServer, databaseAlone)
    return [
      {
        what: `restart over ${events.length.toLocaleString('en')} events: first correct view, PGlite`,
        ours: `${ours.toFixed(2)} s`,
        reference: `the database alone ${reference.toFixed(2)} s`,
        goal: `≤ + ${GOAL_SECONDS} s`,
        met: ours - reference <= GOAL_SECONDS,
      },
    ]
  },
}
