import { Random } from '#core/random.ts'
import type { Zone } from '#core/zone.ts'
import { ChatDesk } from './chatDesk.ts'
import { Courier } from './courier.ts'
import { Customers } from './customers.ts'
import { Feeds } from './feeds.ts'
import { type Hours, workingHours } from './hours.ts'
import { Slips } from './slips.ts'
import { Stage } from './stage.ts'
import { Warehouse } from './warehouse.ts'

/** The simulated shop: its time, its chance, and everything its stories have in common. */
export class Shop {
  readonly zone: Zone
  readonly hours: Hours
  readonly random: Random
  readonly stage: Stage
  readonly feeds: Feeds
  readonly slips: Slips
  readonly customers: Customers
  readonly chat: ChatDesk
  readonly courier: Courier
  readonly warehouse: Warehouse
  readonly say: Feeds['say']
  #numbers = new Map<string, number>()

  /** `start` and `opening` in epoch ms: where time begins, and from when the shop is whole. */
  constructor(seed: number, zone: Zone, start: number, opening: number) {
    this.zone = zone
    this.hours = workingHours(zone)
    this.random = new Random(seed)
    this.stage = new Stage(start)
    this.feeds = new Feeds(this.stage)
    this.say = this.feeds.say.bind(this.feeds)
    this.slips = new Slips(this.random, this.stage, zone, opening)
    this.customers = new Customers(this)
    this.chat = new ChatDesk(this)
    this.courier = new Courier(this)
    this.warehouse = new Warehouse(this)
  }

  /** Numbers each kind of thing 1, 2, 3 … */
  nextNumber(kind: string): number {
    const number = (this.#numbers.get(kind) ?? 0) + 1
    this.#numbers.set(kind, number)
    return number
  }
}
