import { expect, test } from 'vitest'
import { line, steps } from '../../web/charts/path.ts'
import { across, wholeHours } from '../../web/charts/span.ts'
import { SPAN_MS } from '../../web/live/history.ts'

test('[wall] a line breaks where there is nothing to draw', () => {
  expect(line([{ x: 0, y: 1 }, { x: 1.234, y: 2 }, { x: 2 }, { x: 3, y: 4 }])).toBe('M0 1L1.23 2M3 4')
  expect(line([{ x: 0 }])).toBe('')
})

test('[wall] of an area of steps each value holds until the next', () => {
  expect(
    steps(
      [
        { x: 0, y: 5 },
        { x: 10, y: 2 },
      ],
      100,
    ),
  ).toBe('M0 100H0V5H10V2H10V100Z')
  expect(steps([{ x: 0 }], 100)).toBe('')
})

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
