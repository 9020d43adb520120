/** Many clocks falling due through one minute, against one `setTimeout` and one patch for each. */
import { setTimeout as sleep } from 'node:timers/promises'
import { applyPatch } from '#core/mergePatch.ts'
import type { View } from '#core/view.ts'
import type { CloudEvent } from '#server/demo/feeds.ts'
import { zoneAtMidday } from '#server/demo/zoneAtMidday.ts'
import { backfill, makeShop, send, viewOf } from './api.ts'
import type { Benchmark } from './benchmark.ts'
import { startChild, startOurs } from './childServer.ts'
import { withDatabases } from './databases.ts'
import { percentile } from './measure.ts'
import { openScreen, type Shown } from './screen.ts'
import { ms } from './table.ts'

const SHOP = 'dues'
const RULE = 'reply_wait'
const TARGET_MS = 60_000
/** The clocks' starts are spread over a minute around the moment they are sent. */
const SPREAD_MS = 60_000
const HEAD_START_MS = 30_000
const BATCH = 500
const GOAL_FIRED_MS = 50
const GOAL_SHOWN_MS = 150

export const dues: Benchmark = {
  name: 'dues',
  run(quick) {
    const clocks = quick ? 10_000 : 100_000
    return withDatabases('PostgreSQL', async (where, bare) => {
      const ours = await measureOurs(where, clocks)
      const bareResult = await measureBare(bare, clocks)
      const minute = `${clocks.toLocaleString('en')} clocks through one minute`
      return [
        {
          what: `${minute}: due → fired, p99`,
          ours: `≤ ${ms(ours.firedMs)}`,
          reference: `setTimeout ${ms(bareResult.firedMs)}`,
          goal: `≤ ${GOAL_FIRED_MS} ms`,
          met: ours.firedMs <= GOAL_FIRED_MS,
        },
        {
          what: `${minute}: due → at a socket, p99`,
          ours: ms(ours.shownMs),
          reference: `a patch each ${ms(bareResult.shownMs)}`,
          goal: `≤ ${GOAL_SHOWN_MS} ms`,
          met: ours.shownMs <= GOAL_SHOWN_MS,
        },
        {
          what: `${minute}: share found`,
          ours: `${((100 * ours.found) / clocks).toFixed(3)} %`,
          reference: `${((100 * bareResult.found) / clocks).toFixed(3)} %`,
          goal: '100 %',
          met: ours.found === clocks,
        },
      ]
    })
  },
}

interface Result {
  firedMs: number
  shownMs: number
  found: number
}

async function measureOurs(where: Parameters<typeof startOurs>[0], clocks: number): Promise<Result> {
  const server = await startOurs(where)
  await makeShop(server.url, SHOP, zoneAtMidday(Date.now()))
  const begun = Date.now() - 2 * SPREAD_MS
  await backfill(server.url, SHOP, Array.from({ length: clocks }, (_, i) => answered(i, begun)).flat())
  const start = Date.now() - HEAD_START_MS
  const starts = Array.from({ length: clocks }, (_, i) => start + Math.floor((i * SPREAD_MS) / clocks))
  for (let i = 0; i < clocks; i += BATCH) {
    const events = starts.slice(i, i + BATCH).map((at, j) => event('message.received', i + j, at, {}))
    await sleep((starts[i + BATCH - 1] ?? 0) + 1 - Date.now())
    await send(server.url, SHOP, JSON.stringify(events))
  }
  const screen = await openScreen(server.url, SHOP)
  const before = await viewOf(server.url, SHOP)
  const { open = 0, overdue = 0 } = before.clocks[RULE] ?? {}
  if (open !== clocks || overdue > 0)
    process.stderr.write(`before the first is due: ${open} open, ${overdue} overdue\n`)

  await sleep(start + SPREAD_MS + TARGET_MS - Date.now() + 5_000)
  const found = (await viewOf(server.url, SHOP)).clocks[RULE]?.breachedToday ?? 0
  const firedMs = await upperBound(server, 0.99)
  screen.socket.close()
  await server.stop()
  // A clock is breached from the first millisecond after its due instant.
  const due = starts.map((at) => at + TARGET_MS + 1)
  return { found, firedMs, shownMs: percentile(shownAfter(due, counts(screen.shown)), 0.99) }
}

async function measureBare(where: Parameters<typeof startOurs>[0], clocks: number): Promise<Result> {
  const server = await startChild('references/timerServer.ts', where)
  const screen = await openScreen(server.url)
  const start = Date.now() + 5_000
  const due = Array.from({ length: clocks }, (_, i) => start + Math.floor((i * SPREAD_MS) / clocks))
  await fetch(`${server.url}/clocks`, { method: 'POST', body: JSON.stringify(due) })
  await sleep(start + SPREAD_MS + 3_000 - Date.now())
  const late = (await (await fetch(`${server.url}/late`)).json()) as number[]
  screen.socket.close()
  await server.stop()
  const seen = screen.shown.map(({ at, packet }) => ({ at, count: (packet as { breached: number }).breached }))
  return { found: late.length, firedMs: percentile(late, 0.99), shownMs: percentile(shownAfter(due, seen), 0.99) }
}

/** A conversation that a human has answered, so that the customer's next message starts the clock. */
function answered(i: number, at: number): CloudEvent[] {
  return [event('conversation.opened', i, at, { queue: 'presales' }), event('message.sent', i, at + 1, {})]
}

function event(type: CloudEvent['type'], i: number, at: number, data: object): CloudEvent {
  const time = new Date(at).toISOString()
  return { specversion: '1.0', id: `${type}-${i}`, source: 'bench', type, subject: `c${i}`, time, data }
}

/** How many breaches the wall counted, patch by patch. */
function counts(shown: readonly Shown[]): { at: number; count: number }[] {
  let view = {} as View
  return shown.map(({ at, packet }) => {
    view = applyPatch(view, (packet as { patch: object }).patch)
    return { at, count: view.alertCounts?.[RULE]?.breach ?? 0 }
  })
}

/** After how long each due instant (ascending) was counted at a screen; those never counted took for ever. */
function shownAfter(due: readonly number[], seen: readonly { at: number; count: number }[]): number[] {
  let next = 0
  return due.map((instant, i) => {
    while (next < seen.length && (seen[next]?.count ?? 0) <= i) next++
    return (seen[next]?.at ?? Number.POSITIVE_INFINITY) - instant
  })
}

/** The server's own figure of how late it found its alerts comes in buckets: the bound of the one that holds the share. */
async function upperBound(server: Awaited<ReturnType<typeof startOurs>>, share: number): Promise<number> {
  const name = 'floorwatch_alert_lateness_seconds'
  const total = await server.metric(`${name}_count`)
  for (const bound of ['0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1', '5']) {
    if ((await server.metric(`${name}_bucket{le="${bound}"}`)) >= share * total) return Number(bound) * 1000
  }
  return Number.POSITIVE_INFINITY
}
