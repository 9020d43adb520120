import { dateIn, timeOfDay } from '../format/localTime.ts'

/** `2026-11-21 14:03`: for what may lie any time back. */
export function momentOf(at: string, timezone: string): string {
  const instant = Date.parse(at)
  return `${dateIn(instant, timezone)} ${timeOfDay(instant, timezone)}`
}
