import type { Language } from '../i18n/language.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const UNITS = {
  'zh-CN': { day: '天', hour: '小时', minute: '分', second: '秒' },
  en: { day: 'd', hour: 'h', minute: 'm', second: 's' },
} as const

/** A running time for reading at a glance: `2:14`, `1:02:14`, from two days on `2天5小时`. Less than nothing is `0:00`. */
export function running(ms: number, language: Language): string {
  const whole = Math.max(0, Math.floor(ms / SECOND) * SECOND)
  if (whole >= 2 * DAY) return daysAndHours(whole, language)
  const hours = Math.floor(whole / HOUR)
  const minutes = Math.floor((whole % HOUR) / MINUTE)
  const seconds = twoDigits(Math.floor((whole % MINUTE) / SECOND))
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${seconds}` : `${minutes}:${seconds}`
}

/** Time left, rounded up, so that it reads `0:00` only when it is over. */
export function left(ms: number, language: Language): string {
  return running(Math.ceil(ms / SECOND) * SECOND, language)
}

/** A running time for narrow places: `2:14`, from an hour on `1小时02分`. */
export function short(ms: number, language: Language): string {
  if (ms < HOUR) return running(ms, language)
  if (ms >= 2 * DAY) return daysAndHours(ms, language)
  const unit = UNITS[language]
  return `${Math.floor(ms / HOUR)}${unit.hour}${twoDigits(Math.floor((ms % HOUR) / MINUTE))}${unit.minute}`
}

/** A wait where no more than seven signs fit: `1:02:14`, from ten hours on `16小时`, from two days on `2天5小时`. */
export function waited(ms: number, language: Language): string {
  if (ms >= 2 * DAY) return daysAndHours(ms, language)
  return ms < 10 * HOUR ? running(ms, language) : since(ms, language)
}

/** Time left, or past, where no more than seven signs fit: rounded up, as a wait is said. */
export function countdown(ms: number, language: Language): string {
  return waited(Math.ceil(ms / SECOND) * SECOND, language)
}

/** How long something has been so, in its largest unit, for what nobody counts by the second: `12分`, `2小时`, `3天`. */
export function since(ms: number, language: Language): string {
  const unit = UNITS[language]
  if (ms >= 2 * DAY) return `${Math.floor(ms / DAY)}${unit.day}`
  if (ms >= HOUR) return `${Math.floor(ms / HOUR)}${unit.hour}`
  return `${Math.max(0, Math.floor(ms / MINUTE))}${unit.minute}`
}

/** A wait for places of five narrow signs: `2:14`, from an hour on `27h`. */
export function brief(ms: number, language: Language): string {
  return ms < HOUR ? running(ms, language) : tiny(ms)
}

/** Time left, for places of five narrow signs: rounded up, `2:14`, from an hour on `27h`. */
export function briefLeft(ms: number, language: Language): string {
  return brief(Math.ceil(ms / SECOND) * SECOND, language)
}

/** How long something has been so where there is hardly any room, in signs every language reads: `12′`, `2h`, `3d`. */
export function tiny(ms: number): string {
  if (ms >= 2 * DAY) return `${Math.floor(ms / DAY)}d`
  if (ms >= HOUR) return `${Math.floor(ms / HOUR)}h`
  return `${Math.max(0, Math.floor(ms / MINUTE))}′`
}

/** A measured time in seconds, to a tenth below ten: `7.5秒`, `27秒`; from ten minutes on `15:00`, from an hour on `1.5小时`, from two days on `2天5小时`. */
export function measured(ms: number, language: Language): string {
  if (ms >= 2 * DAY) return daysAndHours(ms, language)
  if (ms >= HOUR) return tenths(ms / HOUR) + UNITS[language].hour
  if (ms >= 10 * MINUTE) return running(ms, language)
  return tenths(ms / SECOND) + UNITS[language].second
}

/** To a tenth below ten, whole from there on. */
function tenths(n: number): string {
  return n < 10 && !Number.isInteger(n) ? n.toFixed(1) : String(Math.round(n))
}

function daysAndHours(ms: number, language: Language): string {
  const unit = UNITS[language]
  return `${Math.floor(ms / DAY)}${unit.day}${Math.floor((ms % DAY) / HOUR)}${unit.hour}`
}

const twoDigits = (n: number) => String(n).padStart(2, '0')
