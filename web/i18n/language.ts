export type Language = 'zh-CN' | 'en'

/** The language for a reader who prefers these, the most wanted first: Chinese unless English comes before it. */
export function languageFor(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    if (/^zh\b/i.test(tag)) return 'zh-CN'
    if (/^en\b/i.test(tag)) return 'en'
  }
  return 'zh-CN'
}
