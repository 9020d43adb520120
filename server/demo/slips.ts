import type { Random } from '#core/random.ts'
import type { Zone } from '#core/zone.ts'
import type { Stage } from './stage.ts'

/** Each kind of mistake is surely made at the very first occasion, and at one of the first of every later day. */
const FIRST_OCCASIONS = 3

/** The mistakes people make now and then: what is done too late, and how often. */
const PROBABILITY = {
  order_check: 0.012,
  callback: 0.04,
  pack: 0.012,
  crm_bind: 0.03,
  tracking_entry: 0.012,
  pickup: 0.008,
  dispatch: 0.001,
  cancel: 0.06,
  supplier_contact: 0.06,
  shortage_announce: 0.06,
  return_check: 0.05,
  refund_notify: 0.05,
  unbind_notify: 0.05,
  reissue_notify: 0.05,
  crm_unbind: 0.05,
  crm_rebind: 0.05,
  return_inspect: 0.05,
  refund_done: 0.05,
  complaint_call: 0.08,
  complaint_escalate: 0.08,
  inquiry_answer: 0.06,
  delivery_promise: 0.008,
  delivery_span: 0.012,
  payment_followup_1: 0.08,
  payment_followup_2: 0.08,
  payment_followup_3: 0.08,
  hold_followup: 0.1,
} as const

export type Slip = keyof typeof PROBABILITY

export class Slips {
  #random: Random
  #stage: Stage
  #zone: Zone
  #day = Number.NaN
  /** From this instant on each kind is sure to happen every day. */
  readonly #sureFrom: number
  /** How many more occasions pass before the sure mistake of each kind; below 0 it has been made. */
  #spared = new Map<Slip, number>()

  constructor(random: Random, stage: Stage, zone: Zone, sureFrom: number) {
    this.#sureFrom = sureFrom
    this.#random = random
    this.#stage = stage
    this.#zone = zone
  }

  /** Whether this occasion of doing `kind` in time is missed. */
  happens(kind: Slip): boolean {
    const byChance = this.#random.chance(PROBABILITY[kind])
    if (this.#stage.now < this.#sureFrom) return byChance
    const today = this.#zone.dayOf(this.#stage.now)
    if (today !== this.#day) {
      this.#day = today
      for (const [made, spared] of this.#spared)
        if (spared < 0) this.#spared.set(made, this.#random.integer(0, FIRST_OCCASIONS - 1))
    }
    const spared = this.#spared.get(kind) ?? 0
    this.#spared.set(kind, spared - 1)
    return spared === 0 || byChance
  }
}
