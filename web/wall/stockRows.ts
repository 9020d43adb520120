import type { AlertView, StockView, View } from '#core/view.ts'
import type { State } from './state.ts'

export interface StockRow {
  sku: string
  stock: StockView
  state: State
  /** The clock for telling the supplier, once it warns or is overdue. */
  supplier?: AlertView
  /** The clock for telling the agents, likewise. */
  announce?: AlertView
}

/** What is low or out, the worst first: an overdue clock, hot and out, a clock about to fall due, out, low. */
export function stockRows(view: Pick<View, 'stock' | 'alerts'>): StockRow[] {
  const clocks = new Map<string, { supplier?: AlertView; announce?: AlertView }>()
  for (const alert of Object.values(view.alerts)) {
    if (alert.rule === 'supplier_contact') clocks.set(alert.subject, { ...clocks.get(alert.subject), supplier: alert })
    if (alert.rule === 'shortage_announce') clocks.set(alert.subject, { ...clocks.get(alert.subject), announce: alert })
  }
  return Object.entries(view.stock)
    .map(([sku, stock]) => ({ sku, stock, ...clocks.get(sku), state: stateOfStock(stock) }))
    .sort((a, b) => urgency(a) - urgency(b) || compareTexts(due(a), due(b)) || compareTexts(a.sku, b.sku))
}

function stateOfStock(stock: StockView): State {
  return stock.state === 'out' && stock.hot ? 'breach' : 'risk'
}

function urgency({ stock, supplier, announce }: StockRow): number {
  if (supplier?.level === 'breach' || announce?.level === 'breach') return 0
  if (stock.state === 'out' && stock.hot) return 1
  if (supplier || announce) return 2
  return stock.state === 'out' ? 3 : 4
}

/** The earliest of its due instants, else since when it is so. */
function due({ stock, supplier, announce }: StockRow): string {
  return [supplier?.dueAt, announce?.dueAt].filter((at) => at !== undefined).sort()[0] ?? stock.since
}

const compareTexts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
