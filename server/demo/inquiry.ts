import { HOUR, MINUTE } from '#core/zone.ts'
import type { Shop } from './shop.ts'
import type { Story } from './stage.ts'

const A_DAY = 20

/** The day's questions left about repairs. */
export function* inquiries(shop: Shop, day: number): Story {
  const { stage, random, zone } = shop
  for (let i = 0; i < A_DAY; i++)
    stage.begin(inquiry(shop), zone.startOf(day) + random.between(0.5, 23) * HOUR - stage.now)
  yield 0
}

function* inquiry(shop: Shop): Story {
  const { stage, random, slips, hours } = shop
  const id = `WX${String(shop.nextNumber('inquiry')).padStart(5, '0')}`
  shop.say('mall', 'inquiry.left', id, { kind: 'repair' })
  const opening = hours.backoffice.isOpen(stage.now) ? stage.now : hours.backoffice.nextEdge(stage.now)
  const closing = hours.backoffice.nextClose(opening)
  const late = slips.happens('inquiry_answer')
  yield (late
    ? hours.backoffice.add(closing, random.between(8, 60) * MINUTE)
    : random.between(opening, closing - MINUTE)) - stage.now
  shop.say('mall', 'inquiry.answered', id, { kind: 'repair' })
}
