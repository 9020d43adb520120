import { dateOf, MINUTE, minutesOf } from '#core/zone.ts'
import type { Shop } from './shop.ts'
import type { Story } from './stage.ts'

const WAVES = ['10:00', '13:00', '17:00'] as const
/** Now and then the courier comes so late that part of the parcels miss their instant. */
const LATE = 0.08

/** The courier comes shortly before each pickup wave, sometimes a little late. */
export class Courier {
  #shop: Shop
  #arrivals = new Map<string, number>()

  constructor(shop: Shop) {
    this.#shop = shop
  }

  /** The next wave the courier comes for after `instant`, and when. */
  next(instant: number): { wave: string; at: number } {
    const { zone, hours } = this.#shop
    for (let day = zone.dayOf(instant); ; day++) {
      if (!hours.pickup.opensOn(day)) continue
      for (const time of WAVES) {
        const wave = `${dateOf(day)}T${time}`
        const at = this.#arrival(wave, zone.at(day, minutesOf(time)))
        if (at > instant) return { wave, at }
      }
    }
  }

  /** Comes again and again. */
  *rounds(): Story {
    const { stage } = this.#shop
    for (;;) {
      const { wave, at } = this.next(stage.now)
      yield at - stage.now
      this.#shop.say('courier', 'pickup.arrived', wave, { carrier: '驰达速运' })
      yield MINUTE
    }
  }

  #arrival(wave: string, planned: number): number {
    let at = this.#arrivals.get(wave)
    if (at === undefined) {
      const { random } = this.#shop
      const late = random.chance(LATE)
      at = planned + (late ? random.between(-3, 1) : random.between(-8, -5)) * MINUTE
      this.#arrivals.set(wave, Math.round(at))
    }
    return at
  }
}
