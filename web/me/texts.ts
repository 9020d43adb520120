import { pageTexts } from '../i18n/pageTexts.ts'

const zh = {
  title: '我的账户',
  who: '我是谁',
  name: '姓名',
  username: '用户名',
  email: '邮箱',
  roles: '角色',
  everywhere: '全部店铺的管理员',
  noRoles: '还没有在任何店铺的角色，请管理员给你。',
  sessions: '登录情况',
  others: '登出其他所有地方',
  othersAsk: '登出其他所有地方？',
  othersHint: '除了这里，其他设备都要重新登录。',
  othersDone: '其他地方都已登出',
  password: '改密码',
  current: '现在的密码',
  revoke: '同时登出其他所有地方',
  change: '改密码',
  changed: '密码已改',
  wrong: '现在的密码不对',
  signOut: '退出登录',
}

const en: Record<keyof typeof zh, string> = {
  title: 'My account',
  who: 'Who I am',
  name: 'Name',
  username: 'User name',
  email: 'Email',
  roles: 'Roles',
  everywhere: 'Administrator of every shop',
  noRoles: 'No role at any shop yet; ask an administrator for one.',
  sessions: 'Where I am signed in',
  others: 'Sign out everywhere else',
  othersAsk: 'Sign out everywhere else?',
  othersHint: 'Every device but this one has to sign in again.',
  othersDone: 'Signed out everywhere else',
  password: 'Password',
  current: 'Present password',
  revoke: 'Sign out everywhere else too',
  change: 'Change password',
  changed: 'The password is changed',
  wrong: 'This is not the present password',
  signOut: 'Sign out',
}

export const m = pageTexts(zh, en)
