import { describe, expect, test } from 'vitest'
import { instant } from '../support/written.ts'
import { Calendar } from './calendar.ts'
import { closeOfDay, endOfNthDay, firstWaveAfter, waveFor } from './due.ts'
import { HOUR, handbookWith, MINUTE } from './handbook.ts'

const SHANGHAI = 'Asia/Shanghai'
const calendar = new Calendar(
  handbookWith({ calendars: { holidays: ['2026-11-23'], makeup: ['2026-11-22'] } }),
  SHANGHAI,
)
const at = (local: string) => instant(SHANGHAI, local)
const local = (of: number, zone = SHANGHAI) =>
  Temporal.Instant.fromEpochMilliseconds(of).toZonedDateTimeISO(zone).toPlainDateTime().toString()

describe('[model] working time', () => {
  test('runs only inside the windows', () => {
    expect(local(calendar.add(at('2026-11-20T19:50'), 30 * MINUTE, 'service'))).toBe('2026-11-21T08:20:00')
  })

  test('that fills a window ends at its closing instant', () => {
    expect(local(calendar.add(at('2026-11-20T19:50'), 10 * MINUTE, 'service'))).toBe('2026-11-20T20:00:00')
  })

  test('is counted between two instants as it is added', () => {
    const from = at('2026-11-20T16:00')
    expect(calendar.between(from, calendar.add(from, 12 * HOUR, 'backoffice'), 'backoffice')).toBe(12 * HOUR)
  })

  test('knows holidays, make-up days and the hour a day loses', () => {
    expect(local(endOfNthDay(2)(calendar, at('2026-11-20T10:00')))).toBe('2026-11-24T23:59:59.999')
    const berlin = new Calendar(handbookWith(undefined), 'Europe/Berlin')
    const saturday = instant('Europe/Berlin', '2026-03-28T12:00')
    expect(local(berlin.add(saturday, 24 * HOUR, 'always'), 'Europe/Berlin')).toBe('2026-03-29T13:00:00')
  })

  test('stops for lunch where the shop does', () => {
    const hours = { week: { fri: [['08:00', '12:00'] as [string, string], ['13:00', '24:00'] as [string, string]] } }
    const split = new Calendar(handbookWith({ calendars: { service: hours } }), SHANGHAI)
    expect(local(split.add(at('2026-11-20T11:50'), 20 * MINUTE, 'service'))).toBe('2026-11-20T13:10:00')
    expect(local(split.add(at('2026-11-20T23:50'), 20 * MINUTE, 'service'))).toBe('2026-11-27T08:10:00')
  })
})

describe('[model] pickup waves', () => {
  test.each([
    ['2026-11-20T08:59:59.999', '2026-11-20T10:00'],
    ['2026-11-20T09:00', '2026-11-20T13:00'],
    ['2026-11-20T13:00', '2026-11-20T17:00'],
    ['2026-11-20T17:00', '2026-11-21T10:00'],
    ['2026-11-21T17:00', '2026-11-23T10:00'],
    ['2026-11-22T14:00', '2026-11-23T10:00'],
  ])('what is effective at %s goes with %s', (effective, wave) => {
    expect(waveFor(calendar, at(effective)).id).toBe(wave)
  })

  test('a cut-off sends what comes too late with the next', () => {
    const strict = new Calendar(handbookWith({ pickup: { cutoffMs: 90 * MINUTE } }), SHANGHAI)
    expect(waveFor(strict, at('2026-11-20T11:40')).id).toBe('2026-11-20T17:00')
    expect(waveFor(strict, at('2026-11-20T11:29:59.999')).id).toBe('2026-11-20T13:00')
  })

  test('the next one after a Saturday is on Monday', () => {
    expect(firstWaveAfter(calendar, '2026-11-21').id).toBe('2026-11-23T10:00')
  })
})

test('[model] the close of the back office is today’s before it, tomorrow’s from it on', () => {
  expect(local(closeOfDay(calendar, at('2026-11-20T16:59:59.999')))).toBe('2026-11-20T17:00:00')
  expect(local(closeOfDay(calendar, at('2026-11-20T17:00')))).toBe('2026-11-21T17:00:00')
})
