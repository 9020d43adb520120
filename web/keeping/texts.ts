import { pageTexts } from '../i18n/pageTexts.ts'
import { en } from './texts.en.ts'
import { type KeepingText, zh } from './texts.zh.ts'

export const k = pageTexts<KeepingText>(zh, en)
