/** The log of the big day in an embedded database: loaded once, used by whatever looks back at it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { backfill, makeShop, viewOf } from './api.ts'
import { type BigDay, bigDay, dayJustOver } from './bigDay.ts'
import { type ChildServer, startOurs } from './childServer.ts'

export const BIG_SHOP = 'big'
const LOOK_MS = 100
/** With less to do the archive waits for more. */
const AT_REST_EVENTS = 500

export interface BigLog extends BigDay {
  dataDir: string
}

const loaded = new Map<boolean, Promise<BigLog>>()

export function bigLog(quick: boolean): Promise<BigLog> {
  const when = dayJustOver(Date.now())
  const log = loaded.get(quick) ?? load(quick ? bigDay(100_000, 5_000, when) : bigDay(1_000_000, 20_000, when))
  loaded.set(quick, log)
  return log
}

async function load(day: BigDay): Promise<BigLog> {
  const dataDir = mkdtempSync(join(tmpdir(), 'floorwatch-bench-'))
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }))
  const server = await startOurs({ dataDir })
  await makeShop(server.url, BIG_SHOP, day.timezone)
  const startedAt = performance.now()
  await backfill(server.url, BIG_SHOP, day.events)
  const { seq } = await viewOf(server.url, BIG_SHOP)
  const took = Math.round((performance.now() - startedAt) / 1000)
  await archived(server)
  process.stderr.write(`  loaded ${seq.toLocaleString('en')} events in ${took} s\n`)
  await server.stop()
  return { ...day, dataDir }
}

/** Resolves when the snapshots know the log as far as they will. */
export async function archived(server: ChildServer): Promise<void> {
  while ((await server.metric('floorwatch_archive_lag_events')) >= AT_REST_EVENTS) await pause(LOOK_MS)
}
