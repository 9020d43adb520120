import { RULES } from '#core/handbook.ts'
import type { Random } from '#core/random.ts'
import type { AlertView, ClockCounts, View } from '#core/view.ts'
import { ago, MINUTE } from './instant.ts'
import type { Mood, Trouble } from './mood.ts'

const CLOCKS = new Set(RULES.map((rule) => rule.id))

/** Every clock of the handbook, with the troubles of the mood in it. */
export function clocks(random: Random, mood: Mood): View['clocks'] {
  const troubled = new Map(mood.troubles.map((trouble) => [trouble.rule, trouble]))
  return Object.fromEntries(
    [...CLOCKS].map((rule) => {
      const { overdue = 0, atRisk = 0 } = troubled.get(rule) ?? {}
      const counts: ClockCounts = {
        open: atRisk + (random.chance(0.6) ? random.integer(0, 14) : 0),
        atRisk,
        overdue,
        metToday: random.integer(20, 160),
        breachedToday: overdue + random.integer(0, 2),
      }
      return [rule, counts]
    }),
  )
}

/** The alerts of the troubles, at most the 200 that a view holds, and their counts. */
export function alerts(
  random: Random,
  mood: Mood,
  view: Pick<View, 'agents' | 'stock'>,
): Pick<View, 'alerts' | 'alertCounts'> {
  const all = mood.troubles.flatMap((trouble) => [
    ...Array.from({ length: trouble.overdue }, (_, i) => alert(random, mood, view, trouble, 'breach', i)),
    ...Array.from({ length: trouble.atRisk }, (_, i) => alert(random, mood, view, trouble, 'warn', i)),
  ])
  return {
    alerts: Object.fromEntries(all.slice(0, 200).map((one, i) => [`alert-${i}`, one])),
    alertCounts: Object.fromEntries(
      mood.troubles.map(({ rule, overdue, atRisk }) => [rule, { breach: overdue, warn: atRisk }]),
    ),
  }
}

function alert(
  random: Random,
  mood: Mood,
  { agents, stock }: Pick<View, 'agents' | 'stock'>,
  { rule, worstMs, by }: Trouble,
  level: 'warn' | 'breach',
  i: number,
): AlertView {
  const lateMs = level === 'breach' ? Math.round(worstMs * 0.8 ** i) : Math.min(worstMs, -20_000) - i * MINUTE
  const chat = ['first_response', 'reply_wait', 'auto_reply'].includes(rule)
  const ofAgent = ['over_capacity', 'away_too_long'].includes(rule)
  const ofSku = ['stock_out', 'supplier_contact', 'shortage_announce'].includes(rule)
  const one: AlertView = {
    rule,
    subject: ofAgent
      ? random.pick(Object.keys(agents))
      : ofSku
        ? (Object.keys(stock)[i] ?? 'SKU-9')
        : rule === 'queue_depth' || rule === 'no_agent'
          ? (mood.queues[0] ?? 'presales')
          : `SO20261124-${String(random.integer(1, 9999)).padStart(4, '0')}`,
    level,
    state: by === undefined ? 'open' : 'acknowledged',
    since: ago(Math.max(lateMs, 5_000)),
  }
  if (CLOCKS.has(rule)) one.dueAt = ago(lateMs)
  if (by !== undefined) one.acknowledgedBy = by
  if (chat) one.queue = mood.queues[i % mood.queues.length] ?? 'presales'
  if (chat && i > 0) one.agent = `a${i % Math.max(1, mood.agents)}`
  return one
}
