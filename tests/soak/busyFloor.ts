/** A floor of 200 agents on a busy day, made by the real fold: ten views a second of what it comes to. */
import type { RecordedEvent } from '#core/events.ts'
import { advance, apply, createFloor, drawView, type Floor } from '#core/floor.ts'
import { Random } from '#core/random.ts'
import type { View } from '#core/view.ts'

export const AGENTS = 200
export const PATCH_MS = 100
/** Ten a second: every patch has something to tell. */
const EVENTS_A_PATCH = 2
const OPEN_AT_MOST = 900
const QUEUES = ['presales', 'aftersales', 'vip', 'logistics', 'complaints']
const STATUSES = ['online', 'online', 'online', 'busy', 'away'] as const
const MILESTONES = ['order.confirmed', 'order.packed', 'order.tracked', 'order.collected'] as const

interface Conversation {
  id: string
  agent: string
}

export class BusyFloor {
  #floor: Floor
  #random = new Random(1)
  #now: number
  #open: Conversation[] = []
  #orders: { id: string; done: number }[] = []
  #made = 0

  /** @param start epoch ms, in the shop's working hours */
  constructor(shop: string, start: number) {
    this.#floor = createFloor({ shop, name: '晨光数码旗舰店', timezone: 'Asia/Shanghai' })
    this.#now = start
    for (let i = 0; i < AGENTS; i++) {
      const queues = [QUEUES[i % QUEUES.length]!]
      this.#tell('agent.registered', `a${i}`, { name: `客服${i}`, queues, capacity: 6 })
      this.#tell('agent.status_changed', `a${i}`, { status: 'online' })
    }
    for (let i = 0; i < 60; i++) this.#tell('stock.changed', `sku${i}`, { onHand: i % 4, low: 3, name: `商品 ${i}` })
    for (let i = 0; i < 400; i++) this.#open.push(this.#opened())
  }

  /** The view after the next tenth of a second. */
  next(): View {
    this.#now += PATCH_MS
    for (let i = 0; i < EVENTS_A_PATCH; i++) this.#step()
    advance(this.#floor, this.#now)
    return drawView(this.#floor)
  }

  #step(): void {
    const chance = this.#random.next()
    if (chance < 0.2 && this.#open.length < OPEN_AT_MOST) this.#open.push(this.#opened())
    else if (chance < 0.4) {
      const { id } = this.#takeAny(this.#open) ?? this.#opened()
      this.#tell('conversation.closed', id, { outcome: 'answered' })
    } else if (chance < 0.65) {
      const { id, agent } = this.#any(this.#open)
      this.#tell('message.sent', id, { agent })
    } else if (chance < 0.82) this.#tell('message.received', this.#any(this.#open).id, {})
    else if (chance < 0.86) {
      const status = this.#any(STATUSES)
      this.#tell('agent.status_changed', this.#agent(), { status, ...(status === 'away' && { reason: 'break' }) })
    } else if (chance < 0.9) {
      const onHand = Math.floor(this.#random.next() * 5)
      this.#tell('stock.changed', `sku${Math.floor(this.#random.next() * 60)}`, { onHand, low: 3, hot: onHand === 0 })
    } else this.#order()
  }

  #opened(): Conversation {
    const conversation = { id: `c${this.#made++}`, agent: this.#agent() }
    this.#tell('conversation.opened', conversation.id, { queue: this.#any(QUEUES), customer: `u${this.#made}` })
    this.#tell('conversation.assigned', conversation.id, { agent: conversation.agent })
    return conversation
  }

  #order(): void {
    const order = this.#orders.length < 60 ? undefined : this.#takeAny(this.#orders)
    if (order === undefined || order.done === MILESTONES.length) {
      const id = `o${this.#made++}`
      this.#tell('order.placed', id, { paid: true })
      this.#orders.push({ id, done: 0 })
      return
    }
    this.#tell(MILESTONES[order.done]!, order.id, { carrier: 'SF', trackingNumber: order.id })
    this.#orders.push({ id: order.id, done: order.done + 1 })
  }

  #tell(type: string, subject: string, data: object): void {
    const { seq } = this.#floor
    const event = {
      seq: seq + 1,
      recordedAt: this.#now,
      time: this.#now,
      source: 'soak',
      id: `e${seq}`,
      type,
      subject,
      data,
    }
    apply(this.#floor, event as RecordedEvent)
  }

  #agent = () => `a${Math.floor(this.#random.next() * AGENTS)}`
  #any = <T>(list: readonly T[]): T => list[Math.floor(this.#random.next() * list.length)]!
  #takeAny = <T>(list: T[]): T | undefined => list.splice(Math.floor(this.#random.next() * list.length), 1)[0]
}
