import { pageTexts } from '../i18n/pageTexts.ts'
import { en } from './texts.en.ts'
import { type AdminText, zh } from './texts.zh.ts'

export const a = pageTexts<AdminText>(zh, en)
