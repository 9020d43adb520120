/** A table as RFC 4180 text that opens well in a spreadsheet: with a byte order mark, and no cell taken for a formula. */
export type Cell = string | number | boolean | undefined

const BOM = '\uFEFF'
/** What a spreadsheet would compute instead of show; some take the full-width signs of Chinese typing for the same. */
const FORMULA = /^[=+\-@＝＋－＠\t\r]/

export function toCsv(rows: readonly (readonly Cell[])[]): string {
  return BOM + csvRows(rows)
}

/** More rows of a table that has begun. */
export function csvRows(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(written).join(',')}\r\n`).join('')
}

function written(cell: Cell): string {
  if (typeof cell !== 'string') return cell === undefined ? '' : String(cell)
  const safe = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
