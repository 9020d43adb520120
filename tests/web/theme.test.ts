import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(path.join(import.meta.dirname, '../../web/theme.css'), 'utf8')

/** The colours of theme.css by name, light and dark. */
const colours = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [
    name!,
    { light: light!, dark: dark! },
  ]),
)

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high! + 0.05) / (low! + 0.05)
}

describe.each(['dark', 'light'] as const)('[wall] the %s theme', (theme) => {
  const of = (name: string) => colours.get(name)![theme]
  const pairs: [string, string[]][] = [
    ['text', ['ground', 'panel', 'raised', 'risk-wash', 'breach-wash']],
    ['dim', ['ground', 'panel']],
    ['fine', ['ground', 'panel']],
    ['risk', ['ground', 'panel', 'risk-wash']],
    ['breach', ['ground', 'panel', 'breach-wash']],
    ['unknown', ['ground', 'panel']],
    ['on-alarm', ['alarm']],
  ]
  for (const [ink, papers] of pairs)
    test.each(papers)(`shows figures in ${ink} on %s with 7:1 or more`, (paper) => {
      expect(contrast(of(ink), of(paper))).toBeGreaterThanOrEqual(7)
    })

  test.each(['raised', 'risk-wash', 'breach-wash'])('shows small words in dim on %s with 4.5:1 or more', (paper) => {
    expect(contrast(of('dim'), of(paper))).toBeGreaterThanOrEqual(4.5)
  })
})
