import type { View } from '#core/view.ts'

/** What falls due next if nobody acts. */
export interface NextDue {
  rule: string
  /** Epoch ms; undefined when the view tells that some are about to, but not when. */
  at: number | undefined
  /** How many of that rule are past their warning point. */
  atRisk: number
}

/** A chat clock has passed its warning point when so much of its target is left. */
const CHAT_WARNS_AT = 1 / 3

/** The earliest due instant after `now` (epoch ms) of all that the view tells of; undefined when it tells of none. */
export function nextDue(view: View, now: number): NextDue | undefined {
  let next: Due | undefined
  for (const one of [...warnings(view), ...chats(view, now), ...shelves(view), ...nextWave(view)])
    if (one.at > now && (next === undefined || one.at < next.at)) next = one
  if (next === undefined) return undefined
  const { rule, at, isLatest } = next
  return { rule, at: isLatest ? undefined : at, atRisk: view.clocks[rule]?.atRisk ?? 0 }
}

/** `isLatest`: it may be earlier. */
type Due = { rule: string; at: number; isLatest?: boolean }

function* warnings({ alerts }: View): Iterable<Due> {
  for (const { rule, level, dueAt } of Object.values(alerts))
    if (level === 'warn' && dueAt !== undefined) yield { rule, at: Date.parse(dueAt) }
}

/**
 * Chat clocks do not warn: those that are at risk are the ones that have waited longest. Behind one that is overdue the
 * view does not tell since when they have.
 */
function* chats({ queues, agents, response, clocks }: View, now: number): Iterable<Due> {
  function* ofRule(rule: string, since: (string | undefined)[], targetMs: number): Iterable<Due> {
    if (!clocks[rule]?.atRisk) return
    const dues = since.map((instant) => (instant === undefined ? 0 : Date.parse(instant) + targetMs))
    const near = dues.filter((at) => at > now && at - now <= targetMs * CHAT_WARNS_AT)
    for (const at of near) yield { rule, at }
    if (near.length === 0) yield { rule, at: now + targetMs, isLatest: true }
  }
  const waits = Object.values(queues).map((queue) => queue.oldestWaitingSince)
  yield* ofRule('first_response', waits, response.first.targetMs)
  const owed = Object.values(agents).map((agent) => agent.oldestUnansweredSince)
  yield* ofRule('reply_wait', owed, response.reply.targetMs)
}

function* shelves({ stock }: View): Iterable<Due> {
  for (const { supplierDueAt, announceDueAt } of Object.values(stock)) {
    if (supplierDueAt !== undefined) yield { rule: 'supplier_contact', at: Date.parse(supplierDueAt) }
    if (announceDueAt !== undefined) yield { rule: 'shortage_announce', at: Date.parse(announceDueAt) }
  }
}

function* nextWave({ pickups }: View): Iterable<Due> {
  for (const { at, state, orders, collected } of Object.values(pickups))
    if (state === 'upcoming' && orders > collected) yield { rule: 'pickup', at: Date.parse(at) }
}
