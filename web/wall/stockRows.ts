import type { StockView, View } from '#core/view.ts'
import { compareTexts } from './compareTexts.ts'
import type { State } from './state.ts'

/** A clock that runs on a SKU. */
export interface StockClock {
  dueAt: string
  state: State
}

export interface StockRow {
  sku: string
  stock: StockView
  state: State
  /** The clock for telling the supplier, and the one for telling the agents, while they run. */
  supplier?: StockClock | undefined
  announce?: StockClock | undefined
}

/** What is low or out, the worst first: an overdue clock, hot and out, a clock about to fall due, out, low. */
export function stockRows(view: Pick<View, 'stock' | 'alerts' | 'at'>): StockRow[] {
  const warned = new Set(Object.values(view.alerts).map(({ rule, subject }) => `${rule} ${subject}`))
  const clock = (rule: string, sku: string, dueAt: string | undefined): StockClock | undefined =>
    dueAt === undefined
      ? undefined
      : { dueAt, state: dueAt < view.at ? 'breach' : warned.has(`${rule} ${sku}`) ? 'risk' : 'fine' }
  return Object.entries(view.stock)
    .map(([sku, stock]) => ({
      sku,
      stock,
      supplier: clock('supplier_contact', sku, stock.supplierDueAt),
      announce: clock('shortage_announce', sku, stock.announceDueAt),
      state: stateOfStock(stock),
    }))
    .sort((a, b) => urgency(a) - urgency(b) || compareTexts(due(a), due(b)) || compareTexts(a.sku, b.sku))
}

function stateOfStock(stock: StockView): State {
  return stock.state === 'out' && stock.hot ? 'breach' : 'risk'
}

function urgency({ stock, supplier, announce }: StockRow): number {
  if (supplier?.state === 'breach' || announce?.state === 'breach') return 0
  if (stock.state === 'out' && stock.hot) return 1
  if (supplier || announce) return 2
  return stock.state === 'out' ? 3 : 4
}

/** The earliest of its due instants, else since when it is so. */
function due({ stock, supplier, announce }: StockRow): string {
  return [supplier?.dueAt, announce?.dueAt].filter((at) => at !== undefined).sort()[0] ?? stock.since
}
