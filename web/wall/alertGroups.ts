import { CONDITIONS } from '#core/conditionTable.ts'
import type { AlertView, View } from '#core/view.ts'
import { compareTexts } from './compareTexts.ts'

type Counts = Record<AlertView['level'], number>

/** All unresolved alerts of one rule. `worst` is what to look at first; left out when it is not among the alerts the view lists. */
export interface AlertGroup {
  rule: string
  breach: number
  warn: number
  /** Those of them that nobody has in hand. Alerts beyond those the view lists count as such. */
  open: Counts
  level: 'warn' | 'breach'
  worst?: AlertView
  /** Somebody has every listed alert of it in hand, or it was put off. */
  taken: boolean
}

/** How soon somebody has to act: at once where customers wait in a chat, next for the other conditions. Everything else is a desk's work and can wait. */
const PRESSING = new Map<string, number>([
  ...Object.keys(CONDITIONS).map((condition) => [condition, 1] as const),
  ...['first_response', 'reply_wait', 'auto_reply', 'queue_depth', 'no_agent'].map((rule) => [rule, 2] as const),
])
const pressing = (rule: string) => PRESSING.get(rule) ?? 0

/**
 * The alerts merged by rule, the worst first: what nobody has taken before what somebody has, breaches before warnings,
 * what cannot wait before what is a desk's, then the earliest due.
 */
export function groupAlerts(view: Pick<View, 'alerts' | 'alertCounts'>): AlertGroup[] {
  const worst = new Map<string, AlertView>()
  const inHand = new Map<string, Counts>()
  for (const alert of Object.values(view.alerts)) {
    if (isTaken(alert)) {
      const counts = inHand.get(alert.rule) ?? { breach: 0, warn: 0 }
      counts[alert.level]++
      inHand.set(alert.rule, counts)
    }
    const known = worst.get(alert.rule)
    if (known === undefined || compareAlerts(alert, known) < 0) worst.set(alert.rule, alert)
  }
  return Object.entries(view.alertCounts)
    .filter(([, count]) => count.breach + count.warn > 0)
    .map(([rule, count]) => group(rule, count, inHand.get(rule), worst.get(rule)))
    .sort(compareGroups)
}

/** The instant an alert counts from or to: when it falls or fell due, or since when its condition holds. */
function pressingAt(alert: AlertView): string {
  return alert.dueAt ?? alert.since
}

function group(rule: string, all: Counts, inHand: Counts | undefined, worst: AlertView | undefined): AlertGroup {
  const { breach, warn } = all
  const level = worst?.level ?? (breach > 0 ? 'breach' : 'warn')
  // The list and the counts are of one view; should they ever differ, nothing is counted below none.
  const open = {
    breach: Math.max(0, breach - (inHand?.breach ?? 0)),
    warn: Math.max(0, warn - (inHand?.warn ?? 0)),
  }
  return { rule, breach, warn, open, level, taken: worst !== undefined && isTaken(worst), ...(worst && { worst }) }
}

const isTaken = (alert: AlertView) => alert.state !== 'open'

function compareAlerts(a: AlertView, b: AlertView): number {
  return (
    Number(isTaken(a)) - Number(isTaken(b)) ||
    compareLevels(a.level, b.level) ||
    compareTexts(pressingAt(a), pressingAt(b)) ||
    compareTexts(a.subject, b.subject)
  )
}

function compareGroups(a: AlertGroup, b: AlertGroup): number {
  return (
    Number(a.taken) - Number(b.taken) ||
    compareLevels(a.level, b.level) ||
    pressing(b.rule) - pressing(a.rule) ||
    compareTexts(a.worst ? pressingAt(a.worst) : LAST, b.worst ? pressingAt(b.worst) : LAST) ||
    compareTexts(a.rule, b.rule)
  )
}

/** Sorts after every instant. */
const LAST = '~'

const compareLevels = (a: AlertView['level'], b: AlertView['level']) => Number(b === 'breach') - Number(a === 'breach')
