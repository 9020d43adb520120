import { dateOf, HOUR, MINUTE } from '#core/zone.ts'
import type { Shop } from './shop.ts'
import type { Slip } from './slips.ts'
import type { Story } from './stage.ts'

const REASONS = ['不想要了', '尺寸不合适', '屏幕有划痕', '无法开机', '与描述不符', '买错型号'] as const
const EXCHANGES = 0.4
const APPROVED = 0.9
const RETURNS_A_DAY = 30
/** Few ask to send goods back while they sleep. */
const FROM_HOUR = 7
const TO_HOUR = 22.5

/** What was delivered and shall go back. */
export interface Delivered {
  order: string
  contract: boolean
}

/** Goods sent back for money or for others: checked, refunded or sent anew, contracts undone and bound again. */
export function* goodsReturned(shop: Shop, { order, contract }: Delivered): Story {
  const { stage, random } = shop
  const id = `RT${String(shop.nextNumber('return')).padStart(5, '0')}`
  const kind = random.chance(EXCHANGES) ? 'exchange' : 'return'
  shop.say('mall', 'return.requested', id, { order, kind, contract, reason: random.pick(REASONS) })
  yield* check(shop)
  const approved = random.chance(APPROVED)
  shop.say('mall', 'return.confirmed', id, { approved })
  if (!approved) return shop.say('mall', 'return.closed', id, {})

  if (contract) stage.begin(unbind(shop, id))
  if (kind === 'exchange') stage.begin(reissue(shop, id, contract))
  else stage.begin(refund(shop, id))
  yield random.between(5, 40) * HOUR
  yield* inspect(shop, id)
  yield 6 * HOUR
  shop.say('mall', 'return.closed', id, {})
}

/** Some of what was bought in the weeks before comes back every day. */
export function* lateRegrets(shop: Shop, day: number): Story {
  const { stage, random, zone } = shop
  for (let i = 0; i < RETURNS_A_DAY; i++) {
    const bought = dateOf(day - random.integer(3, 12)).replaceAll('-', '')
    const order = `SO${bought}-${String(random.integer(100, 900)).padStart(4, '0')}`
    const at = zone.startOf(day) + random.between(FROM_HOUR, TO_HOUR) * HOUR
    stage.begin(goodsReturned(shop, { order, contract: random.chance(0.45) }), at - stage.now)
  }
  yield 0
}

function* check(shop: Shop): Story {
  const { stage, random, slips, hours } = shop
  const missed = slips.happens('return_check')
  if (hours.service.isOpen(stage.now)) {
    const minutes = missed ? random.between(31, 60) : random.between(3, 24)
    yield hours.service.add(stage.now, minutes * MINUTE) - stage.now
  } else {
    const minutes = missed ? random.between(62, 95) : random.between(2, 56)
    yield hours.service.nextEdge(stage.now) + minutes * MINUTE - stage.now
  }
}

function* refund(shop: Shop, id: string): Story {
  yield* task(shop, 'service', 'refund_notify', [1, 8], [11, 25])
  shop.say('mall', 'return.refund_notified', id, {})
  yield* task(shop, 'service', 'refund_done', [6, 50], [62, 110])
  shop.say('mall', 'return.refunded', id, {})
}

function* unbind(shop: Shop, id: string): Story {
  yield* task(shop, 'service', 'unbind_notify', [1, 8], [11, 25])
  shop.say('mall', 'return.unbind_notified', id, {})
  yield* task(shop, 'backoffice', 'crm_unbind', [1.5, 8], [11, 25])
  shop.say('mall', 'return.unbound', id, {})
}

function* reissue(shop: Shop, id: string, contract: boolean): Story {
  const { stage, random, hours } = shop
  yield* task(shop, 'service', 'reissue_notify', [1, 8], [11, 25])
  shop.say('mall', 'return.reissue_notified', id, {})
  yield hours.backoffice.add(stage.now, random.between(15, 120) * MINUTE) - stage.now
  shop.say('warehouse', 'return.reissued', id, {})
  if (!contract) return
  yield* task(shop, 'backoffice', 'crm_rebind', [1.5, 8], [11, 25])
  shop.say('mall', 'return.rebound', id, {})
}

function* inspect(shop: Shop, id: string): Story {
  const { stage, random, hours } = shop
  if (!hours.backoffice.isOpen(stage.now))
    yield hours.backoffice.nextEdge(stage.now) + random.between(0, 90) * MINUTE - stage.now
  shop.say('warehouse', 'return.received', id, {})
  yield* task(shop, 'backoffice', 'return_inspect', [4, 25], [31, 70])
  shop.say('warehouse', 'return.inspected', id, {})
}

/** Working minutes until something is done: in time, or too long when somebody slips. */
function* task(
  { stage, random, slips, hours }: Shop,
  calendar: 'service' | 'backoffice',
  slip: Slip,
  inTime: [number, number],
  late: [number, number],
): Story {
  const [least, most] = slips.happens(slip) ? late : inTime
  yield hours[calendar].add(stage.now, random.between(least, most) * MINUTE) - stage.now
}
