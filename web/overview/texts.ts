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
  over: '{{n}} 项超时',
  atRisk: '{{n}} 项临界',
  longest: '最长等待',
  noRole: '请管理员在“管理 → 人员”里给你一个角色，这里马上就会出现。',
  make: '新建第一家店铺',
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
  over: '{{n}} over',
  atRisk: '{{n}} at risk',
  longest: 'Longest',
  noRole: 'Ask an administrator for a role under Admin → People: your shops appear here at once.',
  make: 'Make the first shop',
  admin: 'Admin',
  me: 'My account',
}

export const o = pageTexts(zh, en)
