/** A real Chromium for tests: the system's where there is one, else the one that comes with `npm ci`. */
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import packed from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const SYSTEM = '/usr/bin/chromium'

/** No sandbox, as tests may run as root; and no talk with anybody but the page's own server. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // As where a screen hangs, and not as a headless browser is by itself.
  '--autoplay-policy=document-user-activation-required',
]

export async function openBrowser(): Promise<Browser> {
  if (existsSync(SYSTEM)) return chromium.launch({ executablePath: SYSTEM, args: FLAGS })
  const home = await unpack()
  const fonts = existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: path.join(home, 'fonts') }
  return chromium.launch({
    executablePath: path.join(home, 'chromium'),
    args: FLAGS,
    env: { ...(process.env as Record<string, string>), ...fonts },
  })
}

/** Unpacks once for every version; into a place of its own first, as several test files may come here at once. */
async function unpack(): Promise<string> {
  const home = path.join(tmpdir(), `floorwatch-chromium-${packedVersion()}`)
  if (existsSync(home)) return home
  const usual = process.env.TMPDIR
  const making = mkdtempSync(`${home}-`)
  process.env.TMPDIR = making
  try {
    await packed.executablePath()
    renameSync(making, home)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    if (!existsSync(home)) throw error
  } finally {
    if (usual === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = usual
  }
  return home
}

function packedVersion(): string {
  const file = path.join(import.meta.dirname, '../../node_modules/@sparticuz/chromium/package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
