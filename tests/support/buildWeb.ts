import { execFileSync } from 'node:child_process'
import path from 'node:path'

const root = path.join(import.meta.dirname, '../..')

/** Builds the pages as `npm run build` does, into `dist/` unless told otherwise. */
export function buildWeb(outDir = path.join(root, 'dist')): void {
  const vite = path.join(root, 'node_modules/vite/bin/vite.js')
  const { NODE_ENV: _, ...env } = process.env
  const options = ['--logLevel', 'error', '--outDir', outDir, '--emptyOutDir']
  execFileSync(process.execPath, [vite, 'build', ...options], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
