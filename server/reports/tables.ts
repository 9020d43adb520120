/** The tables of a report as rows of cells: the figures, and each of what they are broken down by. */
import type { ReportAnswer } from '#core/report/answer.ts'
import { DESK_NAMES, FIGURE_NAMES } from '#core/report/names.ts'
import type { Report } from '#core/report/report.ts'
import type { Cell } from './csv.ts'

const responses = (of: string) => ['count', 'met', 'rate', 'p50Ms', 'p90Ms'].map((field) => `${of}.${field}`)

/** The columns of each table by the fields of its lines, the same whatever happened; what is inside a field has columns of its own. */
const COLUMNS = {
  steps: ['at', 'conversations', 'abandoned', 'first.count', 'first.met', 'breached', 'orders'],
  rules: ['rule', 'section', 'desk', 'met', 'breached', 'rate'],
  queues: ['queue', 'conversations', 'abandoned', ...responses('first'), ...responses('reply'), 'typing'],
  agents: [
    ...['agent', 'name', 'messages', ...responses('first'), ...responses('reply')],
    ...['typing', 'rating', 'ratings', 'autoReplies'],
  ],
  triggers: ['trigger', 'count'],
  waves: ['wave', 'at', 'orders', 'packed', 'tracked', 'collected', 'onTime'],
  skus: ['sku', 'name', 'category', 'sold', 'onHand', 'outMs', 'knownMs', 'outShare', 'slow', 'outAt'],
  categories: ['category', 'skus', 'sold', 'onHand', 'share', 'shareBefore', 'outShare'],
} satisfies Partial<Record<keyof Report, string[]>>

export const TABLES = ['figures', ...(Object.keys(COLUMNS) as (keyof typeof COLUMNS)[])] as const
export type TableName = (typeof TABLES)[number]
export type Lang = 'zh-CN' | 'en'

/** With its headings first. */
export function tableOf(answer: ReportAnswer, table: TableName, lang: Lang): Cell[][] {
  if (table !== 'figures') return flatTable(COLUMNS[table], answer.report[table])
  const at = lang === 'en' ? 1 : 0
  const head = FIGURE_COLUMNS.map((column) => column[at])
  return [head, ...answer.report.figures.map((figure) => figureRow(answer, figure, at))]
}

const FIGURE_COLUMNS = [
  ['期间', 'period'],
  ['岗位', 'desk'],
  ['指标', 'figure'],
  ['名称', 'name'],
  ['手册章节', 'section'],
  ['数值', 'value'],
  ['单位', 'unit'],
  ['分子', 'numerator'],
  ['分母', 'denominator'],
  ['理想下限', 'ideal at least'],
  ['理想上限', 'ideal at most'],
  ['理想值自定', 'ideal is ours'],
  ['超出理想值', 'outside'],
  ['无法得知的原因', 'unknown because'],
  ['上期', 'before'],
  ['上周同日', 'week before'],
  ['原因', 'cause'],
  ['后续', 'follow-up'],
] as const

function figureRow(answer: ReportAnswer, figure: Report['figures'][number], lang: 0 | 1): Cell[] {
  const { id, section, desk, unit, value, numerator, denominator, ideal, outside, why } = figure
  const note = answer.annotations.findLast((annotation) => annotation.figure === id)
  return [
    ...[answer.period.id, DESK_NAMES[desk][lang], id, FIGURE_NAMES[id][lang], section, value, unit],
    ...[numerator, denominator, ideal?.atLeast, ideal?.atMost, ideal?.ours, outside, why],
    ...[answer.before?.figures[id], answer.weekBefore?.figures[id], note?.cause, note?.followUp],
  ]
}

function flatTable(columns: readonly string[], lines: readonly object[]): Cell[][] {
  const flat = lines.map((line) => new Map(fieldsOf(line)))
  return [[...columns], ...flat.map((line) => columns.map((column) => line.get(column)))]
}

function fieldsOf(line: object, prefix = ''): [string, Cell][] {
  return Object.entries(line).flatMap(([key, value]): [string, Cell][] => {
    if (Array.isArray(value)) return []
    return typeof value === 'object' ? fieldsOf(value, `${prefix}${key}.`) : [[prefix + key, value]]
  })
}
