/** A figure as it was measured: its value and what it is made of, or why it cannot be known. */
import { iso } from '../iso.ts'
import type { SubjectKind } from '../row.ts'
import { type FigureId, figureText, type Ideal, type ReportDesk, type Unit } from './figures.ts'

/** Why a figure cannot be known from the events. The screen has words for each in both languages. */
export type Unknown =
  /** No source has ever told of any. */
  | 'no_conversations_reported'
  | 'no_orders_reported'
  | 'no_complaints_reported'
  /** There was nothing of which it could be a part. */
  | 'none_decided'
  | 'none_answered'
  | 'no_conversations'
  | 'no_orders'
  | 'no_valid_orders'
  | 'none_sold'
  | 'none_tracked'
  | 'none_delivered'
  | 'no_waves'
  | 'no_refunds'
  | 'no_ratings'
  /** Its source tells orders, chats or samples, but not this of them. */
  | 'no_typing_times'
  | 'no_visits'
  | 'no_customers_named'
  | 'no_sale_kind'
  | 'orders_tell_no_sale_kind'
  | 'no_order_lines'
  | 'no_audits'
  | 'no_samples'
  | 'no_stock'
  | 'no_categories'
  /** It takes longer to tell than the shop is known. */
  | 'history_too_short'

/** Something that makes a figure worse, to be opened at its instant. Instants are RFC 3339 UTC with milliseconds. */
export interface Case {
  kind: SubjectKind
  subject: string
  name?: string
  rule?: string
  at: string
  /** By the wall clock. */
  lateMs?: number
  tookMs?: number
  score?: number
  /** Of a wave: orders it left behind. */
  left?: number
  agent?: string
  queue?: string
}

interface Known {
  value: number
  numerator?: number
  denominator?: number
  cases?: Case[]
  /** Where it is another than the table's. */
  ideal?: Ideal
}

export type Measure = Known | { why: Unknown }

export interface Figure {
  id: FigureId
  section: string
  desk: ReportDesk
  unit: Unit
  value?: number
  numerator?: number
  denominator?: number
  ideal?: Ideal
  /** It lies outside its ideal range. */
  outside?: true
  why?: Unknown
  /** The worst first. */
  cases?: Case[]
}

const MAX_CASES = 10

export function figureOf(id: FigureId, measure: Measure): Figure {
  const { section, desk, unit, ideal: usual } = figureText(id)
  const figure: Figure = { id, section, desk, unit }
  if ('why' in measure) return { ...figure, ...(usual && { ideal: usual }), why: measure.why }
  const { cases = [], ideal = usual, ...rest } = measure
  Object.assign(figure, rest)
  if (ideal !== undefined) figure.ideal = ideal
  if (isOutside(measure.value, ideal)) figure.outside = true
  if (cases.length > 0) figure.cases = cases.slice(0, MAX_CASES)
  return figure
}

function isOutside(value: number, ideal: Ideal | undefined): boolean {
  return value < (ideal?.atLeast ?? Number.NEGATIVE_INFINITY) || value > (ideal?.atMost ?? Number.POSITIVE_INFINITY)
}

/** A share of `of`; `why` where that is nothing. */
export function share(numerator: number, denominator: number, why: Unknown, cases?: Case[]): Measure {
  if (denominator === 0) return { why }
  return { value: numerator / denominator, numerator, denominator, ...(cases && { cases }) }
}

/** How many; `why` where no source ever told of any. */
export function count(things: number, reported: boolean, why: Unknown, cases?: Case[]): Measure {
  return reported ? { value: things, ...(cases && { cases }) } : { why }
}

/** Nearest rank, exact. @param sorted ascending, at least one */
export function rank(sorted: readonly number[], part: number): number {
  return sorted[Math.ceil(part * sorted.length) - 1] as number
}

/** The value at a rank of values in any order. */
export function ranked(values: readonly number[], part: number, why: Unknown, cases?: Case[]): Measure {
  if (values.length === 0) return { why }
  const value = rank(
    values.toSorted((a, b) => a - b),
    part,
  )
  return { value, denominator: values.length, ...(cases && { cases }) }
}

export function mean(values: readonly number[], why: Unknown, cases?: Case[]): Measure {
  if (values.length === 0) return { why }
  const sum = values.reduce((a, b) => a + b, 0)
  return { value: sum / values.length, denominator: values.length, ...(cases && { cases }) }
}

/** A case with what is known of it. */
export function caseOf(
  kind: SubjectKind,
  subject: string,
  at: number,
  more: { [K in keyof Case]?: Case[K] | undefined } = {},
): Case {
  const known = Object.entries(more).filter(([, value]) => value !== undefined)
  return { kind, subject, at: iso(at), ...Object.fromEntries(known) }
}
