import { describe, expect, test } from 'vitest'
import { dayPeriod, later, periodOf, weekPeriod } from '#core/report/period.ts'
import { dateOf, dayOfDate } from '#core/zone.ts'

describe('[report] periods', () => {
  test('[report] every day of ten years lies in the ISO week that Temporal says', () => {
    for (let day = dayOfDate('2018-12-01'); day < dayOfDate('2029-02-01'); day++) {
      const { yearOfWeek, weekOfYear } = Temporal.PlainDate.from(dateOf(day))
      const id = `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`
      const week = weekPeriod(day)
      expect(week).toMatchObject({ id, kind: 'week' })
      expect(week.first <= day && day <= week.last && week.last - week.first === 6).toBe(true)
      expect(periodOf(id)).toEqual(week)
      expect(periodOf(dateOf(day))).toEqual(dayPeriod(day))
    }
  })

  test('[report] one leads to the next and back', () => {
    for (const id of ['2026-12-31', '2026-W53', '2024-02-29', '2025-W01']) {
      const period = periodOf(id)!
      expect(later(later(period, 1), -1)).toEqual(period)
      expect(later(period, 1).first).toBe(period.last + 1)
    }
  })

  test.each(['2025-W53', '2026-W00', '2026-11-31', '2026-1-1', '2026-W7', '0000-01-01', ''])(
    '[report] "%s" is none',
    (id) => {
      expect(periodOf(id)).toBeUndefined()
    },
  )
})
