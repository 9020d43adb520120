/** How each figure is made, in a sentence: for whoever reads a number and wants to know what it counts. */
import type { FigureId } from '#core/report/figures.ts'

export const DEFINITIONS: Record<FigureId, readonly [zh: string, en: string]> = {
  conversations: [
    '这段时间里开始的会话；结束后又重新开始的另算一次。',
    'Conversations begun; one taken up anew after its end counts again.',
  ],
  first_response_rate: [
    '已有结果的首次响应中，在时限内由人答复的占比；还在等的不算。',
    'Of the first replies decided, those given by a person within the target; whoever still waits is not counted.',
  ],
  first_response_p50: [
    '这段时间里给出的首次响应，一半不慢于它；只计客服时段内的时间。',
    'Half of the first replies given were as quick; only time within service hours counts.',
  ],
  first_response_p90: [
    '这段时间里给出的首次响应，九成不慢于它；只计客服时段内的时间。',
    'Nine in ten of the first replies given were as quick; only time within service hours counts.',
  ],
  reply_wait_rate: [
    '已有结果的续答等待中，在时限内由人答复的占比；还在等的不算。',
    'Of the later replies decided, those given by a person within the target; whoever still waits is not counted.',
  ],
  reply_wait_p50: [
    '顾客在会话中等待答复的时长，一半不超过它；只计客服时段内的时间。',
    'Half of the waits for a reply within a conversation were as short; only time within service hours counts.',
  ],
  reply_wait_p90: [
    '顾客在会话中等待答复的时长，九成不超过它；只计客服时段内的时间。',
    'Nine in ten of the waits for a reply were as short; only time within service hours counts.',
  ],
  typing_speed: [
    '报告了打字用时的消息：字数合计 ÷ 用时合计。',
    'Of messages that tell how long they took: all characters by all minutes.',
  ],
  typing_speed_presales: ['同上，只计售前队列（presales）。', 'The same, of the pre-sales queue (presales) only.'],
  auto_replies: [
    '发出的自动回复：首次来访、忙碌、离开、满员。',
    'Auto-replies sent: first contact, busy, away, over capacity.',
  ],
  abandoned: [
    '以顾客放弃结束的会话，无论是否已有人接待。',
    'Conversations ended as abandoned by the customer, answered or not.',
  ],
  conversion: [
    '这段时间里开始的会话中，带来订单的占比；同一会话只计一次。',
    'Of the conversations begun, those that led to an order; each counts once.',
  ],
  rating: [
    '收到的顾客评分（1–5 分）的平均；3 分及以下列在最差的情况里。',
    'The mean of the ratings received (1 to 5); those of 3 or less are among the worst cases.',
  ],

  orders_placed: ['这段时间里下的订单，未付款的也算。', 'Orders placed, paid or not.'],
  valid_orders: [
    '这段时间里生效、至今没有取消的订单：要先付款的从付款时生效，其余从下单时生效。',
    'Orders that became effective and have not been cancelled: those to be paid first when paid, others when placed.',
  ],
  handling_accuracy: [
    '（有效订单 − 报告了处理差错的订单）÷ 有效订单。',
    '(Valid orders − orders with a handling fault told) ÷ valid orders.',
  ],
  handling_timeliness: [
    '已有结果的送达承诺（县市乡镇各有天数）中，按时送达的占比。',
    'Of the delivery promises decided (days by city, county, township), those kept.',
  ],
  order_conversion: ['有效订单 ÷ 网站访问量。', 'Valid orders ÷ visits to the site.'],
  payment_conversion: ['有效订单 ÷ 下单量。', 'Valid orders ÷ orders placed.'],

  defect_rate: [
    '截至期末 30 天内报告的残次品 ÷ 同期有效订单的件数；没有明细的订单按一件计。',
    'Defects told within 30 days up to the end ÷ pieces of valid orders in the same time; an order without lines is one piece.',
  ],
  packaging_pass_rate: ['抽检的包装中合格的占比。', 'Of the packages sampled, those passed.'],

  delivery_same_city: [
    '这段时间里送达的同城订单，从下单到送达的平均时长。',
    'Of same-city orders delivered: the mean from placed to delivered.',
  ],
  delivery_other_city: [
    '这段时间里送达的外地订单，从下单到送达的平均时长。',
    'Of orders to other cities delivered: the mean from placed to delivered.',
  ],
  withdrawn_orders: ['这段时间里取消的订单。', 'Orders cancelled.'],
  withdrawn_rate: [
    '取消的订单 ÷ 同期下单量；取消的可能是更早下的单。',
    'Orders cancelled ÷ orders placed in the same time; those cancelled may be older.',
  ],
  waybill_mismatch_rate: [
    '报告了运单不符的订单 ÷ 同期录入运单的订单。',
    'Orders with a waybill mismatch told ÷ orders whose waybill was entered in the same time.',
  ],
  tracking_timeliness: [
    '已有结果的“录入运单”中，在时限内完成的占比。',
    'Of the tracking entries decided, those made in time.',
  ],
  waybill_stubs: ['抽检的底单存根中完整的占比。', 'Of the waybill stubs sampled, those complete.'],
  pickup_adherence: [
    '已到点的各班次：随该班次取走的订单 ÷ 应随该班次走的订单。',
    'Of the waves that have come: orders collected with their wave ÷ orders that belong to it.',
  ],

  refund_duration_p50: [
    '这段时间里到账的退款，从提出到到账，一半不长于它。',
    'Of refunds made, from asked to refunded: half took no longer.',
  ],
  refund_duration_p90: [
    '这段时间里到账的退款，从提出到到账，九成不长于它。',
    'Of refunds made, from asked to refunded: nine in ten took no longer.',
  ],

  out_of_stock_rate: [
    '各单品缺货的时长合计 ÷ 有库存记录的时长合计。',
    'The time SKUs were out of stock ÷ the time their stock was known, over all SKUs.',
  ],
  slow_moving_rate: [
    '有货且有 7 天以上记录的单品中，近 7 天没有售出的占比。',
    'Of SKUs on hand and known for 7 days, those not sold in the last 7.',
  ],
  stock_structure: [
    '各类目库存占比从期初到期末变动的合计的一半：0% 没有变，100% 全变了。',
    'Half the sum of how far each category’s share of stock moved from beginning to end: 0% not at all, 100% wholly.',
  ],
  reports_in_time: ['抽检的工作报表中按时提交的占比。', 'Of the work reports sampled, those handed in on time.'],

  complaints: ['这段时间里提出的投诉。', 'Complaints opened.'],
  complaint_rate: ['投诉 ÷ 同期有效订单。', 'Complaints ÷ valid orders in the same time.'],
  complaining_customers: [
    '提出投诉的不同顾客数；投诉没写顾客时按订单上的顾客。',
    'Different customers who complained; where a complaint names none, the customer of its order.',
  ],
  repeat_complainers: [
    '其中 30 天内投诉过不止一次的顾客数。',
    'Those of them who complained more than once within 30 days.',
  ],
  complaints_online: ['其中注明在线销售的投诉。', 'Complaints that tell of an online sale.'],
  complaints_reservation: ['其中注明预约销售的投诉。', 'Complaints that tell of a reservation.'],
  complaint_rate_online: [
    '在线销售投诉 ÷ 同期有效订单。',
    'Complaints of online sales ÷ valid orders in the same time.',
  ],
  complaint_rate_reservation: [
    '订单事件不分在线与预约，算不出来。',
    'Orders do not tell reservations apart, so it cannot be known.',
  ],

  payment_drops: ['平台采样报告的掉单数合计。', 'Dropped payments as the platform’s samples tell, summed.'],
  drop_rate: ['掉单 ÷ 同期有效订单。', 'Dropped payments ÷ valid orders in the same time.'],
  page_response: ['平台采样报告的界面响应时长的平均。', 'The mean of the page response times the platform sampled.'],
  login_success: [
    '（尝试登录次数 − 其中失败的）÷ 尝试登录次数。',
    '(Attempts to log in − those that failed) ÷ attempts.',
  ],
}
