import { describe, expect, test } from 'vitest'
import { dayOfDate } from '#core/zone.ts'
import { firstDayOf, marksOf, reachOf } from '../../web/keeping/reach.ts'
import { en } from '../../web/keeping/texts.en.ts'
import { zh } from '../../web/keeping/texts.zh.ts'
import type { Keeping } from '../../web/keeping/types.ts'

const TODAY = dayOfDate('2026-11-21')
const days = (reach?: { from: number; stays: number }) => reach && [TODAY - reach.from, TODAY - reach.stays]
const sizes = { events: 9, eventBytes: 9, snapshots: 9, snapshotBytes: 9, reports: 9 }
const keeping: Keeping = {
  settings: {},
  kept: { ...sizes, firstDay: '2026-10-12', firstSnapshotDay: '2026-10-22', firstReportDay: '2026-09-02' },
}

describe('[keeping] the line of what is kept', () => {
  test('[keeping] it begins with the oldest of all: a report outlives its events', () => {
    expect(firstDayOf(keeping)).toBe(dayOfDate('2026-09-02'))
    expect(firstDayOf({ settings: {}, kept: { ...sizes, reports: 0 } })).toBeUndefined()
  })

  test('[keeping] each kind goes by its own days, snapshots by those of the events too', () => {
    const tried = { eventsDays: 35, reportsDays: 100 }
    expect(days(reachOf('events', keeping, tried, TODAY))).toEqual([40, 35])
    expect(days(reachOf('snapshots', keeping, tried, TODAY))).toEqual([30, 30])
    expect(days(reachOf('snapshots', keeping, { snapshotsDays: 7 }, TODAY))).toEqual([30, 7])
    expect(days(reachOf('reports', keeping, tried, TODAY))).toEqual([80, 80])
    expect(days(reachOf('reports', keeping, { reportsDays: 1 }, TODAY))).toEqual([80, 1])
    expect(days(reachOf('reports', { ...keeping, settings: tried }, tried, TODAY))).toEqual([80, 80])
    const cut = { ...keeping, settings: { reportsDays: 60 } }
    expect(days(reachOf('reports', cut, cut.settings, TODAY))).toEqual([80, 80])
    expect(reachOf('reports', { settings: {}, kept: sizes }, {}, TODAY)).toBeUndefined()
  })

  test('[keeping] its first and last day are written, and none twice', () => {
    expect(marksOf(TODAY - 9, TODAY, 4).map((day) => TODAY - day)).toEqual([9, 6, 3, 0])
    expect(marksOf(TODAY - 1, TODAY, 4).map((day) => TODAY - day)).toEqual([1, 0])
    expect(marksOf(TODAY, TODAY, 4)).toEqual([TODAY])
  })

  test('[keeping] every text has the same places to fill in both languages', () => {
    const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()
    for (const key of Object.keys(zh) as (keyof typeof zh)[]) expect(places(en[key]), key).toEqual(places(zh[key]))
  })
})
