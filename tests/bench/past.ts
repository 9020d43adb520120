/** The view at random instants of a big day, against a fold from the start of that day. */
import { advance, apply, createFloor, drawView } from '#core/floor.ts'
import { Random } from '#core/random.ts'
import { SEGMENT_MS } from '#core/segment.ts'
import { openDatabase } from '#db/open.ts'
import { segmentOf, viewOf } from './api.ts'
import type { Benchmark } from './benchmark.ts'
import { archived, BIG_SHOP, type BigLog, bigLog } from './bigLog.ts'
import { startOurs } from './childServer.ts'
import { recorded } from './demoDay.ts'
import { percentile, seconds } from './measure.ts'
import { megabytes, ms } from './table.ts'

const GOAL_MS = 150
const GOAL_SEEK_MS = 200
const GOAL_RESIDENT_BYTES = 400_000_000
const GOAL_SNAPSHOTS = 1

export const past: Benchmark = {
  name: 'past',
  async run(quick) {
    const log = await bigLog(quick)
    const random = new Random(11)
    const instant = () => random.integer(log.start, log.end - 1)
    const server = await startOurs(log)
    // The room itself is open; no instant has been looked at before.
    await viewOf(server.url, BIG_SHOP)
    await archived(server)
    const tookMs: number[] = []
    let resident = 0
    for (let i = 0; i < (quick ? 20 : 100); i++) {
      const at = instant()
      tookMs.push(1000 * (await seconds(() => viewOf(server.url, BIG_SHOP, at))))
      resident = Math.max(resident, await server.metric('process_resident_memory_bytes'))
    }
    const seekMs: number[] = []
    for (let i = 0; i < (quick ? 20 : 100); i++) {
      const from = Math.floor(instant() / SEGMENT_MS) * SEGMENT_MS
      seekMs.push(1000 * (await seconds(() => segmentOf(server.url, BIG_SHOP, from))))
    }
    const playMs = await played(server.url, Math.floor(log.start / SEGMENT_MS + 60) * SEGMENT_MS)
    await server.stop()
    const foldMs: number[] = []
    for (let i = 0; i < (quick ? 5 : 9); i++) foldMs.push(foldTo(log, instant()))
    const size = await sizes(log.dataDir)

    const day = `${log.events.length.toLocaleString('en')} events, ${log.subjects.toLocaleString('en')} live subjects`
    const p95 = percentile(tookMs, 0.95)
    const foldP95 = percentile(foldMs, 0.95)
    const seekP95 = percentile(seekMs, 0.95)
    return [
      {
        what: `view?at=, p95, ${day}, PGlite`,
        ours: `${ms(p95)} (p50 ${ms(percentile(tookMs, 0.5))})`,
        reference: `fold from the start ${ms(foldP95)}`,
        ratio: p95 / foldP95,
        goal: `≤ ${GOAL_MS} ms`,
        met: p95 <= GOAL_MS,
      },
      {
        what: 'a segment to replay, at random minutes, p95',
        ours: `${ms(seekP95)} (p50 ${ms(percentile(seekMs, 0.5))})`,
        reference: `fold from the start ${ms(foldP95)}`,
        ratio: seekP95 / foldP95,
        goal: `≤ ${GOAL_SEEK_MS} ms`,
        met: seekP95 <= GOAL_SEEK_MS,
      },
      {
        what: 'segments one after the other, p95: played at 60 ×, one is needed each second',
        ours: ms(playMs),
        reference: 'a second of watching',
        ratio: playMs / 1000,
        goal: '≤ 1 ×',
        met: playMs <= 1000,
      },
      {
        what: 'the same: resident memory of the server, its database in it',
        ours: megabytes(resident),
        reference: '',
        goal: `≤ ${megabytes(GOAL_RESIDENT_BYTES)}`,
        met: resident <= GOAL_RESIDENT_BYTES,
      },
      {
        what: 'the same: bytes of snapshots / bytes of log',
        ours: megabytes(size.snapshots),
        reference: `event bodies ${megabytes(size.log)}`,
        ratio: size.snapshots / size.log,
        goal: `≤ ${GOAL_SNAPSHOTS} ×`,
        met: size.snapshots <= size.log * GOAL_SNAPSHOTS,
      },
    ]
  },
}

/** Ms for a segment of some that follow one another from the minute on, p95. */
async function played(url: string, from: number): Promise<number> {
  const tookMs: number[] = []
  for (let i = 0; i < 30; i++) {
    tookMs.push(1000 * (await seconds(() => segmentOf(url, BIG_SHOP, from + i * SEGMENT_MS))))
  }
  return percentile(tookMs, 0.95)
}

/** Ms for a fold of everything up to `at`, the events being in memory and parsed already. */
function foldTo({ events, timezone }: BigLog, at: number): number {
  const due = events.map((event, i) => recorded({ at: Date.parse(event.time), event }, i + 1))
  const startedAt = performance.now()
  const floor = createFloor({ shop: BIG_SHOP, name: BIG_SHOP, timezone })
  for (const event of due) {
    if (event.recordedAt > at) break
    apply(floor, event)
  }
  advance(floor, at)
  drawView(floor)
  return performance.now() - startedAt
}

async function sizes(dataDir: string): Promise<{ snapshots: number; log: number }> {
  const { db, close } = await openDatabase({ dataDir })
  const { bytes, fronts } = await db
    .selectFrom('snapshots')
    .select(({ fn }) => [
      fn.sum(fn('octet_length', ['bytes'])).as('bytes'),
      fn.sum(fn('octet_length', ['front'])).as('fronts'),
    ])
    .executeTakeFirstOrThrow()
  const { log } = await db
    .selectFrom('events')
    .select((e) => e.fn.sum<number>(e.fn('octet_length', ['body'])).as('log'))
    .executeTakeFirstOrThrow()
  await close()
  return { snapshots: Number(bytes) + Number(fronts), log: Number(log) }
}
