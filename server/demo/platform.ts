import { MINUTE } from '#core/zone.ts'
import type { Source } from './feeds.ts'
import type { Shop } from './shop.ts'
import type { Story } from './stage.ts'

/** How a source tells every minute or two how it is doing; the mall also how busy it is. */
export function* samples(shop: Shop, source: Source): Story {
  const { random } = shop
  for (;;) {
    yield random.between(0.95, 1.05) * (source === 'mall' ? MINUTE : 2 * MINUTE)
    const responseMs = Math.round(80 + random.exponential(120))
    shop.say(source, 'platform.sampled', source, source === 'mall' ? { responseMs, ...traffic(shop) } : { responseMs })
  }
}

function traffic({ stage, random, hours }: Shop) {
  const crowd = hours.service.isOpen(stage.now) ? 1 : 0.25
  const logins = Math.round(random.between(12, 26) * crowd)
  return {
    visits: Math.round(random.between(60, 130) * crowd),
    logins,
    loginFailures: Math.min(logins, random.chance(0.3) ? random.integer(1, 2) : 0),
    paymentDrops: random.chance(0.01) ? 1 : 0,
  }
}
