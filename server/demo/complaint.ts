import { HOUR, MINUTE } from '#core/zone.ts'
import type { Shop } from './shop.ts'
import type { Story } from './stage.ts'

const A_DAY = 14
const CONFIRMED = 0.45

/** The day's complaints, some left overnight. */
export function* complaints(shop: Shop, day: number): Story {
  const { stage, random, zone } = shop
  for (let i = 0; i < A_DAY; i++)
    stage.begin(complaint(shop), zone.startOf(day) + random.between(0.5, 23) * HOUR - stage.now)
  yield 0
}

/** The desk calls the customer before it closes; what is found true goes to those responsible at once. */
function* complaint(shop: Shop): Story {
  const { stage, random, slips, hours } = shop
  const id = `TS${String(shop.nextNumber('complaint')).padStart(5, '0')}`
  const kind = random.pick(['refund', 'logistics', 'service'] as const)
  const sale = random.chance(0.8) ? 'online' : 'reservation'
  shop.say('mall', 'complaint.opened', id, { kind, sale, customer: shop.customers.next() })

  const opening = hours.backoffice.isOpen(stage.now) ? stage.now : hours.backoffice.nextEdge(stage.now)
  const closing = hours.backoffice.nextClose(opening)
  const late = slips.happens('complaint_call')
  yield (late
    ? hours.backoffice.add(closing, random.between(8, 60) * MINUTE)
    : random.between(opening, closing - MINUTE)) - stage.now
  const confirmed = random.chance(CONFIRMED)
  shop.say('mall', 'complaint.contacted', id, { confirmed, by: '受理员 罗静' })

  if (confirmed) {
    const minutes = slips.happens('complaint_escalate') ? random.between(11, 30) : random.between(0.5, 8)
    yield hours.backoffice.add(stage.now, minutes * MINUTE) - stage.now
    shop.say('mall', 'complaint.escalated', id, { to: ESCALATED_TO[kind] })
  }
  yield hours.backoffice.add(stage.now, random.between(20, 240) * MINUTE) - stage.now
  shop.say('mall', 'complaint.resolved', id, {})
}

const ESCALATED_TO = { refund: '支付平台', logistics: '物流公司', service: '客服主管' } as const
