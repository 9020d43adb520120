import { expect, test } from 'vitest'
import { CONDITIONS } from '#core/conditionTable.ts'
import { advance, takeAlertChanges } from '#core/floor.ts'
import { RULES } from '#core/handbook.ts'
import { dayOfDate } from '#core/zone.ts'
import { foldDeliveries, simulateDays, zone } from './days.ts'

test('[demo] every rule and condition of the handbook is breached within two working days', () => {
  const from = '2026-11-19'
  const floor = foldDeliveries(simulateDays(2, from, 2))
  advance(floor, zone.startOf(dayOfDate(from) + 2))
  const opening = zone.startOf(dayOfDate(from))
  const breached = takeAlertChanges(floor).filter((alert) => alert.level === 'breach' && alert.openedAt >= opening)
  const rules = new Set([...RULES.map(({ id }) => id), ...Object.keys(CONDITIONS)])
  expect(new Set(breached.map(({ rule }) => rule))).toEqual(rules)
})
