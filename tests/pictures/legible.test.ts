import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { openBrowser } from '../support/browser.ts'
import { DIST } from '../support/buildWeb.ts'
import { Player } from '../support/player.ts'
import { PICTURES, type Picture } from './cases/pictures.ts'
import { inspect, places } from './inspect.ts'
import { pose } from './shoot.ts'

let player: Player
let browser: Browser

beforeAll(async () => {
  player = new Player(DIST, () => 0)
  await player.open()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  player?.close()
})

/** Where the panels stood in each picture of one size, as the tests came by. */
const stood = new Map<string, Record<string, string>>()

const named = (page: Picture['page']) =>
  PICTURES.filter((picture) => picture.page === page).map((picture) => [picture.name, picture] as const)

describe('[desk] is whole on a laptop and on a tablet', () => {
  test.each(named('lead'))('%s', async (_, picture) => {
    const page = await pose(browser, player, picture)
    const found = await page.evaluate(() => {
      const head = document.querySelector('header')
      const texts = [...(head?.querySelectorAll('h1, a, b, button, time') ?? [])]
      const beyond = texts.filter((it) => it.checkVisibility() && it.getBoundingClientRect().right > innerWidth)
      const broken = texts.filter((it) => it.getBoundingClientRect().height > 46)
      const { scrollWidth, scrollHeight } = document.documentElement
      const said = (all: Element[]) => all.map((it) => it.textContent)
      return {
        wide: scrollWidth > innerWidth,
        high: scrollHeight > innerHeight,
        beyond: said(beyond),
        broken: said(broken),
      }
    })
    await page.context().close()
    expect(found).toEqual({ wide: false, high: false, beyond: [], broken: [] })
  })
})

describe('[wall] can be read from across the room', () => {
  test.each(named('wall'))('%s', async (_, picture) => {
    const page = await pose(browser, player, picture)
    const found = await inspect(page)
    if (picture.width === 1920) stood.set(picture.name, await places(page))
    const wrong = await violations(page)
    await page.context().close()
    expect(wrong).toEqual([])
    expect(found).toEqual({ scrolls: false, small: [], smallFigures: [], cut: [], broken: [], overlapping: [] })
  })

  test('a panel stands where it stood, whatever it shows', () => {
    const [first, ...others] = stood.values()
    expect(others.length).toBeGreaterThan(5)
    for (const where of others) expect(where).toEqual(first)
  })
})
