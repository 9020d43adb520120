/** What happens on a made-up day, one story a subject, with steps left out, doubled and out of turn. */
import type { EventType } from '#core/events.ts'
import type { Chance } from './chance.ts'
import type { Moments } from './dayMoments.ts'

export interface Happening {
  time: number
  type: EventType
  subject: string
  data: object
}

const QUEUES = ['presales', 'aftersales']
const AGENTS = ['a1', 'a2', 'a3']
const STATUSES = ['online', 'online', 'busy', 'away', 'offline']
const SKUS = ['s1', 's2', 's3']
const TIERS = ['junior', 'senior', 'gold']
const TRIGGERS = ['first_contact', 'busy', 'away', 'over_capacity']

type Step = [type: EventType, data?: object]
/** Told twice, it may say another thing each time. */
type Told = Step | (() => Step)

export class Stories {
  readonly #chance: Chance
  readonly #moments: Moments
  readonly #told: Happening[] = []

  constructor(chance: Chance, moments: Moments) {
    this.#chance = chance
    this.#moments = moments
  }

  all(): Happening[] {
    for (const agent of AGENTS) this.#agent(agent)
    for (let n = 1; n <= this.#chance.whole(4, 10); n++) this.#conversation(`c${n}`)
    for (let n = 1; n <= this.#chance.whole(2, 7); n++) this.#order(`o${n}`)
    for (let n = 1; n <= this.#chance.whole(0, 3); n++) this.#return(`r${n}`)
    for (let n = 1; n <= this.#chance.whole(0, 2); n++) this.#complaint(`k${n}`)
    for (let n = 1; n <= this.#chance.whole(0, 2); n++) this.#inquiry(`i${n}`)
    for (let n = 1; n <= this.#chance.whole(1, 3); n++) this.#sku(`s${n}`)
    this.#rest()
    return this.#told
  }

  #tell(time: number, subject: string, [type, data = {}]: Step): void {
    this.#told.push({ time, type, subject, data })
  }

  /** The steps one after another: some left out, some twice. */
  #walk(subject: string, from: number, steps: Told[], leftOut: number): void {
    let time = from
    for (const step of steps) {
      if (this.#chance.happens(leftOut)) continue
      const told = () => (typeof step === 'function' ? step() : step)
      this.#tell(time, subject, told())
      if (this.#chance.happens(0.12)) this.#tell(this.#moments.around(time), subject, told())
      if (told()[0] === 'order.held' && this.#chance.happens(0.7)) time = this.#moments.dayAfter(time)
      else time = this.#chance.happens(0.4) ? this.#moments.soon(time) : this.#moments.after(time)
    }
  }

  #maybe<T extends object>(share: number, fields: T): Partial<T> {
    return this.#chance.happens(share) ? fields : {}
  }

  #agent(id: string): void {
    const { pick, happens, whole, some } = this.#bound()
    const queues = () => some(QUEUES, whole(0, 2))
    let time = this.#moments.any() - 12 * 3_600_000
    const register = (): Step => [
      'agent.registered',
      {
        name: `Agent ${id}`,
        queues: queues(),
        ...this.#maybe(0.5, { capacity: whole(0, 2) }),
        ...this.#maybe(0.8, { tier: pick(TIERS) }),
      },
    ]
    if (happens(0.9)) this.#tell(time, id, register())
    for (let n = 0; n < 6; n++) {
      time = this.#moments.rush()
      const reason = this.#maybe(0.4, { reason: pick(['meal', 'phone']) })
      if (happens(0.75)) this.#tell(time, id, ['agent.status_changed', { status: pick(STATUSES), ...reason }])
      else if (happens(0.8))
        this.#tell(time, id, ['agent.moved', { queues: queues(), ...this.#maybe(0.5, { by: 'ann' }) }])
      else this.#tell(time, id, register())
    }
  }

  #conversation(id: string): void {
    const { pick, happens, whole } = this.#bound()
    let time = this.#moments.rush()
    const customer = this.#maybe(0.7, { customer: pick(['u1', 'u2', 'u3']) })
    if (happens(0.9)) this.#tell(time, id, ['conversation.opened', { queue: pick(QUEUES), ...customer }])
    const agent = pick(AGENTS)
    if (happens(0.6)) this.#tell(this.#moments.soon(time), id, ['conversation.assigned', { agent }])
    const steps: (() => Step)[] = [
      () => ['message.received'],
      () => ['message.received'],
      () => ['message.sent', { ...this.#maybe(0.6, { agent: pick(AGENTS) }), ...this.#typed() }],
      () => ['message.sent', { ...this.#maybe(0.6, { agent }), ...this.#typed() }],
      () => ['message.sent', { auto: pick(TRIGGERS), ...this.#maybe(0.3, { agent }) }],
      () => [
        'conversation.assigned',
        { agent: pick(happens(0.1) ? ['stranger'] : AGENTS), ...this.#maybe(0.3, { by: 'ann' }) },
      ],
      () => ['conversation.closed', this.#maybe(0.8, { outcome: pick(['answered', 'abandoned', 'ordered']) })],
      () =>
        pick<Step>([
          ['conversation.returned'],
          ['conversation.moved', { queue: pick([...QUEUES, 'vip']) }],
          ['conversation.opened', { queue: pick(QUEUES), ...customer }],
          ['conversation.rated', { score: whole(1, 5) }],
        ]),
    ]
    for (let n = whole(1, 9); n > 0; n--) {
      time = this.#moments.soon(time)
      this.#tell(time, id, pick(steps)())
      if (happens(0.3)) this.#tell(time + pick([0, 1000, 5000, 5001]), id, ['message.sent', { auto: pick(TRIGGERS) }])
    }
  }

  #typed(): object {
    const { whole } = this.#bound()
    return { ...this.#maybe(0.7, { chars: whole(0, 90) }), ...this.#maybe(0.7, { typingMs: whole(0, 60_000) }) }
  }

  #order(id: string): void {
    const { pick, happens, whole } = this.#bound()
    const start = this.#moments.any()
    const story = pick(['normal', 'normal', 'unpaid', 'given up'] as const)
    const placed = (): Step => [
      'order.placed',
      {
        ...this.#maybe(story === 'unpaid' ? 1 : 0.5, { paid: happens(0.2) }),
        ...this.#maybe(0.5, { contract: happens(0.7) }),
        ...this.#maybe(0.5, { region: pick(['city', 'county', 'township']) }),
        ...this.#maybe(0.5, { destination: pick(['same_city', 'other_city']) }),
        ...this.#maybe(0.6, { customer: pick(['u1', 'u2']) }),
        ...this.#maybe(0.4, { conversation: `c${whole(1, 6)}` }),
        ...this.#maybe(0.7, {
          lines: Array.from({ length: whole(1, 3) }, () => ({ sku: pick(SKUS), qty: whole(1, 4) })),
        }),
      },
    ]
    const fault = (): Step => ['order.faulted', { kind: pick(['handling', 'defect', 'packaging', 'waybill']) }]
    const normal: Told[] = [
      placed,
      ['order.paid'],
      ['order.confirmed'],
      ['order.packed'],
      ['order.bound'],
      ['order.tracked', { carrier: 'SF', trackingNumber: id }],
      ['order.collected'],
      ['order.delivered'],
      ...(happens(0.5) ? [fault, fault] : []),
    ]
    const unpaid: Told[] = [
      placed,
      ['order.callback_promised'],
      ['order.payment_reminded'],
      ['order.held'],
      ['order.released'],
      ['order.held'],
      ['order.payment_reminded'],
      ['order.paid'],
      ['order.confirmed'],
    ]
    const givenUp: Told[] = [
      placed,
      ['order.paid'],
      ['order.confirmed'],
      ['order.cancel_requested'],
      ['order.cancelled'],
      ['order.refund_notified'],
      ['order.refunded'],
      ['order.collected'],
      fault,
    ]
    this.#walk(id, start, { normal, unpaid, 'given up': givenUp }[story], story === 'unpaid' ? 0.4 : 0.15)
  }

  #return(id: string): void {
    const { pick, happens } = this.#bound()
    const steps: Told[] = [
      () => [
        'return.requested',
        { order: 'o1', kind: pick(['return', 'exchange']), ...this.#maybe(0.6, { contract: happens(0.8) }) },
      ],
      ['return.confirmed', { approved: happens(0.85) }],
      ...(happens(0.2) ? [['return.confirmed', { approved: true }] satisfies Told] : []),
      ['return.refund_notified'],
      ['return.unbind_notified'],
      ['return.unbound'],
      ['return.reissue_notified'],
      ['return.received'],
      ['return.inspected'],
      ['return.reissued'],
      ['return.rebound'],
      ['return.refunded'],
      ['return.closed'],
    ]
    this.#walk(id, this.#moments.any(), steps, 0.25)
  }

  #complaint(id: string): void {
    const steps: Told[] = [
      () => [
        'complaint.opened',
        {
          kind: 'service',
          ...this.#maybe(0.6, { sale: this.#chance.pick(['online', 'reservation']) }),
          ...this.#maybe(0.5, { customer: this.#chance.pick(['u1', 'u2']) }),
          ...this.#maybe(0.5, { order: `o${this.#chance.whole(1, 3)}` }),
        },
      ],
      () => ['complaint.contacted', this.#maybe(0.8, { confirmed: this.#chance.happens(0.7) })],
      ['complaint.escalated'],
      ['complaint.resolved'],
    ]
    this.#walk(id, this.#moments.any(), steps, 0.25)
  }

  #inquiry(id: string): void {
    const kind = this.#maybe(0.6, { kind: this.#chance.pick(['repair', 'price']) })
    this.#walk(id, this.#moments.any(), [['inquiry.left', kind], ['inquiry.answered']], 0.2)
  }

  #sku(id: string): void {
    const { pick, happens, whole } = this.#bound()
    let time = this.#moments.any()
    for (let n = whole(1, 7); n > 0; n--) {
      const level = {
        onHand: pick([-1, 0, 0, 3, 5, 6, 20]),
        ...this.#maybe(0.4, { low: pick([0, 5]) }),
        ...this.#maybe(0.5, { hot: happens(0.7) }),
        ...this.#maybe(0.2, { name: `Mug ${n}` }),
        ...this.#maybe(0.4, { category: pick(['cups', 'plates']) }),
      }
      const answer: Step = happens(0.5) ? ['stock.supplier_contacted'] : ['stock.shortage_announced']
      this.#tell(time, id, happens(0.7) ? ['stock.changed', level] : answer)
      time = this.#moments.after(time)
    }
  }

  #rest(): void {
    const { happens } = this.#bound()
    const any = () => this.#moments.any()
    for (let n = this.#chance.whole(0, 4); n > 0; n--) this.#tell(any(), 'web', ['platform.sampled', this.#sample()])
    for (let n = this.#chance.whole(0, 3); n > 0; n--) this.#tell(any(), 'parcels', ['audit.recorded', this.#audit()])
    if (happens(0.3)) this.#tell(any(), '2026-11-20T13:00', ['pickup.arrived', { carrier: 'SF' }])
    if (happens(0.3)) this.#tell(any(), 'demo', ['shop.configured', { name: 'Renamed' }])
    if (happens(0.3)) this.#tell(any(), 'demo', ['note.added', { text: 'Busy today' }])
  }

  #sample(): object {
    const { whole } = this.#bound()
    return {
      ...this.#maybe(0.7, { visits: whole(0, 30) }),
      ...this.#maybe(0.5, { responseMs: whole(20, 2_000) }),
      ...this.#maybe(0.5, { logins: whole(0, 9) }),
      ...this.#maybe(0.4, { loginFailures: whole(0, 3) }),
      ...this.#maybe(0.4, { paymentDrops: whole(0, 2) }),
    }
  }

  #audit(): object {
    const { pick, whole } = this.#bound()
    return { kind: pick(['packaging', 'waybill_stub', 'report']), checked: whole(0, 9), passed: whole(0, 9) }
  }

  #bound() {
    const chance = this.#chance
    return {
      pick: <T>(from: readonly T[]) => chance.pick(from),
      some: <T>(from: readonly T[], count: number) => chance.some(from, count),
      happens: (share: number) => chance.happens(share),
      whole: (from: number, to: number) => chance.whole(from, to),
    }
  }
}
