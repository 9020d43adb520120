import { expect, test } from 'vitest'
import type { AlertView } from '#core/view.ts'
import { toTake } from '#server/demo/alertDesk.ts'

const at = '2026-11-24T04:00:00.000Z'
const alert = (minutesAgo: number, more: Partial<AlertView> = {}): AlertView => ({
  rule: 'pack',
  subject: 'o1',
  level: 'breach',
  state: 'open',
  since: new Date(Date.parse(at) - minutesAgo * 60_000).toISOString(),
  ...more,
})

test('[demo] the lead takes open breaches that have stood for two minutes, and nothing else', () => {
  const alerts = {
    fresh: alert(1),
    stood: alert(2),
    old: alert(600),
    warned: alert(5, { level: 'warn' }),
    taken: alert(5, { state: 'acknowledged' }),
  }
  expect(toTake({ alerts, at })).toEqual(['stood', 'old'])
})
