import type { Language } from '../i18n/language.ts'

/** `Intl` formats are slow to make and quick to use: one each for a language, a zone and a purpose. */
const made = new Map<string, Intl.DateTimeFormat>()

function format(language: Language, timezone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${language} ${timezone} ${JSON.stringify(options)}`
  let it = made.get(name)
  if (it === undefined) {
    it = new Intl.DateTimeFormat(language, { timeZone: timezone, ...options })
    made.set(name, it)
  }
  return it
}

/** The shop's local time of day: `14:03:22`. */
export function timeWithSeconds(at: number, timezone: string): string {
  return format('en', timezone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(at)
}

/** `14:03`. */
export function timeOfDay(at: number, timezone: string): string {
  return format('en', timezone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
}

/** `11月21日周六`, `Sat, Nov 21`. */
export function dayOf(at: number, timezone: string, language: Language): string {
  return format(language, timezone, { month: 'short', day: 'numeric', weekday: 'short' }).format(at)
}

/** The zone by name with what it is ahead of UTC at that instant: `Asia/Shanghai UTC+8`. */
export function zoneName(at: number, timezone: string): string {
  const parts = format('en', timezone, { timeZoneName: 'shortOffset' }).formatToParts(at)
  const offset = parts.find((part) => part.type === 'timeZoneName')?.value.replace('GMT', 'UTC')
  return offset === undefined || timezone === 'UTC' ? timezone : `${timezone} ${offset}`
}

/** Whether two instants lie on the same local date. */
export function sameDay(a: number, b: number, timezone: string): boolean {
  const date = format('en', timezone, { year: 'numeric', month: '2-digit', day: '2-digit' })
  return date.format(a) === date.format(b)
}
