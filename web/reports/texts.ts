/** The texts of the reports, in the reader's language. */
import { pageTexts } from '../i18n/pageTexts.ts'
import { en } from './texts.en.ts'
import { type ReportKey, zh } from './texts.zh.ts'

export const r = pageTexts<ReportKey>(zh, en)
