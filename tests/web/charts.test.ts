import { expect, test } from 'vitest'
import { across, wholeHours } from '../../web/charts/span.ts'
import { SPAN_MS } from '../../web/live/history.ts'

test('[wall] a chart spans the last hours, with a mark at each whole one', () => {
  const to = Date.parse('2026-11-21T04:30:00.000Z')
  expect([across(to - SPAN_MS, to), across(to, to)]).toEqual([0, 100])
  expect(wholeHours(to).map((hour) => new Date(hour).toISOString().slice(11, 16))).toEqual([
    '01:00',
    '02:00',
    '03:00',
    '04:00',
  ])
})
