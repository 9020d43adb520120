import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Manifest } from 'vite'
import { expect, test } from 'vitest'
import { DIST } from '../support/buildWeb.ts'

const LIMIT_BYTES = 120_000

test('[wall] JavaScript and CSS weigh at most 120 kB gzipped', async () => {
  const manifest = JSON.parse(readFileSync(path.join(DIST, '.vite/manifest.json'), 'utf8')) as Manifest
  const files = filesOf(manifest, ['index.html', 'wall/Wall.svelte', 'i18n/zh.ts', 'charts/lineChart.ts'])
  const weights = files.map((file) => gzipSync(readFileSync(path.join(DIST, file))).length)
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(LIMIT_BYTES)
})

/** Everything the chunks load with them; what they only may load later is named by itself. */
function filesOf(manifest: Manifest, names: string[]): string[] {
  const files = new Set<string>()
  const follow = (name: string) => {
    const chunk = manifest[name]
    if (chunk === undefined) throw new Error(`${name} is no chunk of the build`)
    if (files.has(chunk.file)) return
    files.add(chunk.file)
    for (const css of chunk.css ?? []) files.add(css)
    for (const imported of chunk.imports ?? []) follow(imported)
  }
  for (const name of names) follow(name)
  return [...files]
}
