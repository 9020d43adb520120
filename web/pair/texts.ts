import { pageTexts } from '../i18n/pageTexts.ts'

const zh = {
  title: '配对这块屏',
  code: '配对码',
  how: '组长打开 {{url}} 输入这个配对码，或用手机扫码。确认后这里会自己变成值守墙。',
  left: '还有 {{time}}，到时会自动换一个',
  qr: '扫码打开“屏幕”页面，配对码已填好',
  asking: '正在取配对码……',
  unreachable: '连不上服务器，正在重试……',
  limited: '请求太多，正在等待……',
  confirmed: '已确认，正在打开值守墙……',
  person: '不是屏幕？去登录',
}

const en: Record<keyof typeof zh, string> = {
  title: 'Pair this screen',
  code: 'Code',
  how: 'A lead opens {{url}} and enters this code, or scans it with a phone. Once confirmed, this becomes the wall by itself.',
  left: '{{time}} left, then there is a new one',
  qr: 'Opens the page Screens with the code filled in',
  asking: 'Getting a code…',
  unreachable: 'The server cannot be reached. Trying again…',
  limited: 'Too many requests. Waiting…',
  confirmed: 'Confirmed. Opening the wall…',
  person: 'Not a screen? Sign in',
}

export const q = pageTexts(zh, en)
