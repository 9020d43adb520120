import { HOUR, MINUTE, SECOND } from './instant.ts'
import type { Mood, Trouble } from './mood.ts'

const trouble = (rule: string, overdue: number, atRisk: number, worstMs: number, by?: string): Trouble => ({
  rule,
  overdue,
  atRisk,
  worstMs,
  ...(by && { by }),
})

export const calm: Mood = {
  seed: 3,
  name: '青禾数码旗舰店',
  tongue: 'zh',
  queues: ['presales', 'aftersales', 'vip'],
  waiting: 1,
  longestMs: 8 * SECOND,
  agents: 18,
  load: 0.6,
  firstRate: 0.972,
  replyRate: 0.985,
  out: 0,
  untracked: 0,
  orders: 86,
  troubles: [],
}

export const busy: Mood = {
  ...calm,
  seed: 11,
  waiting: 7,
  longestMs: 52 * SECOND,
  load: 0.95,
  firstRate: 0.914,
  replyRate: 0.963,
  out: 2,
  untracked: 22,
  orders: 170,
  troubles: [
    trouble('first_response', 2, 0, 22 * SECOND),
    trouble('order_check', 0, 4, -(12 * MINUTE + 7 * SECOND)),
    trouble('pickup', 0, 15, -78 * MINUTE),
    trouble('stock_out', 1, 0, 6 * MINUTE),
    trouble('complaint_escalate', 1, 0, 4 * MINUTE, '林秋'),
    trouble('delivery_promise', 0, 2, -5 * HOUR),
  ],
}

export const storm: Mood = {
  ...busy,
  seed: 29,
  queues: ['presales', 'aftersales', 'vip', 'complaints', 'logistics'],
  waiting: 143,
  longestMs: 11 * MINUTE + 47 * SECOND,
  agents: 200,
  load: 1.1,
  firstRate: 0.612,
  replyRate: 0.843,
  out: 60,
  untracked: 154,
  orders: 412,
  troubles: [
    trouble('first_response', 46, 0, 11 * MINUTE + 17 * SECOND),
    trouble('reply_wait', 31, 0, 6 * MINUTE + 2 * SECOND),
    trouble('auto_reply', 3, 0, 50 * SECOND),
    trouble('queue_depth', 2, 0, 14 * MINUTE),
    trouble('no_agent', 1, 0, 3 * MINUTE),
    trouble('over_capacity', 12, 0, 9 * MINUTE),
    trouble('response_rate', 3, 0, 21 * MINUTE, '林秋'),
    trouble('stock_out', 12, 0, 88 * MINUTE),
    ...[
      'order_check callback pack crm_bind tracking_entry pickup ship_promise dispatch cancel supplier_contact',
      'shortage_announce return_check refund_notify unbind_notify crm_unbind return_inspect refund_done',
      'complaint_call complaint_escalate inquiry_answer delivery_promise delivery_span payment_followup_1 hold_followup',
    ]
      .join(' ')
      .split(' ')
      .map((rule, i) =>
        trouble(rule, (i * 7) % 29, (i * 5) % 19, (i + 1) * 23 * MINUTE, i % 6 === 5 ? '林秋' : undefined),
      ),
  ],
}

/** Longer, later and more than any day should be. */
export const extreme: Mood = {
  ...storm,
  seed: 41,
  queues: ['presales', 'aftersales'],
  waiting: 1_234,
  longestMs: 27 * HOUR,
  agents: 300,
  load: 0.4,
  firstRate: 0.08,
  replyRate: 1,
  orders: 9_876,
  troubles: storm.troubles.map((one) => ({
    ...one,
    overdue: one.overdue * 97,
    worstMs: one.worstMs + 19 * 24 * HOUR,
  })),
}

export const few: Mood = {
  ...calm,
  seed: 5,
  agents: 3,
  queues: ['presales'],
  load: 1,
  troubles: [
    trouble('reply_wait', 2, 0, 35 * SECOND),
    trouble('order_check', 0, 2, -(4 * MINUTE + 11 * SECOND)),
    trouble('refund_done', 1, 0, 26 * MINUTE, '林秋'),
  ],
}
export const forty: Mood = { ...busy, seed: 17, agents: 42 }
export const silent: Mood = { ...calm, seed: 7, silent: 'warehouse' }

/** Few kinds of alerts have two lines each. */
export const fewEnglish: Mood = {
  ...few,
  name: 'Greenleaf Digital',
  tongue: 'en',
  troubles: [trouble('response_rate', 2, 0, 3 * HOUR + 29 * MINUTE), trouble('auto_reply', 8, 0, 12 * MINUTE)],
}
export const calmEnglish: Mood = { ...calm, name: 'Greenleaf Digital', tongue: 'en' }
export const busyEnglish: Mood = { ...busy, name: 'Greenleaf Digital', tongue: 'en' }
export const longChinese: Mood = {
  ...forty,
  name: '青禾数码科技（上海）有限公司官方旗舰店自营专卖',
  longNames: true,
  agents: 18,
  queues: ['presales', '华东大区企业采购与批发专线', 'aftersales'],
  out: 4,
}
export const longEnglish: Mood = {
  ...longChinese,
  name: 'Greenleaf Digital Technology International Flagship Store',
  tongue: 'en',
  queues: ['presales', 'Enterprise purchasing and wholesale', 'aftersales'],
}
