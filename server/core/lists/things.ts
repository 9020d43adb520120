/** The lists behind the figures of waves, SKUs, alerts and sources. */
import { kindOf } from '../alertKind.ts'
import type { Alert } from '../alerts.ts'
import { ruleOf } from '../clocks.ts'
import { CONDITIONS } from '../conditionTable.ts'
import { RULES } from '../handbook.ts'
import { iso } from '../iso.ts'
import { alertRow, clockRow, type Row, row, skuRow } from '../row.ts'
import type { Floor } from '../state.ts'
import type { Subject } from '../subjects.ts'

/** Those that are `out` or `low`. */
export function ofStock(floor: Floor, id: string): Iterable<Row> | undefined {
  if (id !== 'out' && id !== 'low') return undefined
  return [...floor.skus.values()].filter(({ state }) => state === id).map(skuRow)
}

export function ofWave(floor: Floor, id: string, what: string): Iterable<Row> | undefined {
  const wanted = WAVE_FIGURES[what]
  const { graceMs } = floor.book.pickups
  if (wanted === undefined) return undefined
  const rows: Row[] = []
  for (const order of floor.subjects.order.values()) {
    if (order.wave?.id !== id || !wanted(order.wave)) continue
    const pickup = order.clocks.find((clock) => ruleOf(clock).id === 'pickup')
    const since = order.facts.kind === 'order' ? (order.facts.placed ?? order.facts.paid) : undefined
    rows.push(
      row('order', order.id, {
        ...(pickup && clockRow(floor, pickup)),
        since: since === undefined ? undefined : iso(since),
        dueAt: iso(pickup?.due ?? (floor.pickups.waves.get(id)?.at ?? 0) + graceMs),
      }),
    )
  }
  return rows
}

type InWave = NonNullable<Subject['wave']>
const WAVE_FIGURES: Record<string, (order: InWave) => boolean> = {
  orders: () => true,
  packed: ({ packed }) => packed,
  tracked: ({ tracked }) => tracked,
  collected: ({ collected }) => collected,
  onTime: ({ onTime }) => onTime,
  untracked: ({ tracked }) => !tracked,
  uncollected: ({ collected }) => !collected,
}

/** Of a rule, or of `all`: those of a level, those nobody has in hand (`open`), or all of them. */
export function ofAlerts(floor: Floor, rule: string, which: string): Iterable<Row> | undefined {
  const isWanted = ALERT_FIGURES[which]
  const isKnown = rule === 'all' || rule in CONDITIONS || RULES.some(({ id }) => id === rule)
  if (isWanted === undefined || !isKnown) return undefined
  const wanted = [...floor.alerts.all()].filter((alert) => (rule === 'all' || alert.rule === rule) && isWanted(alert))
  return wanted.map((alert) => alertRow(alert, kindOf(alert), RULES.find(({ id }) => id === alert.rule)?.section))
}

const ALERT_FIGURES: Record<string, (alert: Alert) => boolean> = {
  '': () => true,
  warn: ({ level }) => level === 'warn',
  breach: ({ level }) => level === 'breach',
  open: ({ state }) => state === 'open',
}

export function ofSources(floor: Floor, which: string): Iterable<Row> | undefined {
  if (which !== 'all' && which !== 'silent') return undefined
  const sources = [...floor.sources].filter(
    ([id]) => which === 'all' || floor.conditions.isRinging('source_silent', id),
  )
  return sources.map(([id, { lastAt }]) => row('source', id, { since: iso(lastAt) }))
}
