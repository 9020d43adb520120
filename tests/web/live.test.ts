import { describe, expect, test } from 'vitest'
import { CONDITIONS } from '#core/conditionTable.ts'
import { RULES } from '#core/handbook.ts'
import { pointOf } from '#core/point.ts'
import { en } from '../../web/i18n/en.ts'
import { languageFor } from '../../web/i18n/language.ts'
import { zh } from '../../web/i18n/zh.ts'
import { extend, historyPoint, precede, SPAN_MS, STEP_MS } from '../../web/live/history.ts'
import { ServerClock } from '../../web/live/serverClock.ts'
import { routeOf } from '../../web/route.ts'
import { anAgent, aView } from './view.ts'

describe('[wall] the server’s clock', () => {
  test('is read from the message that came quickest', () => {
    const clock = new ServerClock()
    clock.heard(10_000, 4_000)
    clock.heard(11_000, 5_400)
    clock.heard(12_000, 5_900)
    expect(clock.now(6_000)).toBe(12_100)
  })

  test('forgets what it heard long ago, so a clock that was set right is followed', () => {
    const clock = new ServerClock()
    clock.heard(1_000_000, 0)
    clock.heard(1_001_000, 901_000)
    expect(clock.now(901_000)).toBe(1_001_000)
  })
})

describe('[wall] the last hours', () => {
  const point = (at: number) => ({ at, waiting: 1, online: 1 })

  test('keep one point a minute, the newest moving with time', () => {
    const start = 100 * STEP_MS
    let points = extend([], point(start + 1_000))
    points = extend(points, point(start + 30_000))
    points = extend(points, point(start + STEP_MS))
    expect(points.map((p) => p.at - start)).toEqual([30_000, STEP_MS])
  })

  test('leave behind what is too old', () => {
    expect(extend([point(0), point(STEP_MS)], point(SPAN_MS + 1))).toHaveLength(2)
  })

  test('the past that was asked for ends with a whole step, and the newest point stays after it', () => {
    const past = [point(2 * STEP_MS), point(3 * STEP_MS)]
    const seen = [point(2 * STEP_MS + 5_000), point(3 * STEP_MS + 21_000)]
    expect(precede(past, seen).map((p) => p.at - 3 * STEP_MS)).toEqual([-STEP_MS, 0, 21_000])
    expect(precede([], seen)).toEqual(seen)
  })

  test('are carried on from a view by the very points that the server looks back for', () => {
    const view = aView({ agents: { a: anAgent(), b: anAgent({ status: 'away' }) } })
    view.response.first.recent = { count: 10, met: 9, rate: 0.9 }
    expect(historyPoint(pointOf(view))).toEqual({ at: Date.parse(view.at), waiting: 0, online: 1, firstRate: 0.9 })
  })
})

describe('[wall] words', () => {
  test('Chinese unless English is preferred to it', () => {
    expect(languageFor(['en-GB', 'zh-CN'])).toBe('en')
    expect(languageFor(['zh-TW', 'en'])).toBe('zh-CN')
    expect(languageFor(['fr', 'de'])).toBe('zh-CN')
  })

  test('both languages fill in the same values', () => {
    const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort()
    for (const key of Object.keys(zh) as (keyof typeof zh)[]) expect(values(en[key]), key).toEqual(values(zh[key]))
  })

  test('every rule and condition has a name', () => {
    const ids = [...RULES.map((rule) => rule.id), ...Object.keys(CONDITIONS)]
    for (const id of ids) expect(zh, id).toHaveProperty([`rule.${id}`])
  })

  test('a path names its page', () => {
    expect(routeOf('/wall/demo')).toEqual({ page: 'wall', shop: 'demo' })
    expect(routeOf('/wall/a%20b/')).toEqual({ page: 'wall', shop: 'a b' })
    expect(routeOf('/')).toEqual({ page: 'overview' })
  })
})
