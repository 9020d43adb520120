import type { EventData } from '#core/events.ts'
import { dateOf } from '#core/zone.ts'
import { CARRIERS, CATALOGUE } from './catalogue.ts'
import type { Shop } from './shop.ts'

/** An order as the customer means it, and what will become of it. */
export interface OrderPlan {
  id: string
  data: EventData<'order.placed'> & { lines: { sku: string; qty: number }[]; contract: boolean; paid: boolean }
  carrier: string
  /** The step after which the customer calls it off. */
  cancelAfter?: 'placed' | 'confirmed' | 'packed'
  /** How a customer who has not paid yet goes about it; left out: as it comes. */
  payment?: 'reluctant' | 'asks_to_hold'
  /** The parcel is set aside and forgotten for days. */
  stuck?: boolean
  /** The courier takes days too long. */
  slow?: boolean
}

export interface Wish {
  customer: string
  conversation?: string
  sku?: string
  qty?: number
}

const UNPAID = 0.12
const CANCELLED = 0.045

export function planOrder(shop: Shop, { customer, conversation, sku, qty }: Wish): OrderPlan {
  const { random } = shop
  const lines = [{ sku: sku ?? pickSku(shop), qty: qty ?? 1 }]
  if (sku === undefined && random.chance(0.22)) lines.push({ sku: pickSku(shop), qty: random.integer(1, 2) })
  const articles = lines.map((line) => CATALOGUE.find((article) => article.sku === line.sku)!)
  const amount = lines.reduce((sum, line, i) => sum + line.qty * articles[i]!.price, 0)
  const cancelAfter = random.chance(CANCELLED) ? random.pick(['placed', 'confirmed', 'packed'] as const) : undefined
  return {
    id: nextId(shop),
    data: {
      lines,
      amount,
      paid: !random.chance(UNPAID),
      contract: articles.some(({ category }) => category === '号卡' || (category === '手机' && random.chance(0.4))),
      destination: random.chance(0.4) ? 'same_city' : 'other_city',
      region: random.pick(['city', 'city', 'city', 'county', 'township'] as const),
      customer,
      ...(conversation && { conversation }),
    },
    carrier: random.pick(CARRIERS),
    ...(cancelAfter && { cancelAfter }),
  }
}

/** The SKU of every single sale of a usual day. */
const SALES = CATALOGUE.flatMap(({ sku, daily }) => Array.from({ length: daily }, () => sku))

/** What sells often is picked often; what is out is put back once or twice before somebody orders it all the same. */
function pickSku({ random, warehouse }: Shop): string {
  for (let tries = 0; ; tries++) {
    const sku = random.pick(SALES)
    if (warehouse.onHand(sku) > 0 || tries === 3) return sku
  }
}

function nextId(shop: Shop): string {
  const today = dateOf(shop.zone.dayOf(shop.stage.now)).replaceAll('-', '')
  return `SO${today}-${String(shop.nextNumber('order')).padStart(4, '0')}`
}
