/**
 * A SKU is the list of its changes in order of time: its state and both of its clocks (handbook 3.3) follow from it.
 * A change that comes late has the list stepped through again.
 */
import { retell } from './clockAlerts.ts'
import { arm, type Clock, isRunning, refresh, remove } from './clocks.ts'
import type { RecordedEvent } from './events.ts'
import { RULES } from './handbook.ts'
import type { Floor } from './state.ts'

export const SUPPLIER_CONTACT = RULES.findIndex((rule) => rule.id === 'supplier_contact')
const SHORTAGE_ANNOUNCE = RULES.findIndex((rule) => rule.id === 'shortage_announce')

export type StockState = 'ok' | 'low' | 'out'

type Change =
  | { time: number; kind: 'contacted' | 'announced' }
  | {
      time: number
      kind: 'changed'
      onHand: number
      low?: number | undefined
      hot?: boolean | undefined
      name?: string | undefined
      category?: string | undefined
    }

export interface Sku {
  id: string
  changes: Change[]
  known: boolean
  name: string | undefined
  category: string | undefined
  onHand: number
  low: number | undefined
  hot: boolean
  state: StockState
  /** Since when it has been in that state. */
  since: number
  clocks: Clock[]
}

type StockEvent = RecordedEvent<Extract<RecordedEvent['type'], `stock.${string}`>>

/** Folds one event of a SKU. */
export function applyStock(floor: Floor, event: StockEvent): void {
  const sku = skuOf(floor, event.subject)
  const change = changeOf(event)
  const last = sku.changes.at(-1)
  const { time } = change
  if (last === undefined || time >= last.time) {
    const ended = sku.clocks.filter(({ stop, end }) => stop === undefined && end === time)
    const running = sku.clocks.filter(isRunning)
    const armed = sku.clocks.length
    sku.changes.push(change)
    step(floor, sku, change)
    for (const clock of [...running, ...ended, ...sku.clocks.slice(armed)]) refresh(floor, clock)
    for (const clock of ended) retell(floor, clock)
  } else insertLate(floor, sku, change)
  floor.conditions.mark('stock_out', sku.id)
}

export function skuOf(floor: Floor, id: string): Sku {
  let sku = floor.skus.get(id)
  if (sku === undefined) {
    sku = blank(id)
    floor.skus.set(id, sku)
  }
  return sku
}

/**
 * Lets go of changes before `before` and of the clocks that were over by then; one change says where things stood. What
 * began with a clock that runs, or was over later, stays with it: a late change has it begin again.
 */
export function forgetChanges(sku: Sku, before: number): void {
  let from = before
  for (const clock of sku.clocks) if (isRunning(clock) || overAt(clock) >= before) from = Math.min(from, clock.start)
  const stays = sku.changes.findIndex(({ time }) => time >= from)
  const gone = stays === -1 ? sku.changes.length : stays
  if (gone < 2) return
  const stood = blank(sku.id)
  for (const change of sku.changes.slice(0, gone)) if (change.kind === 'changed') tell(stood, change)
  const { since, onHand, low, hot, name, category } = stood
  const left: Change[] = stood.known ? [{ time: since, kind: 'changed', onHand, low, hot, name, category }] : []
  sku.changes = [...left, ...sku.changes.slice(gone)]
  sku.clocks = sku.clocks.filter(({ start }) => start >= from)
}

/** Since when nothing about a clock has changed. */
const overAt = ({ outcome, outcomeAt, stop = outcomeAt, end = outcomeAt }: Clock): number =>
  Math.max(outcome === 'none' ? Number.NEGATIVE_INFINITY : outcomeAt, stop, end)

/** What each change left, in order of time. */
export function levelsOf({ changes }: Sku): { time: number; onHand: number; state: StockState }[] {
  let low: number | undefined
  return changes.flatMap((change) => {
    if (change.kind !== 'changed') return []
    low = change.low ?? low
    return [{ time: change.time, onHand: change.onHand, state: stateOf(change.onHand, low) }]
  })
}

