/** `npm run soak`: an hour of a busy wall in a real Chromium, sped up; then what it costs in real time, and how soon it shows something. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { SPAN_MS, STEP_MS } from '../../web/live/history.ts'
import { formatTable } from '../bench/table.ts'
import { openBrowser } from '../support/browser.ts'
import { buildWeb } from '../support/buildWeb.ts'
import { Player } from '../support/player.ts'
import { AGENTS, BusyFloor, PATCH_MS } from './busyFloor.ts'
import { Meter } from './meter.ts'

const SHOP = 'soak'
const A_SECOND = 1_000 / PATCH_MS
/** By then the browser has compiled what it will: the code it makes while a page is young would look like a leak. */
const WARM_UP_PATCHES = 1_800 * A_SECOND
const SOAK_PATCHES = 3_600 * A_SECOND
/** Faster than a screen draws, slow enough that none is ever behind. */
const SOAK_A_SECOND = 300
const REAL_SECONDS = 30
const VISITS = 5

const HEAP_GOAL = 0.05
const SCRIPTING_GOAL = 0.05
const PAINT_GOAL_MS = 1_000

const { values } = parseArgs({ options: { dist: { type: 'string' }, only: { type: 'string' } } })
const asked = (name: string) => values.only === undefined || values.only === name

const dist = values.dist ?? mkdtempSync(path.join(tmpdir(), 'floorwatch-soak-'))
if (values.dist === undefined) await buildWeb(dist)
const start = Date.parse('2026-11-24T02:00:00Z')
const floor = new BusyFloor(SHOP, start)
const player = new Player(dist)
player.show(floor.next())
player.recall(SHOP, { points: lastHours(start) })
await player.open()
const browser = await openBrowser()
try {
  const rows = []
  if (asked('paint')) rows.push(paintRow(await firstPaints(browser)))
  const page = await newPage(browser)
  await openWall(page)
  const meter = await Meter.on(page)
  if (asked('scripting')) {
    await play(10 * A_SECOND, A_SECOND)
    rows.push(...shareRows(await meter.shares(() => play(REAL_SECONDS * A_SECOND, A_SECOND))))
  }
  if (asked('heap')) {
    await play(WARM_UP_PATCHES, SOAK_A_SECOND)
    const before = await meter.heapBytes()
    await play(SOAK_PATCHES, SOAK_A_SECOND)
    rows.push(heapRow(before, await meter.heapBytes()))
  }
  process.stdout.write(`${formatTable(rows)}\n`)
  if (rows.some((row) => !row.met)) process.exitCode = 1
} finally {
  await browser.close()
  player.close()
  if (values.dist === undefined) rmSync(dist, { recursive: true, force: true })
}

/** A wall has the last hours from its first minute on. */
function lastHours(to: number) {
  return Array.from({ length: SPAN_MS / STEP_MS }, (_, i) => {
    const at = new Date(to - SPAN_MS + i * STEP_MS).toISOString()
    return { at, waiting: i % 40, online: AGENTS, firstRate: 0.9, replyRate: 0.95 }
  })
}

/** Shows the next views, so many a second. */
async function play(views: number, perSecond: number): Promise<void> {
  const start = performance.now()
  for (let shown = 0; shown < views; shown++) {
    const earlyMs = start + (1_000 * shown) / perSecond - performance.now()
    if (earlyMs > 1) await sleep(earlyMs)
    player.show(floor.next())
  }
}

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' })
  return context.newPage()
}

/** @returns ms from the click until the first figures are on the screen */
async function openWall(page: Page): Promise<number> {
  await page.goto(`${player.url}/wall/${SHOP}`, { waitUntil: 'commit' })
  return page.evaluate(async () => {
    while (document.querySelector('[data-agent]') === null) await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
    return performance.now()
  })
}

/** Of visits with nothing in the browser's cache. */
async function firstPaints(browser: Browser): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i <= VISITS; i++) {
    const page = await newPage(browser)
    times.push(await openWall(page))
    await page.context().close()
  }
  // The first one warms the server.
  return times.slice(1).sort((a, b) => a - b)
}

function paintRow(times: number[]) {
  const worst = times.at(-1)!
  return {
    what: `first figures of a wall of ${AGENTS} agents, nothing cached`,
    ours: `${Math.round(times[0]!)} to ${Math.round(worst)} ms`,
    reference: '',
    goal: `< ${PAINT_GOAL_MS} ms`,
    met: worst < PAINT_GOAL_MS,
  }
}

function shareRows({ scripting, all }: { scripting: number; all: number }) {
  const cost = `${AGENTS} agents, ${A_SECOND} patches/s`
  return [
    {
      what: `scripting, ${cost}`,
      ours: `${percent(scripting)} of a core`,
      reference: `with style, layout and paint ${percent(all)}`,
      goal: `< ${percent(SCRIPTING_GOAL)}`,
      met: scripting < SCRIPTING_GOAL,
    },
  ]
}

function heapRow(before: number, after: number) {
  const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(2)} MB`
  const grown = after / before - 1
  return {
    what: `heap after an hour's ${SOAK_PATCHES.toLocaleString('en')} patches`,
    ours: megabytes(after),
    reference: `after 30 min ${megabytes(before)}`,
    ratio: after / before,
    goal: `within ${percent(HEAP_GOAL)}`,
    met: grown <= HEAP_GOAL,
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
