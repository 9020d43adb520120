/** The one table that `npm run bench` prints. */
import type { Row } from './benchmark.ts'

const COLUMNS = ['what', 'ours', 'reference', 'ratio', 'goal', 'met'] as const

export function formatTable(rows: readonly Row[]): string {
  const cells = rows.map(({ what, ours, reference, ratio, goal, met }) => [
    what,
    ours,
    reference,
    ratio === undefined ? '' : ratio.toFixed(2),
    goal,
    met ? 'yes' : 'NO',
  ])
  const widths = COLUMNS.map((column, i) => Math.max(column.length, ...cells.map((line) => line[i]?.length ?? 0)))
  const rule = widths.map((width) => '-'.repeat(width))
  return [[...COLUMNS], rule, ...cells]
    .map((line) => `| ${line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`)
    .join('\n')
}

/** `12,345/s` */
export function perSecond(value: number): string {
  return `${Math.round(value).toLocaleString('en')}/s`
}

/** `3.2 ms`; `250 ms` */
export function ms(value: number): string {
  return `${value < 20 ? value.toFixed(1) : Math.round(value)} ms`
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`
}
