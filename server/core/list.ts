/**
 * The list behind a figure: exactly what the figure counts, so that any number on a screen can be opened. A figure is
 * named by its path in the view, its segments encoded as in a URL and joined by `/`: `queues/presales/waiting`.
 */
import { iso } from './iso.ts'
import { ofAgent, ofConversations, ofQueue, ofStanding } from './lists/people.ts'
import { ofResponse, ofRule, ofRules } from './lists/rules.ts'
import { ofAlerts, ofSources, ofStock, ofWave } from './lists/things.ts'
import type { Row } from './row.ts'
import type { Floor } from './state.ts'

export type { Row, RowKind, RowState, SubjectKind } from './row.ts'

export interface List {
  figure: string
  seq: number
  at: string
  /** Of all rows, shown or not: the figure itself. */
  count: number
  /**
   * The worst first: earliest due, longest waiting; what was in time after the rest, and of conversations last those in
   * which nobody waits. At most 500.
   */
  rows: Row[]
}

const MAX_ROWS = 500

/** @returns undefined when there is no such figure */
export function listBehind(floor: Floor, figure: string): List | undefined {
  const rows = rowsBehind(floor, figure.split('/').map(decoded))
  if (rows === undefined) return undefined
  const worst = [...rows].sort(byUrgency)
  return { figure, seq: floor.seq, at: iso(floor.now), count: worst.length, rows: worst.slice(0, MAX_ROWS) }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function byUrgency(a: Row, b: Row): number {
  return (
    inTime(a) - inTime(b) ||
    atRest(a) - atRest(b) ||
    compare(a.dueAt ?? a.since, b.dueAt ?? b.since) ||
    compare(a.subject, b.subject)
  )
}

const inTime = ({ state }: Row) => Number(state === 'met')

/** Since when a conversation goes on is no reason to see to it before one that waits. */
const atRest = ({ kind, waits }: Row) => Number(kind === 'conversation' && waits !== true)

/** Undefined comes last. */
function compare(a: string | undefined, b: string | undefined): number {
  return a === b ? 0 : a === undefined ? 1 : b === undefined ? -1 : a < b ? -1 : 1
}

function rowsBehind(floor: Floor, [kind, id = '', what = '', score = '']: string[]): Iterable<Row> | undefined {
  switch (kind) {
    case 'queues':
      return ofQueue(floor, id, what, score)
    case 'conversations':
      return ofConversations(floor, id)
    case 'agents':
      return ofAgent(floor, id, what, score)
    case 'response':
      return ofResponse(floor, id, what, score)
    case 'clocks':
      return ofRule(floor, id, what)
    case 'rules':
      return ofRules(floor, id)
    case 'status':
      return ofStanding(floor, id)
    case 'stock':
      return ofStock(floor, id)
    case 'pickups':
      return ofWave(floor, id, what)
    case 'alerts':
    case 'alertCounts':
      return ofAlerts(floor, id, what)
    case 'sources':
      return ofSources(floor, id)
    default:
      return undefined
  }
}
