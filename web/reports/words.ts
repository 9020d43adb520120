/** How figures, periods and cases read. */
import type { Ideal, Unit } from '#core/report/figures.ts'
import type { Case, Figure } from '#core/report/measure.ts'
import { DESK_NAMES, FIGURE_NAMES } from '#core/report/names.ts'
import { type Period, periodOf } from '#core/report/period.ts'
import { DAY, SECOND } from '#core/zone.ts'
import { measured, short } from '../format/duration.ts'
import { dateIn, dayOf, timeOfDay, weekdayOf } from '../format/localTime.ts'
import { percent } from '../format/percent.ts'
import { reader } from '../i18n/i18n.svelte.ts'
import { DEFINITIONS } from './definitions.ts'
import { r } from './texts.ts'

const inLanguage = (name: readonly [zh: string, en: string]) => name[reader.language === 'en' ? 1 : 0]
export const figureName = (id: Figure['id']): string => inLanguage(FIGURE_NAMES[id])
/** How it is made. */
export const definition = (id: Figure['id']): string => inLanguage(DEFINITIONS[id])
export const deskName = (desk: Figure['desk']): string => inLanguage(DESK_NAMES[desk])

/** @param ideal says to which side a share is cut */
export function valueText(unit: Unit, value: number, ideal: Ideal = {}): string {
  switch (unit) {
    case 'count':
      return number(value)
    case 'share':
      return rateText(value, ideal.atMost !== undefined)
    case 'ms':
      return measured(value, reader.language)
    case 'perMinute':
      return r('perMinute', { value: Math.round(value) })
    case 'score':
      return r('points', { value: value.toFixed(2) })
    default:
      return unit satisfies never
  }
}

/** What is rare has another decimal: 0.25 % and 0.3 % are not the same. */
export function rateText(rate: number | undefined, low = false): string {
  if (rate === undefined) return '–'
  return rate > 0 && rate < 0.01 ? `${(100 * rate).toFixed(2)}%` : `${percent(rate, low)}%`
}

export const timeText = (ms: number | undefined): string => (ms === undefined ? '–' : measured(ms, reader.language))
export const number = (value: number): string => value.toLocaleString(reader.language)

/** `≥ 90%`, and whether the figure is ours. */
export function idealText(unit: Unit, { atLeast, atMost, ours }: Ideal): string {
  const parts = []
  const bound = (value: number) =>
    unit === 'ms' && value % DAY === 0
      ? r('days', { count: value / DAY })
      : valueText(unit, value)
          .replace(/(\.\d*?)0+%$/, '$1%')
          .replace('.%', '%')
          .replace('.00', '')
  if (atLeast !== undefined) parts.push(r('atLeast', { value: bound(atLeast) }))
  if (atMost !== undefined) parts.push(r('atMost', { value: bound(atMost) }))
  return ours ? `${parts.join(' ')} ${r('ours')}` : parts.join(' ')
}

/** Where a figure went since `before`, and whether that is for the better; unknown where it has no ideal range. */
export function trendOf({ value = 0, unit, ideal }: Figure, before: number): Trend {
  if (valueText(unit, value, ideal) === valueText(unit, before, ideal)) return { arrow: '＝', words: 'same', is: '' }
  const up = value > before
  const [arrow, words] = up ? (['↑', 'higher'] as const) : (['↓', 'lower'] as const)
  if (ideal?.atLeast !== undefined) return { arrow, words, is: up ? 'is-fine' : 'is-risk' }
  if (ideal?.atMost !== undefined) return { arrow, words, is: up ? 'is-risk' : 'is-fine' }
  return { arrow, words, is: '' }
}

interface Trend {
  arrow: string
  words: 'same' | 'higher' | 'lower'
  is: string
}

/** A local day or week as people say it. */
export function periodText(id: string): string {
  const period = periodOf(id)
  if (period === undefined) return id
  if (period.kind === 'day') return dayText(period.first)
  const [, year = '', week = ''] = /^(\d+)-W(\d+)$/.exec(id) ?? []
  return r('weekTitle', { year, week: Number(week), from: dayText(period.first), to: dayText(period.last) })
}

const dayText = (day: number) => dayOf(day * DAY, 'UTC', reader.language)

/** A time on its own for a day's report, with its day for a week's. */
export function momentText(at: string, timezone: string, kind: Period['kind']): string {
  const instant = Date.parse(at)
  const time = timeOfDay(instant, timezone)
  return kind === 'day' ? time : `${weekdayOf(instant, timezone, reader.language)} ${time}`
}

export function caseText({ kind, rule, lateMs, tookMs, score, left }: Case): string {
  if (left !== undefined) return r('left', { count: left })
  if (kind === 'sku' && rule === undefined && tookMs !== undefined)
    return r('outFor', { time: short(tookMs, reader.language) })
  if (score !== undefined) return r('score', { score })
  // At the end of a day, what was due then has just broken.
  if (lateMs !== undefined && lateMs < SECOND) return r('justLate')
  if (lateMs !== undefined) return r('late', { time: short(lateMs, reader.language) })
  return tookMs === undefined ? '' : r('took', { time: short(tookMs, reader.language) })
}

/** Of what a case is: a name, where there is one. */
export function subjectText({ kind, subject, name }: Case): string {
  return kind === 'wave' ? `${r('wave')} ${subject.slice(-5)}` : (name ?? subject)
}

/** On which side of its ideal range a figure lies. */
export const sideOf = ({ value = 0, ideal }: Figure): string => (value < (ideal?.atLeast ?? value) ? '▼' : '▲')

/** The replay of the shop at the instant of a case. */
export function replayLink(shop: string, timezone: string, at: string): string {
  return `/replay/${encodeURIComponent(shop)}/${dateIn(Date.parse(at), timezone)}?at=${encodeURIComponent(at)}`
}