const stateOf = (onHand: number, low: number | undefined): StockState =>
  onHand <= 0 ? 'out' : low !== undefined && onHand <= low ? 'low' : 'ok'

function changeOf(event: StockEvent): Change {
  const { time } = event
  if (event.type === 'stock.supplier_contacted') return { time, kind: 'contacted' }
  if (event.type === 'stock.shortage_announced') return { time, kind: 'announced' }
  const { onHand, low, hot, name, category } = event.data
  return { time, kind: 'changed', onHand, low, hot, name, category }
}

function blank(id: string): Sku {
  return {
    id,
    changes: [],
    known: false,
    name: undefined,
    category: undefined,
    onHand: 0,
    low: undefined,
    hot: false,
    state: 'ok',
    since: 0,
    clocks: [],
  }
}

function step(floor: Floor, sku: Sku, change: Change): void {
  const { time } = change
  if (change.kind !== 'changed') {
    stop(sku, change.kind === 'contacted' ? SUPPLIER_CONTACT : SHORTAGE_ANNOUNCE, time)
    return
  }
  const { state: was, hot: wasHot, known } = sku
  tell(sku, change)
  if (sku.state === 'ok') endAll(sku, time)
  // A SKU first heard of takes its state without arming anything.
  if (!known) return
  if (was === 'ok' && sku.state !== 'ok') start(floor, sku, SUPPLIER_CONTACT, time)
  const out = sku.state === 'out'
  if (out && sku.hot && (was !== 'out' || !wasHot)) start(floor, sku, SHORTAGE_ANNOUNCE, time)
}

/** What a change says of the SKU. */
function tell(sku: Sku, { time, onHand, low, hot, name, category }: Change & { kind: 'changed' }): void {
  const { state: was, known } = sku
  sku.known = true
  sku.onHand = onHand
  sku.low = low ?? sku.low
  sku.hot = hot ?? sku.hot
  sku.name = name ?? sku.name
  sku.category = category ?? sku.category
  sku.state = stateOf(sku.onHand, sku.low)
  if (!known || sku.state !== was) sku.since = time
}

function start(floor: Floor, sku: Sku, rule: number, time: number): void {
  if (sku.clocks.some((clock) => clock.rule === rule && isRunning(clock))) return
  const clock = arm(floor, rule, sku.id, time, true)
  if (clock !== undefined) sku.clocks.push(clock)
}

function stop(sku: Sku, rule: number, time: number): void {
  for (const clock of sku.clocks) {
    if (clock.rule !== rule || clock.stop !== undefined) continue
    // A stop beats an end at the same instant.
    if (clock.end === undefined || clock.end === time) clock.stop = time
  }
}

function endAll(sku: Sku, time: number): void {
  for (const clock of sku.clocks) if (isRunning(clock)) clock.end = time
}

function insertLate(floor: Floor, sku: Sku, change: Change): void {
  const { changes } = sku
  let i = changes.length
  while (i > 0 && (changes[i - 1]?.time ?? 0) > change.time) i--
  changes.splice(i, 0, change)
  const again = blank(sku.id)
  for (const each of changes) step(floor, again, each)
  const left = new Set(sku.clocks)
  /** Decided before, and now otherwise. */
  const otherwise: Clock[] = []
  again.clocks = again.clocks.map((clock) => {
    const before = [...left].find((other) => other.rule === clock.rule && other.start === clock.start)
    if (before === undefined) return clock
    left.delete(before)
    if (!isRunning(before) && (before.stop !== clock.stop || before.end !== clock.end)) otherwise.push(before)
    return Object.assign(before, { stop: clock.stop, end: clock.end })
  })
  again.changes = changes
  Object.assign(sku, again)
  for (const clock of left) remove(floor, clock)
  for (const clock of again.clocks) refresh(floor, clock)
  for (const clock of otherwise) retell(floor, clock)
}
