/** Made-up days of a shop, seeded: three local days, everything that can happen, delivered as it comes. */
import type { RecordedEvent } from '#core/events.ts'
import type { ShopConfig } from '#core/shop.ts'
import { Chance } from './chance.ts'
import { deliver, randomDelivery } from './dayDelivery.ts'
import { Moments } from './dayMoments.ts'
import { randomChanges, randomShop } from './dayShops.ts'
import type { Happening } from './dayStories.ts'
import { Stories } from './dayStories.ts'

export interface Day {
  config: ShopConfig
  /** In seq order. */
  events: RecordedEvent[]
}

export function randomDay(seed: number): Day {
  const chance = new Chance(seed)
  const { config, happenings } = randomHappenings(chance)
  return { config, events: deliver(chance, happenings, randomDelivery(chance)) }
}

/** The same happenings recorded twice, in different order, with the same end. */
export function sameDayTwice(seed: number): [Day, Day] {
  const chance = new Chance(seed)
  const { config, happenings } = randomHappenings(chance)
  const once = () => ({ config, events: deliver(chance, happenings, { late: 0.5, batchMs: 1 }) })
  return [once(), once()]
}

function randomHappenings(chance: Chance): { config: ShopConfig; happenings: Happening[] } {
  const { config, date } = randomShop(chance)
  const moments = new Moments(chance, config.timezone, date)
  const happenings = new Stories(chance, moments).all()
  if (chance.happens(0.25)) happenings.push(newHandbook(chance, date, moments.any()))
  if (chance.happens(0.4))
    for (let n = chance.whole(1, 3); n > 0; n--) happenings.push(plannedHandbook(chance, date, moments))
  return { config, happenings }
}

/** One that waits for its instant, unless another is published before. */
function plannedHandbook(chance: Chance, date: string, moments: Moments): Happening {
  const [time, at] = [moments.any(), moments.any()].sort((a, b) => a - b) as [number, number]
  const { data, ...published } = newHandbook(chance, date, time)
  const effectiveAt = new Date(Math.floor(at / 1000) * 1000 + chance.pick([419, 420])).toISOString()
  return { ...published, data: { ...data, effectiveAt } }
}

/** Some of the rules change while clocks run. Never at the very instant of anything else: which comes first is moot. */
function newHandbook(chance: Chance, date: string, time: number): Happening {
  const handbook = randomChanges(chance, date)
  return { time: Math.floor(time / 1000) * 1000 + 137, type: 'handbook.changed', subject: 'demo', data: { handbook } }
}
