import { reader } from './i18n.svelte.ts'
import type { Language } from './language.ts'

/** Each as its readers call it. Here, as a wall has no use for them. */
export const LANGUAGES: Record<Language, string> = { 'zh-CN': '中文', en: 'English' }

/**
 * The texts of one page, in a chunk of their own so that a wall never loads them: `t(key, values)` in the reader's
 * language, its `{{names}}` filled in.
 */
export function pageTexts<Key extends string>(zh: Record<Key, string>, en: Record<Key, string>) {
  return (key: Key, values: Record<string, string | number> = {}): string =>
    (reader.language === 'en' ? en : zh)[key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
}
