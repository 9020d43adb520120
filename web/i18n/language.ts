export type Language = 'zh-CN' | 'en'

/** The language for a reader who prefers these, the most wanted first: Chinese unless English comes before it. */
export function languageFor(preferred: readonly string[]): Language {
  const tag = preferred.find(isLanguage)
  return tag !== undefined && isEnglish(tag) ? 'en' : 'zh-CN'
}

/** Whether a tag, such as `en-GB`, is of a language we have. */
export const isLanguage = (tag: string) => isEnglish(tag) || /^zh\b/i.test(tag)

const isEnglish = (tag: string) => /^en\b/i.test(tag)
