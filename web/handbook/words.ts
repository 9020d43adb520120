/** Figures of the handbook in words. */
import { named, reader } from '../i18n/i18n.svelte.ts'
import { type HandbookKey, h } from './texts.ts'

const UNITS = [
  [3_600_000, 'hour'],
  [60_000, 'min'],
  [1_000, 'sec'],
] as const

/** The largest unit in which a duration is a whole number. */
export function unitOf(ms: number): number {
  return UNITS.find(([unit]) => ms >= unit && ms % unit === 0)?.[0] ?? 1_000
}
export const unitName = (unit: number): string => h(UNITS.find(([ms]) => ms === unit)?.[1] ?? 'sec')
export const UNITS_MS = UNITS.map(([ms]) => ms)

/** Whether a figure is a share of all, which people read in percent. */
export const isShare = (path: string): boolean => /^conditions\.response_rate\.(raise|clear)$/.test(path)
export const percentOf = (share: number): number => +(share * 100).toFixed(4)
/** Not a number of what is not. */
export const fromPercent = (percent: number): number => +(percent / 100).toFixed(6)

/** Of a path such as `rules.pack.targetMs`: `打包 · 时限`. */
export function figureName(path: string): string {
  const [part, id = '', ...rest] = path.split('.')
  const last = rest.at(-1) ?? ''
  if (part === 'rules' || part === 'conditions') return `${named('rule', id)} · ${h(FIGURES[last] ?? 'rule')}`
  if (part === 'calendars' && rest.length > 0)
    return `${h(id === 'service' ? 'cal_service' : 'cal_backoffice')} · ${rest[0] === 'week' ? h(last as HandbookKey) : last}`
  if (part === 'capacities') return `${h('capacities')} · ${h(`tier_${id}` as HandbookKey)}`
  return h(TABLES[id] ?? 'calendars')
}

const FIGURES: Record<string, HandbookKey> = {
  on: 'on',
  warns: 'warns',
  targetMs: 'target',
  warnAfterMs: 'warnAfter',
  remindMs: 'remind',
  raise: 'raise',
  clear: 'clear',
  raiseMs: 'raiseMs',
  clearMs: 'clearMs',
  mealMs: 'mealMs',
  atLeast: 'atLeast',
}
const TABLES: Record<string, HandbookKey> = {
  holidays: 'holidays',
  makeup: 'makeup',
  waves: 'wave',
  weekdays: 'weekdays',
  closed: 'pickupClosed',
  graceMs: 'grace',
  cutoffMs: 'cutoff',
}

export function figureText(path: string, value: unknown): string {
  if (value === undefined) return h(path.startsWith('capacities.') ? 'unlimited' : 'none')
  if (typeof value === 'boolean') return h(value ? 'yes' : 'no')
  if (typeof value === 'number') {
    if (isShare(path)) return `${percentOf(value)}%`
    if (!path.endsWith('Ms')) return String(value)
    return `${value / unitOf(value)} ${unitName(unitOf(value))}`
  }
  if (!Array.isArray(value)) return String(value)
  if (value.length === 0) return h(path.includes('.week.') || path.includes('.days.') ? 'closed' : 'none')
  return value.map(entryText).join(reader.language === 'en' ? ', ' : '、')
}

function entryText(entry: unknown): string {
  if (Array.isArray(entry)) return entry.join('–')
  if (typeof entry === 'object' && entry !== null) {
    const { at, before } = entry as { at: string; before: string }
    return `${at} (< ${before})`
  }
  return /^[a-z]{3}$/.test(String(entry)) ? h(entry as HandbookKey) : String(entry)
}
