import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

const ROOT = path.join(import.meta.dirname, '../..')

/** Where the product looks for its pages. */
export const DIST = path.join(ROOT, 'dist')

/** Builds the pages as `npm run build` does. */
export async function buildWeb(outDir = DIST): Promise<void> {
  const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js')
  const { NODE_ENV: _, ...env } = process.env
  const options = ['--logLevel', 'error', '--outDir', outDir, '--emptyOutDir']
  const building = spawn(process.execPath, [vite, 'build', ...options], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = await once(building, 'exit')
  if (code !== 0) throw new Error(`vite build ended with ${code}`)
}
