import { reader } from './i18n.svelte.ts'
import type { Language } from './language.ts'

/** Each as its readers call it. Here, as a wall has no use for them. */
export const LANGUAGES: Record<Language, string> = { 'zh-CN': '中文', en: 'English' }

/** `{{name}}`: a value. `{{name|event|events}}`: the first word where the value is one, else the second. */
const BLANK = /\{\{(\w+)(?:\|(.*?)\|(.*?))?\}\}/g

/**
 * The texts of one page, in a chunk of their own so that a wall never loads them: `t(key, values)` in the reader's
 * language, its blanks filled in.
 */
export function pageTexts<Key extends string>(zh: Record<Key, string>, en: Record<Key, string>) {
  return (key: Key, values: Record<string, string | number> = {}): string =>
    filled((reader.language === 'en' ? en : zh)[key], values)
}

function filled(text: string, values: Record<string, string | number>): string {
  return text.replace(BLANK, (_, name: string, one?: string, many?: string) => {
    const value = String(values[name] ?? '')
    return (value === '1' ? one : many) ?? value
  })
}
