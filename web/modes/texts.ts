/** What is said where a screen's showing is chosen. */
import { pageTexts } from '../i18n/pageTexts.ts'

const zh = {
  close: '关闭',
  lead: '组长台',
  given: '这块屏显示什么，由组长在“屏幕”页面决定。',
  layout: '显示内容',
  full: '整面墙',
  rotate: '轮播',
  'rotate.off': '不轮播',
  theme: '外观',
  'theme.dark': '深色',
  'theme.light': '浅色',
  'theme.auto': '跟随系统',
  language: '语言',
  sound: '新超时响铃',
  'sound.on': '开',
  'sound.off': '关',
  'sound.test': '试听',
}

const en: Record<keyof typeof zh, string> = {
  close: 'Close',
  lead: 'Lead desk',
  given: 'What this screen shows is set on the page Screens.',
  layout: 'Show',
  full: 'The whole wall',
  rotate: 'Rotate',
  'rotate.off': 'Off',
  theme: 'Theme',
  'theme.dark': 'Dark',
  'theme.light': 'Light',
  'theme.auto': 'As the system',
  language: 'Language',
  sound: 'Ring for a new breach',
  'sound.on': 'On',
  'sound.off': 'Off',
  'sound.test': 'Test',
}

export const c = pageTexts(zh, en)
