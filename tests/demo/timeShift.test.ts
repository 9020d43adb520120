import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE, Zone } from '#core/zone.ts'
import { zoneAtMidday } from '#server/demo/zoneAtMidday.ts'
import { instantShowing, shiftEvent, shiftInstant } from '#server/play/timeShift.ts'
import { localTime, WHOLE_HOUR_ZONES, zoneShowing } from '#server/play/wholeHourZones.ts'

const at = (text: string) => Date.parse(text)
const shanghai = new Zone('Asia/Shanghai')

describe('[play] time shifting', () => {
  const shift = { anchor: at('2010-08-03T03:00:00Z'), now: at('2026-11-23T21:11:41.500Z'), speed: 1 }

  test('puts the instant asked for on now and keeps all distances', () => {
    expect(shiftInstant(shift.anchor, shift)).toBe(shift.now)
    expect(shiftInstant(shift.anchor - 3 * HOUR, shift)).toBe(shift.now - 3 * HOUR)
    expect(shiftInstant(shift.anchor + 3 * HOUR, shift)).toBe(shift.now + 3 * HOUR)
  })

  test('shrinks what follows with the speed, not what lies before', () => {
    const fast = { ...shift, speed: 60 }
    expect(shiftInstant(shift.anchor + 60 * MINUTE, fast)).toBe(shift.now + MINUTE)
    expect(shiftInstant(shift.anchor - 60 * MINUTE, fast)).toBe(shift.now - 60 * MINUTE)
  })

  test('makes one event of one play the same each time, and another in a later play', () => {
    const time = shift.anchor + MINUTE
    const line = { text: '', time, event: { id: 'e1', source: 's', extra: 1, time: new Date(time).toISOString() } }
    const moved = JSON.parse(shiftEvent(line, shift))
    expect(moved).toEqual({
      id: 'e1@2026-11-23T21:11:41.500Z',
      source: 's',
      extra: 1,
      time: '2026-11-23T21:12:41.500Z',
    })
    expect(JSON.parse(shiftEvent(line, shift))).toEqual(moved)
    expect(JSON.parse(shiftEvent(line, { ...shift, now: shift.now + 1 })).id).not.toBe(moved.id)
  })

  test('finds the time of day by the clock of the recording, on the first day that shows it', () => {
    const [first, last] = [at('2010-08-02T16:01:06Z'), at('2010-08-03T16:04:16Z')]
    expect(instantShowing(11 * 60, shanghai, first, last)).toBe(at('2010-08-03T03:00:00Z'))
    expect(instantShowing(0, shanghai, first, last)).toBe(at('2010-08-02T16:00:00Z'))
    expect(instantShowing(11 * 60, shanghai, first, first + 400 * 24 * HOUR)).toBe(at('2010-08-03T03:00:00Z'))
  })

  test('of a day that ends just after midnight, its last minutes are its own, not those before it began', () => {
    const [first, last] = [at('2010-08-02T16:01:06Z'), at('2010-08-03T16:04:16Z')]
    expect(instantShowing(23 * 60 + 59, shanghai, first, last)).toBe(at('2010-08-03T15:59:00Z'))
    expect(instantShowing(23 * 60 + 59, shanghai, first, at('2010-08-03T15:00:00Z'))).toBe(at('2010-08-02T15:59:00Z'))
  })

  test('finds none outside the recording', () => {
    const [first, last] = [at('2010-08-03T01:00:00Z'), at('2010-08-03T09:00:00Z')]
    expect(instantShowing(7 * 60, shanghai, first, last)).toBeUndefined()
    expect(instantShowing(18 * 60, shanghai, first, last)).toBeUndefined()
    expect(instantShowing(8 * 60 + 30, shanghai, first, last)).toBe(at('2010-08-03T00:30:00Z'))
  })
})

describe('[play] zones', () => {
  const instants = ['2026-01-15T00:00:00Z', '2026-07-01T13:59:59Z', '2026-11-23T21:11:00Z'].map(at)

  test('show any hour at any instant', () => {
    for (const instant of instants)
      for (let hour = 0; hour < 24; hour++) {
        const local = localTime(instant, zoneShowing(hour, instant))
        expect(local.hour).toBe(hour)
        expect(local.minute).toBe(new Date(instant).getUTCMinutes())
      }
  })

  test('know no daylight saving, so that a shifted day has no jump', () => {
    for (const timezone of WHOLE_HOUR_ZONES)
      expect(localTime(instants[0]!, timezone).offset).toBe(localTime(instants[1]!, timezone).offset)
  })
})

describe('[demo] zone', () => {
  test('is always one in the middle of its day, of a working day when there is one', () => {
    for (let hour = 0; hour < 7 * 24; hour++) {
      const now = at('2026-11-16T00:37:00Z') + hour * HOUR
      const local = localTime(now, zoneAtMidday(now))
      expect(local.hour * 60 + local.minute).toBeGreaterThanOrEqual(10 * 60 + 30)
      expect(local.hour * 60 + local.minute).toBeLessThanOrEqual(14 * 60 + 30)
      const candidates = WHOLE_HOUR_ZONES.map((zone) => localTime(now, zone)).filter(
        ({ hour }) => hour >= 11 && hour < 14,
      )
      if (candidates.some(({ dayOfWeek }) => dayOfWeek < 6)) expect(local.dayOfWeek).toBeLessThan(6)
      else if (candidates.some(({ dayOfWeek }) => dayOfWeek < 7)) expect(local.dayOfWeek).toBeLessThan(7)
    }
  })
})
