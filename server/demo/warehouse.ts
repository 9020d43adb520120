import { HOUR, MINUTE } from '#core/zone.ts'
import { type Article, CATALOGUE } from './catalogue.ts'
import type { Shop } from './shop.ts'
import type { Story } from './stage.ts'

type Lines = readonly { sku: string; qty: number }[]

/** What lies on the shelves. Sales take it down, suppliers bring it up again once somebody calls them. */
export class Warehouse {
  #shop: Shop
  #onHand = new Map<string, number>()
  #ordered = new Set<string>()
  #open = false

  constructor(shop: Shop) {
    this.#shop = shop
    for (const article of CATALOGUE) this.#onHand.set(article.sku, plenty(article))
  }

  /** From now on the stock is kept; what was sold before is in the first count. */
  open(): void {
    this.#open = true
    for (const { sku, name, category, low, hot } of CATALOGUE)
      this.#shop.say('warehouse', 'stock.changed', sku, {
        onHand: this.onHand(sku),
        low,
        hot: hot === true,
        name,
        category,
      })
  }

  onHand(sku: string): number {
    return this.#onHand.get(sku) ?? 0
  }

  sell(lines: Lines): void {
    for (const { sku, qty } of lines) this.#count(sku, this.onHand(sku) - qty)
  }

  putBack(lines: Lines): void {
    for (const { sku, qty } of lines) this.#count(sku, this.onHand(sku) + qty)
  }

  /** Every morning what the suppliers sent overnight is put on the shelves. */
  *mornings(day: number): Story {
    const { stage, zone, random } = this.#shop
    yield zone.at(day, 8 * 60 + 40) - stage.now
    for (const article of CATALOGUE) {
      if (this.onHand(article.sku) > plenty(article) * 0.9) continue
      yield random.between(5, 25) * 1000
      this.#count(article.sku, plenty(article))
    }
  }

  #count(sku: string, onHand: number): void {
    if (!this.#open) return
    const article = CATALOGUE.find((one) => one.sku === sku)!
    const before = this.onHand(sku)
    const after = Math.max(0, onHand)
    this.#onHand.set(sku, after)
    this.#shop.say('warehouse', 'stock.changed', sku, { onHand: after, low: article.low, hot: article.hot === true })
    const { stage } = this.#shop
    if (before > article.low && after <= article.low && !this.#ordered.has(sku)) stage.begin(this.#reorder(article))
    if (before > 0 && after === 0 && article.hot) stage.begin(this.#announce(sku))
  }

  *#reorder(article: Article): Story {
    const { stage, random, slips, hours } = this.#shop
    this.#ordered.add(article.sku)
    const minutes = slips.happens('supplier_contact') ? random.between(11, 25) : random.between(2, 8.5)
    yield hours.backoffice.add(stage.now, minutes * MINUTE) - stage.now
    const eta = new Date(stage.now + 3 * HOUR).toISOString()
    this.#shop.say('warehouse', 'stock.supplier_contacted', article.sku, { by: '库管 蒋一鸣', eta })
    yield hours.backoffice.add(stage.now, random.between(50, 200) * MINUTE) - stage.now
    this.#ordered.delete(article.sku)
    this.#count(article.sku, this.onHand(article.sku) + article.daily)
  }

  *#announce(sku: string): Story {
    const { stage, random, slips, hours } = this.#shop
    const minutes = slips.happens('shortage_announce') ? random.between(6, 14) : random.between(0.8, 4)
    yield hours.backoffice.add(stage.now, minutes * MINUTE) - stage.now
    this.#shop.say('warehouse', 'stock.shortage_announced', sku, { by: '库管 蒋一鸣' })
  }
}

/** A full shelf lasts some articles for hours, others for more than a day. */
const SHELF_DAYS = [0.5, 1, 1.6] as const

function plenty({ daily, sku }: Article): number {
  return Math.ceil(daily * SHELF_DAYS[Number(sku.slice(-1)) % SHELF_DAYS.length]!)
}
