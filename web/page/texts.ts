/** What every page but a wall says. */
import { pageTexts } from '../i18n/pageTexts.ts'

const zh = {
  wall: '值守墙',
  lead: '组长台',
  handbook: '手册',
  loading: '正在读取……',
  failed: '读取失败：{{why}}',
  retry: '重试',
  pages: '页面',
  replay: '回放',
  reports: '报表',
  close: '关闭',
  'keys.title': '按键一览',
}

const en: Record<keyof typeof zh, string> = {
  wall: 'Wall',
  lead: 'Desk',
  handbook: 'Handbook',
  loading: 'Loading…',
  failed: 'Could not be read: {{why}}',
  retry: 'Try again',
  pages: 'Pages',
  replay: 'Replay',
  reports: 'Reports',
  close: 'Close',
  'keys.title': 'Keys',
}

export type PageName = 'wall' | 'lead' | 'replay' | 'reports' | 'handbook'
export const p = pageTexts(zh, en)
