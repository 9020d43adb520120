/** The server's processor time for a thousand screens of one shop, against Socket.IO broadcasting the same bytes. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { backfill, makeShop } from './api.ts'
import type { Benchmark } from './benchmark.ts'
import { startChild, startOurs } from './childServer.ts'
import { withDatabases } from './databases.ts'
import { morning } from './demoDay.ts'
import { alternate, percentile } from './measure.ts'
import { postAtPace } from './pace.ts'
import { openScreen, type Shown } from './screen.ts'

const SHOP = 'screens'
const SCREENS = 1_000
/** Twice as many events as patches: ten a second go out. */
const EVENT_EVERY_MS = 50
const GOAL = 1.3

export const screens: Benchmark = {
  name: 'screens',
  run(quick) {
    return withDatabases('PostgreSQL', async (where, bare) => {
      const server = await startOurs(where)
      const reference = await startChild('references/broadcastServer.ts', bare)
      const { timezone, events } = morning(Date.now())
      await makeShop(server.url, SHOP, timezone)
      await backfill(server.url, SHOP, events)
      const lengthMs = quick ? 5_000 : 15_000
      let patches: Shown[] = []
      const paces: number[] = []

      const ours = async () => {
        const audience = await gather(server.url, SHOP)
        const screen = await openScreen(server.url, SHOP)
        const cpuBefore = await server.cpuSeconds()
        const from = screen.shown.length
        await postAtPace(`${server.url}/api/shops/${SHOP}/events`, lengthMs / EVENT_EVERY_MS, EVENT_EVERY_MS)
        const cpu = (await server.cpuSeconds()) - cpuBefore
        patches = screen.shown.slice(from)
        paces.push((1000 * patches.length) / lengthMs)
        screen.socket.close()
        await dismiss(audience)
        return cpu
      }
      const broadcast = async () => {
        const audience = await gather(reference.url, '')
        const cpuBefore = await reference.cpuSeconds()
        const body = JSON.stringify(
          patches.map(({ at, packet }, i) => ({ afterMs: i === 0 ? 0 : at - (patches[i - 1]?.at ?? at), packet })),
        )
        await fetch(`${reference.url}/play`, { method: 'POST', body })
        const cpu = (await reference.cpuSeconds()) - cpuBefore
        await dismiss(audience)
        return cpu
      }
      await ours()
      const result = await alternate(quick ? 2 : 4, ours, broadcast)
      await server.stop()
      await reference.stop()
      const cores = (cpu: number) => `${((100_000 * cpu) / lengthMs).toFixed(0)} % of a core`
      return [
        {
          what: `server CPU, ${SCREENS.toLocaleString('en')} screens, ${percentile(paces, 0.5).toFixed(1)} patches/s`,
          ours: cores(result.ours),
          reference: `the same bytes broadcast ${cores(result.reference)}`,
          ratio: result.ratio,
          goal: `≤ ${GOAL} ×`,
          met: result.ratio <= GOAL,
        },
      ]
    })
  },
}

async function gather(url: string, shop: string): Promise<ChildProcess> {
  const audience = fork(new URL('audience.ts', import.meta.url), [url, shop, String(SCREENS)], { execArgv: [] })
  await once(audience, 'message')
  await sleep(1_000)
  return audience
}

async function dismiss(audience: ChildProcess): Promise<void> {
  const gone = once(audience, 'exit')
  audience.kill('SIGKILL')
  await gone
}
