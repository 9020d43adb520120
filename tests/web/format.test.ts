import { describe, expect, test } from 'vitest'
import { compact } from '../../web/format/count.ts'
import {
  brief,
  briefLeft,
  countdown,
  left,
  measured,
  running,
  short,
  since,
  tiny,
  waited,
} from '../../web/format/duration.ts'
import { dayOf, sameDay, timeOfDay, timeWithSeconds, weekdayOf, zoneName } from '../../web/format/localTime.ts'
import { percent } from '../../web/format/percent.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('[wall] times as people read them', () => {
  test.each([
    [-5, '0:00'],
    [999, '0:00'],
    [134 * SECOND, '2:14'],
    [59 * MINUTE + 59 * SECOND, '59:59'],
    [HOUR + 2 * MINUTE + 14 * SECOND, '1:02:14'],
    [47 * HOUR, '47:00:00'],
    [2 * DAY + 5 * HOUR, '2天5小时'],
  ])('%i ms runs as %s', (ms, text) => expect(running(ms, 'zh-CN')).toBe(text))

  test('what is left reads zero only when it is over', () => {
    expect(left(1, 'en')).toBe('0:01')
    expect(left(60 * SECOND, 'en')).toBe('1:00')
    expect(left(0, 'en')).toBe('0:00')
  })

  test('narrow places leave the seconds out from an hour on', () => {
    expect(short(HOUR - 1, 'en')).toBe('59:59')
    expect(short(HOUR + 2 * MINUTE, 'en')).toBe('1h02m')
    expect(short(3 * DAY, 'zh-CN')).toBe('3天0小时')
  })

  test('a countdown keeps to seven signs', () => {
    expect([1, 9 * HOUR + 59 * MINUTE, 17 * HOUR, 50 * HOUR].map((ms) => countdown(ms, 'en'))).toEqual([
      '0:01',
      '9:59:00',
      '17h',
      '2d2h',
    ])
  })

  test('a wait keeps to seven signs, in whole seconds that are over', () => {
    expect([1, 9 * HOUR + 59 * MINUTE + 1, 27 * HOUR, 50 * HOUR].map((ms) => waited(ms, 'zh-CN'))).toEqual([
      '0:00',
      '9:59:00',
      '27小时',
      '2天2小时',
    ])
  })

  test('how long, in the largest unit', () => {
    expect(since(30 * SECOND, 'en')).toBe('0m')
    expect(since(59 * MINUTE, 'zh-CN')).toBe('59分')
    expect(since(47 * HOUR, 'en')).toBe('47h')
    expect(since(2 * DAY, 'zh-CN')).toBe('2天')
    expect([59 * MINUTE, 27 * HOUR].map((ms) => brief(ms, 'en'))).toEqual(['59:00', '27h'])
    expect([MINUTE + 1, HOUR - 1].map((ms) => briefLeft(ms, 'en'))).toEqual(['1:01', '1h'])
    expect([59 * MINUTE, 3 * HOUR, 2 * DAY].map(tiny)).toEqual(['59′', '3h', '2d'])
  })

  test('measured times keep a tenth while it matters', () => {
    expect(measured(7_500, 'en')).toBe('7.5s')
    expect(measured(27_500, 'en')).toBe('28s')
    expect(measured(30_000, 'zh-CN')).toBe('30秒')
    expect(measured(15 * MINUTE, 'en')).toBe('15:00')
    expect([HOUR, 1.5 * HOUR, 23 * HOUR, 53 * HOUR].map((ms) => measured(ms, 'zh-CN'))).toEqual([
      '1小时',
      '1.5小时',
      '23小时',
      '2天5小时',
    ])
  })

  test('a rate is cut, never rounded up to a target', () => {
    expect(percent(0.89999)).toBe('89.9')
    expect(percent(0.29)).toBe('29.0')
    expect(percent(0.925)).toBe('92.5')
    expect(percent(1)).toBe('100')
    expect(percent(0.99999)).toBe('99.9')
    expect([0.0207, 0.02, 0.029, 0].map((rate) => percent(rate, true))).toEqual(['2.1', '2.0', '2.9', '0.0'])
  })

  test('a count keeps to three places', () => {
    expect([0, 999, 1_000, 12_999].map(compact)).toEqual(['0', '999', '1k', '12k'])
  })

  test('the shop’s own clock, day and zone', () => {
    const at = Date.parse('2026-11-21T16:03:22Z')
    expect(timeWithSeconds(at, 'Asia/Shanghai')).toBe('00:03:22')
    expect(timeOfDay(at, 'America/New_York')).toBe('11:03')
    expect(dayOf(at, 'Asia/Shanghai', 'en')).toBe('Sun, Nov 22')
    expect(weekdayOf(at, 'Asia/Shanghai', 'zh-CN')).toBe('周日')
    expect(zoneName(at, 'Asia/Shanghai')).toBe('Asia/Shanghai UTC+8')
    expect(zoneName(at, 'UTC')).toBe('UTC')
    expect(sameDay(at, at - 4 * MINUTE, 'Asia/Shanghai')).toBe(false)
    expect(sameDay(at, at - 4 * MINUTE, 'UTC')).toBe(true)
  })
})
