/** `npm run pictures [-- NAME…]`: the wall in its cases as pictures in pictures/; with --docs the walls of the READMEs too. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openBrowser } from '../support/browser.ts'
import { buildWeb } from '../support/buildWeb.ts'
import { Player } from '../support/player.ts'
import { PICTURES } from './cases/pictures.ts'
import { pose } from './shoot.ts'

const IN_README = { 'busy-en': 'wall.png', busy: 'wall.zh-CN.png' }

const root = path.join(import.meta.dirname, '../..')
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const pictures = PICTURES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
const distDir = mkdtempSync(path.join(tmpdir(), 'floorwatch-pictures-'))
await buildWeb(distDir)
mkdirSync(path.join(root, 'pictures'), { recursive: true })

const player = new Player(distDir, () => 0)
await player.open()
const browser = await openBrowser()
try {
  for (const picture of pictures) {
    const page = await pose(browser, player, picture)
    const file = `pictures/${picture.name}.png`
    await page.screenshot({ path: path.join(root, file) })
    await page.context().close()
    console.log(file)
  }
} finally {
  await browser.close()
  player.close()
  rmSync(distDir, { recursive: true, force: true })
}

if (process.argv.includes('--docs'))
  for (const [name, file] of Object.entries(IN_README))
    copyFileSync(path.join(root, `pictures/${name}.png`), path.join(root, 'docs', file))
