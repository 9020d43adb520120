import type { AlertView } from '#core/view.ts'
import { left, waited } from '../format/duration.ts'
import type { Language } from '../i18n/language.ts'

/** How an alert stands in time: how long past due, how long left, or for how long its condition has held. */
export function alertTime(
  { dueAt, since }: AlertView,
  now: number,
  language: Language,
): { word: 'over' | 'left' | 'for'; text: string } {
  if (dueAt === undefined) return { word: 'for', text: waited(now - Date.parse(since), language) }
  const toGo = Date.parse(dueAt) - now
  return toGo > 0 ? { word: 'left', text: left(toGo, language) } : { word: 'over', text: waited(-toGo, language) }
}
