import { expect, test } from 'vitest'
import { compareTexts } from '../../web/wall/compareTexts.ts'

test('[wall] texts stand in the order of their codes: instants by time, capitals before small letters', () => {
  const sorted = ['b', '2026-11-21T04:09:00.000Z', 'a', 'B', '2026-11-21T04:10:00.000Z', 'a'].sort(compareTexts)
  expect(sorted).toEqual(['2026-11-21T04:09:00.000Z', '2026-11-21T04:10:00.000Z', 'B', 'a', 'a', 'b'])
})
