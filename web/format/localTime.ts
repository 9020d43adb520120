import type { Language } from '../i18n/language.ts'

type Options = Intl.DateTimeFormatOptions

const WITH_SECONDS: Options = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }
const WITHOUT_SECONDS: Options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
const DAY: Options = { month: 'short', day: 'numeric', weekday: 'short' }
const WEEKDAY: Options = { weekday: 'short' }
const DATE: Options = { year: 'numeric', month: '2-digit', day: '2-digit' }
const OFFSET: Options = { timeZoneName: 'shortOffset' }

/** `Intl` formats are slow to make and quick to use: one each for a purpose, a zone and a language. */
const made = new Map<Options, Map<string, Intl.DateTimeFormat>>()

function format(options: Options, timezone: string, language: Language = 'en'): Intl.DateTimeFormat {
  const ofPurpose = made.get(options) ?? new Map<string, Intl.DateTimeFormat>()
  made.set(options, ofPurpose)
  const name = `${language} ${timezone}`
  const known = ofPurpose.get(name) ?? new Intl.DateTimeFormat(language, { timeZone: timezone, ...options })
  ofPurpose.set(name, known)
  return known
}

/** The shop's local time of day: `14:03:22`. */
export function timeWithSeconds(at: number, timezone: string): string {
  return format(WITH_SECONDS, timezone).format(at)
}

/** `14:03`. */
export function timeOfDay(at: number, timezone: string): string {
  return format(WITHOUT_SECONDS, timezone).format(at)
}

/** The local date as addresses have it: `2026-11-21`. */
export function dateIn(at: number, timezone: string): string {
  const parts = format(DATE, timezone).formatToParts(at)
  const { year, month, day } = Object.fromEntries(parts.map(({ type, value }) => [type, value]))
  return `${year}-${month}-${day}`
}

/** `11月21日周六`, `Sat, Nov 21`. */
export function dayOf(at: number, timezone: string, language: Language): string {
  return format(DAY, timezone, language).format(at)
}

/** `周六`, `Sat`. */
export function weekdayOf(at: number, timezone: string, language: Language): string {
  return format(WEEKDAY, timezone, language).format(at)
}

/** The zone by name with what it is ahead of UTC at that instant: `Asia/Shanghai UTC+8`. */
export function zoneName(at: number, timezone: string): string {
  const parts = format(OFFSET, timezone).formatToParts(at)
  const offset = parts.find((part) => part.type === 'timeZoneName')?.value.replace('GMT', 'UTC')
  return offset === undefined || timezone === 'UTC' ? timezone : `${timezone} ${offset}`
}

/** Whether two instants lie on the same local date. */
export function sameDay(a: number, b: number, timezone: string): boolean {
  const date = format(DATE, timezone)
  return date.format(a) === date.format(b)
}
