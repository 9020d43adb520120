/** The log of the big day in an embedded database: loaded once, used by whatever looks back at it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { backfill, makeShop, viewOf } from './api.ts'
import { BIG_ZONE, type BigDay, bigDay } from './bigDay.ts'
import { startOurs } from './childServer.ts'

export const BIG_SHOP = 'big'
const SETTLE_MS = 3_000

export interface BigLog extends BigDay {
  dataDir: string
}

let loaded: Promise<BigLog> | undefined

export function bigLog(quick: boolean): Promise<BigLog> {
  loaded ??= load(quick ? bigDay(100_000, 5_000) : bigDay(1_000_000, 20_000))
  return loaded
}

async function load(day: BigDay): Promise<BigLog> {
  const dataDir = mkdtempSync(join(tmpdir(), 'floorwatch-bench-'))
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }))
  const server = await startOurs({ dataDir })
  await makeShop(server.url, BIG_SHOP, BIG_ZONE)
  const startedAt = performance.now()
  await backfill(server.url, BIG_SHOP, day.events)
  await sleep(SETTLE_MS)
  const { seq } = await viewOf(server.url, BIG_SHOP)
  const took = Math.round((performance.now() - startedAt) / 1000)
  process.stderr.write(`  loaded ${seq.toLocaleString('en')} events in ${took} s\n`)
  await server.stop()
  return { ...day, dataDir }
}
