import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { buildWeb } from '../support/buildWeb.ts'
import { PICTURES } from './cases/pictures.ts'
import { inspect, places } from './inspect.ts'
import { pose } from './shoot.ts'
import { Stand } from './stand.ts'

const distDir = mkdtempSync(path.join(tmpdir(), 'floorwatch-legible-'))
let stand: Stand
let browser: Browser

beforeAll(async () => {
  buildWeb(distDir)
  stand = await Stand.open(distDir, PICTURES[0]!)
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await stand?.close()
  rmSync(distDir, { recursive: true, force: true })
})

describe('[wall] can be read from across the room', () => {
  test.each(PICTURES.map((picture) => [picture.name, picture] as const))('%s', async (_, picture) => {
    const page = await pose(browser, stand, picture)
    const found = await inspect(page)
    const { violations } = await new AxeBuilder({ page }).analyze()
    await page.context().close()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    expect(found).toEqual({ scrolls: false, small: [], smallFigures: [], cut: [], overlapping: [] })
  })

  test('a panel stands where it stood, whatever it shows', async () => {
    const seen: Record<string, string>[] = []
    for (const picture of PICTURES.filter(({ width, height }) => width === 1920 && height === 1080)) {
      const page = await pose(browser, stand, picture)
      seen.push(await places(page))
      await page.context().close()
    }
    for (const where of seen) expect(where).toEqual(seen[0])
  })
})
