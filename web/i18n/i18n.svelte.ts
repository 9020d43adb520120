import { choose, chosen } from '../modes/choices.svelte.ts'
import { type Language, languageFor } from './language.ts'
import type { Key } from './zh.ts'

/** The language of this screen: `?lang=`, else what was last chosen here, else what the browser prefers. */
class Reader {
  #language = $state<Language>('zh-CN')
  #texts = $state.raw<Partial<Record<string, string>>>({})
  #wanted: Language | undefined

  get language(): Language {
    return this.#language
  }

  /** The text for a key, if there is one. */
  text(key: string): string | undefined {
    return this.#texts[key]
  }

  /** To be awaited before the first text is shown. */
  async begin(): Promise<void> {
    await this.#show(languageFor([chosen('lang') ?? '', ...navigator.languages]))
  }

  async choose(language: Language): Promise<void> {
    choose('lang', language)
    await this.#show(language)
  }

  async #show(language: Language): Promise<void> {
    this.#wanted = language
    const texts = await load(language)
    // Meanwhile another may have been chosen.
    if (this.#wanted !== language) return
    this.#texts = texts
    this.#language = language
    document.documentElement.lang = language
  }
}

/** A screen fetches only the texts it shows. */
async function load(language: Language): Promise<Record<Key, string>> {
  return language === 'en' ? (await import('./en.ts')).en : (await import('./zh.ts')).zh
}

export const reader = new Reader()

/** The text for a key, in the reader's language, its `{{names}}` filled in. */
export function t(key: Key, values?: Record<string, string | number>): string {
  const text = reader.text(key) ?? key
  return values === undefined ? text : text.replace(NAME, (_, name: string) => String(values[name] ?? ''))
}

const NAME = /\{\{(\w+)\}\}/g

/** The text for `group.name` where there is one, else the name as it is: names come from the shop's own data too. */
export function named(group: 'rule' | 'queue' | 'reason' | 'status' | 'autoReply', name: string): string {
  return reader.text(`${group}.${name}`) ?? name
}
