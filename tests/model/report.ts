/** The figures of chapter 5 over a window, worked out from the events the slow and obvious way. Left out: unknown. */
import type { EventType, RecordedEvent } from '#core/events.ts'
import type { FigureId } from '#core/report/figures.ts'
import { decidedAt, stateAt } from './clock.ts'
import { dutyClocks } from './duties.ts'
import { type History, worldAt } from './history.ts'
import { byTime, Milestones } from './milestones.ts'
import { effectiveAt } from './orders.ts'
import { modelStock } from './reportStock.ts'
import { shippable } from './world.ts'

const DAY = 86_400_000

export type ModelFigures = Partial<Record<FigureId, number>>

export function modelFigures(history: History, at: number, from: number, to: number): ModelFigures {
  const world = worldAt(history, at)
  const within = (instant: number | undefined) => instant !== undefined && from <= instant && instant < to
  const all = <T extends EventType>(type: T) =>
    world.events.filter((event) => event.type === type) as RecordedEvent[] as RecordedEvent<T>[]
  const during = <T extends EventType>(type: T) => all(type).filter(({ time }) => within(time))
  const told = (...kinds: string[]) => world.events.some(({ type }) => kinds.includes(type.split('.')[0]!))
  const clocks = [...world.clocks, ...dutyClocks(world, history.calls)].filter(({ start }) => start <= at)

  const rate = (rule: string) => {
    const decided = clocks.filter((clock) => clock.rule === rule && within(decidedAt(clock, at)))
    return ratio(decided.filter((clock) => stateAt(clock, at) === 'met').length, decided.length)
  }
  const percentile = (rule: string, part: number) => {
    const took = clocks.filter((clock) => clock.rule === rule && within(clock.stop)).map(({ tookMs }) => tookMs!)
    return took.toSorted((a, b) => a - b)[Math.ceil(part * took.length) - 1]
  }

  const conversations = [...world.conversations.values()]
  const orders = [...world.orders].map(([id, { steps }]) => ({ id, steps }))
  const episodes = conversations.flatMap(({ id, episodes }) => episodes.map((episode) => ({ id, ...episode })))
  const begun = episodes.filter(({ start }) => within(start))
  const asked = new Set(begun.map(({ id }) => id))
  const led = [...asked].filter(
    (id) =>
      episodes.some((e) => e.id === id && e.outcome === 'ordered' && e.closedAt! >= from) ||
      orders.some(({ steps }) => {
        const placed = steps.first('order.placed')
        return placed !== undefined && placed >= from && steps.attribute('order.placed', 'conversation') === id
      }),
  )
  const typed = (queue?: string) => {
    const timed = during('message.sent').filter(
      ({ data, subject, time, seq }) =>
        data.auto === undefined &&
        data.chars !== undefined &&
        data.typingMs !== undefined &&
        (queue === undefined || queueAt(world.events, subject, time, seq) === queue),
    )
    const chars = timed.reduce((sum, { data }) => sum + data.chars!, 0)
    return scaled(
      ratio(
        chars,
        timed.reduce((sum, { data }) => sum + data.typingMs!, 0),
      ),
      60_000,
    )
  }
  const scores = during('conversation.rated').map(({ data }) => data.score)

  const placed = orders.filter(({ steps }) => within(steps.first('order.placed'))).length
  const isValid = (steps: Milestones) => steps.first('order.cancelled') === undefined
  const soldAt = (steps: Milestones) => (isValid(steps) ? effectiveAt(steps) : undefined)
  const valid = orders.filter(({ steps }) => within(soldAt(steps))).length
  const faulty = (kind: string) =>
    new Set(during('order.faulted').flatMap(({ data, subject }) => (data.kind === kind ? [subject] : []))).size
  const sum = (field: 'visits' | 'logins' | 'loginFailures' | 'paymentDrops' | 'responseMs') => {
    const values = during('platform.sampled').flatMap(({ data }) => data[field] ?? [])
    return values.length === 0 ? undefined : total(values)
  }
  const audited = (kind: string) => {
    const audits = during('audit.recorded').filter(({ data }) => data.kind === kind)
    return ratio(total(audits.map(({ data }) => data.passed)), total(audits.map(({ data }) => data.checked)))
  }

  const month = (instant: number | undefined) => instant !== undefined && instant >= to - 30 * DAY && instant < to
  const pieces = orders
    .filter(({ steps }) => month(soldAt(steps)))
    .map(({ steps }) => {
      const lines = steps.attribute('order.placed', 'lines')
      return lines === undefined ? 1 : total(lines.map(({ qty }) => qty))
    })
  const defects = all('order.faulted').filter(({ data, time }) => data.kind === 'defect' && month(time)).length
  const delivery = (to: string) =>
    average(
      orders.flatMap(({ steps }) => {
        const [start, end] = [steps.first('order.placed'), steps.first('order.delivered')]
        const isThere = steps.attribute('order.placed', 'destination') === to
        return isThere && within(end) && start !== undefined && start <= end! ? [end! - start] : []
      }),
    )
  const withdrawn = orders.filter(({ steps }) => within(steps.first('order.cancelled'))).length
  const tracked = orders.filter(({ steps }) => within(steps.first('order.tracked'))).length
  const gone = shippable(world).filter(({ wave }) => within(wave.instant) && wave.instant < at)
  const onTime = gone.filter(
    ({ steps, wave, graceMs }) => (steps.first('order.collected') ?? Infinity) <= wave.instant + graceMs,
  )
  const refunds = [...Map.groupBy(world.events, ({ type, subject }) => `${type.split('.')[0]} ${subject}`)]
    .flatMap(([key, events]) => {
      const steps = new Milestones(events)
      const first = (type: string) => steps.first(type as EventType)
      const isOrder = key.startsWith('order ')
      const paidBack = first(isOrder ? 'order.refunded' : 'return.refunded')
      const askedFor = isOrder
        ? (first('order.cancel_requested') ?? first('order.refund_notified'))
        : (first('return.requested') ?? first('return.refund_notified'))
      return within(paidBack) && askedFor !== undefined && askedFor <= paidBack! ? [paidBack! - askedFor] : []
    })
    .sort((a, b) => a - b)

  const complaints = [...Map.groupBy(all('complaint.opened'), ({ subject }) => subject).values()].map(
    (opened) => opened.toSorted(byTime)[0]!,
  )
  const who = ({ data }: RecordedEvent<'complaint.opened'>) =>
    data.customer ?? world.orders.get(data.order ?? '')?.steps.attribute('order.placed', 'customer')
  const opened = complaints.filter(({ time }) => within(time))
  const whose = opened.map(who).filter((customer) => customer !== undefined)
  const repeated = whose.filter((customer) => complaints.filter((c) => month(c.time) && who(c) === customer).length > 1)
  const complained = told('complaint')
  const ofSale = (sale: string) =>
    !complained || (opened.length > 0 && opened.every(({ data }) => data.sale === undefined))
      ? undefined
      : opened.filter(({ data }) => data.sale === sale).length
  const namesKnown = complained && (opened.length === 0 || whose.length > 0)
  const chatted = told('conversation', 'message')
  const ordered = told('order')
  const drops = sum('paymentDrops')
  const online = ofSale('online')

  return known({
    conversations: chatted ? begun.length : undefined,
    first_response_rate: rate('first_response'),
    first_response_p50: percentile('first_response', 0.5),
    first_response_p90: percentile('first_response', 0.9),
    reply_wait_rate: rate('reply_wait'),
    reply_wait_p50: percentile('reply_wait', 0.5),
    reply_wait_p90: percentile('reply_wait', 0.9),
    typing_speed: typed(),
    typing_speed_presales: typed('presales'),
    auto_replies: chatted ? during('message.sent').filter(({ data }) => data.auto !== undefined).length : undefined,
    abandoned: chatted ? episodes.filter((e) => e.outcome === 'abandoned' && within(e.closedAt)).length : undefined,
    conversion: ratio(led.length, asked.size),
    rating: average(scores),

    orders_placed: ordered ? placed : undefined,
    valid_orders: ordered ? valid : undefined,
    handling_accuracy: ratio(Math.max(0, valid - faulty('handling')), valid),
    handling_timeliness: rate('delivery_promise'),
    order_conversion: ratio(valid, sum('visits') ?? 0),
    payment_conversion: ratio(valid, placed),

    defect_rate: ratio(defects, total(pieces)),
    packaging_pass_rate: audited('packaging'),

    delivery_same_city: delivery('same_city'),
    delivery_other_city: delivery('other_city'),
    withdrawn_orders: ordered ? withdrawn : undefined,
    withdrawn_rate: ratio(withdrawn, placed),
    waybill_mismatch_rate: ratio(faulty('waybill'), tracked),
    tracking_timeliness: rate('tracking_entry'),
    waybill_stubs: audited('waybill_stub'),
    pickup_adherence: ratio(onTime.length, gone.length),

    refund_duration_p50: refunds[Math.ceil(0.5 * refunds.length) - 1],
    refund_duration_p90: refunds[Math.ceil(0.9 * refunds.length) - 1],

    ...modelStock(world, { from, to, until: Math.min(to, Math.max(from, at)) }),
    reports_in_time: audited('report'),

    complaints: complained ? opened.length : undefined,
    complaint_rate: complained ? ratio(opened.length, valid) : undefined,
    complaining_customers: namesKnown ? new Set(whose).size : undefined,
    repeat_complainers: namesKnown ? new Set(repeated).size : undefined,
    complaints_online: online,
    complaints_reservation: ofSale('reservation'),
    complaint_rate_online: online === undefined ? undefined : ratio(online, valid),

    payment_drops: drops,
    drop_rate: drops === undefined ? undefined : ratio(drops, valid),
    page_response: average(during('platform.sampled').flatMap(({ data }) => data.responseMs ?? [])),
    login_success: ratio(Math.max(0, (sum('logins') ?? 0) - (sum('loginFailures') ?? 0)), sum('logins') ?? 0),
  })
}

/** In which queue a conversation was when an event of it took effect. */
function queueAt(events: RecordedEvent[], subject: string, time: number, seq: number): string | undefined {
  const before = events
    .filter((event) => event.subject === subject && /^(conversation|message)\./.test(event.type))
    .toSorted(byTime)
    .filter((event) => event.time < time || (event.time === time && event.seq <= seq))
  let queue: string | undefined
  let state: 'new' | 'open' | 'closed' = 'new'
  for (const { type, data } of before) {
    if (type === 'conversation.opened') queue = data.queue
    if (type === 'conversation.moved' && state !== 'closed') queue = data.queue
    if (type === 'conversation.opened' || type === 'message.received') state = 'open'
    if (type === 'conversation.closed' && state === 'open') state = 'closed'
  }
  return queue
}

function known(figures: Partial<Record<FigureId, number | undefined>>): ModelFigures {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined)) as ModelFigures
}

const total = (values: number[]): number => values.reduce((a, b) => a + b, 0)
const ratio = (part: number, whole: number) => (whole === 0 ? undefined : part / whole)
const scaled = (value: number | undefined, by: number) => (value === undefined ? undefined : value * by)
const average = (values: number[]) => ratio(total(values), values.length)
