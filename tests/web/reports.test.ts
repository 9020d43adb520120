import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { FIGURE_IDS, FIGURES } from '#core/report/figures.ts'
import { DESK_NAMES, FIGURE_NAMES } from '#core/report/names.ts'
import { DEFINITIONS } from '../../web/reports/definitions.ts'
import { en } from '../../web/reports/texts.en.ts'
import { zh } from '../../web/reports/texts.zh.ts'

describe('[report] words', () => {
  test('[report] every text has the same places to fill in both languages', () => {
    const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()
    for (const key of Object.keys(zh) as (keyof typeof zh)[]) expect(places(en[key]), key).toEqual(places(zh[key]))
  })

  test('[report] every reason why a figure cannot be known has words', () => {
    const codes = [...readFileSync('server/core/report/measure.ts', 'utf8').matchAll(/^ {2}\| '(\w+)'$/gm)]
    expect(codes.length).toBeGreaterThan(20)
    for (const [, code] of codes) expect(Object.keys(zh)).toContain(`why.${code}`)
  })

  test('[report] every figure has its own name and definition in both languages, and its desk one', () => {
    for (const language of [0, 1])
      for (const texts of [FIGURE_NAMES, DEFINITIONS])
        expect(new Set(FIGURE_IDS.map((id) => texts[id][language])).size).toBe(FIGURE_IDS.length)
    expect(new Set(FIGURE_IDS.map((id) => FIGURES[id].desk))).toEqual(new Set(Object.keys(DESK_NAMES)))
  })
})
