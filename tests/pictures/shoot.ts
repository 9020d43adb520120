import type { Browser, Page } from 'playwright-core'
import type { Player } from '../support/player.ts'
import { deskAnswers } from './cases/desk.ts'
import type { Picture } from './cases/pictures.ts'

/** Opens the page as the picture wants it, with the clock stopped; the page is ready when everything on it is drawn. */
export async function pose(browser: Browser, player: Player, picture: Picture): Promise<Page> {
  const { width, height, language, theme, silentMs, view } = picture
  const isWall = picture.page === 'wall'
  player.show(view)
  player.recall(view.shop, picture.history)
  player.answer(deskAnswers(view))
  const context = await browser.newContext({ viewport: { width, height }, locale: language, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.on('pageerror', (error) => {
    throw error
  })
  await page.clock.setFixedTime(view.at)
  const past = isWall ? page.waitForResponse(/\/history\?/) : undefined
  await page.goto(`${player.url}/${picture.page}/${view.shop}?theme=${theme}`)
  await page.waitForSelector(isWall ? '[data-panel=clocks]' : '[data-next-five]')
  await past
  // What the page loads on its way, such as its charts, is there.
  await page.waitForLoadState('networkidle')
  if (silentMs > 0) {
    player.hush(view.shop)
    await page.clock.setFixedTime(Date.parse(view.at) + silentMs)
    await page.waitForSelector('[data-stale]')
  }
  await page.evaluate(async () => {
    await document.fonts.ready
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame)
  })
  return page
}
