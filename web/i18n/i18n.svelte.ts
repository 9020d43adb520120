import { createInstance } from 'i18next'
import { choose, chosen } from '../modes/choices.ts'
import { type Language, languageFor } from './language.ts'
import type { Key } from './zh.ts'

const texts = createInstance()
texts.init({
  lng: 'zh-CN',
  fallbackLng: false,
  resources: {},
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
})

/** The language of this screen: `?lang=`, else what was last chosen here, else what the browser prefers. */
class Reader {
  #language = $state<Language>('zh-CN')

  get language(): Language {
    return this.#language
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
    if (!texts.hasResourceBundle(language, 'translation')) {
      texts.addResourceBundle(language, 'translation', await load(language))
    }
    this.#language = language
    document.documentElement.lang = language
  }
}

/** A screen fetches only the texts it shows. */
async function load(language: Language): Promise<Record<Key, string>> {
  return language === 'en' ? (await import('./en.ts')).en : (await import('./zh.ts')).zh
}

export const reader = new Reader()

/** The text for a key, in the reader's language. */
export function t(key: Key, values?: Record<string, string | number>): string {
  return values === undefined ? fixed(key, key) : texts.t(key, { ...values, lng: reader.language })
}

/** The text for `group.name` where there is one, else the name as it is: names come from the shop's own data too. */
export function named(group: 'rule' | 'queue' | 'reason' | 'status' | 'autoReply', name: string): string {
  return fixed(`${group}.${name}`, name)
}

/** Texts without values are looked up once: a wall asks for hundreds of them ten times a second. */
const known = new Map<string, string>()

function fixed(key: string, otherwise: string): string {
  const name = `${reader.language} ${key}`
  const text = known.get(name) ?? texts.t(key, { lng: reader.language, defaultValue: '' })
  if (text === '') return otherwise
  known.set(name, text)
  return text
}
