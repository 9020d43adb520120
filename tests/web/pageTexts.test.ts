import { expect, test } from 'vitest'
import { pageTexts } from '../../web/i18n/pageTexts.ts'

const texts = { left: '{{n}} {{n|conversation has|conversations have}} nobody', said: '{{who}} said “{{what}}”' }
const t = pageTexts(texts, texts)

test('[texts] a word follows the number beside it', () => {
  expect(t('left', { n: 1 })).toBe('1 conversation has nobody')
  expect(t('left', { n: '1' })).toBe('1 conversation has nobody')
  expect(t('left', { n: 0 })).toBe('0 conversations have nobody')
  expect(t('left', { n: '1,201' })).toBe('1,201 conversations have nobody')
})

test('[texts] what fills a blank is not read again', () => {
  expect(t('said', { who: '{{what}}', what: 'a | b' })).toBe('{{what}} said “a | b”')
})
