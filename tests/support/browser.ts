/** A real Chromium for tests: the system's where there is one, else the one that comes with `npm ci`. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { threadId } from 'node:worker_threads'
import packed from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const SYSTEM = '/usr/bin/chromium'
const ROOT = path.join(import.meta.dirname, '../..')

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

/** Where they are told of; one file for all the browsers of a process. */
let fonts: string | undefined

export async function openBrowser(): Promise<Browser> {
  const executablePath = existsSync(SYSTEM) ? SYSTEM : path.join(await unpack(), 'chromium')
  fonts ??= fontSettings()
  const env = { ...(process.env as Record<string, string>), FONTCONFIG_FILE: fonts }
  return chromium.launch({ executablePath, args: FLAGS, env })
}

/** A machine may have no Chinese font, or any: with one that comes with `npm ci` a page looks the same on all of them. */
function fontSettings(): string {
  const fonts = path.join(ROOT, 'node_modules/@embedpdf/fonts-sc/fonts')
  const home = path.join(ROOT, 'node_modules/.cache/fonts')
  mkdirSync(home, { recursive: true })
  const file = path.join(home, 'fonts.conf')
  // Renamed into its place: another test file's browser may be reading it.
  writeFileSync(
    `${file}-${process.pid}-${threadId}`,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${fonts}</dir><cachedir>${path.join(home, 'cache')}</cachedir></fontconfig>`,
  )
  renameSync(`${file}-${process.pid}-${threadId}`, file)
  return file
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
  const file = path.join(ROOT, 'node_modules/@sparticuz/chromium/package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
