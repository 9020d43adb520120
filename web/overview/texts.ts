import { pageTexts } from '../i18n/pageTexts.ts'

const zh = {
  title: '全部店铺',
  none: '还没有可看的店铺',
  unreachable: '连不上服务器，正在重试……',
  breach: '{{n}} 家超时',
  risk: '{{n}} 家临界',
  unknown: '{{n}} 家数据不全',
  fine: '{{n}} 家正常',
  stale: '已停止更新 · 停在 {{at}}',
  longest: '最长等待',
  noneHint: '你看得到的店铺，一有就会出现在这里。',
  admin: '管理',
  me: '我的账户',
}

const en: Record<keyof typeof zh, string> = {
  title: 'All shops',
  none: 'No shop to look at yet',
  unreachable: 'The server cannot be reached. Trying again…',
  breach: '{{n}} over',
  risk: '{{n}} at risk',
  unknown: '{{n}} incomplete',
  fine: '{{n}} fine',
  stale: 'Stopped, as of {{at}}',
  longest: 'Longest',
  noneHint: 'Shops that you may see appear here as soon as there are any.',
  admin: 'Admin',
  me: 'My account',
}

export const o = pageTexts(zh, en)
