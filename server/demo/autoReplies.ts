import { SECOND } from '#core/zone.ts'
import type { AutoTrigger, Conversation } from './conversation.ts'
import type { Shop } from './shop.ts'
import type { Story } from './stage.ts'

/** The chat platform answering by itself where no human can right away (handbook 2.3-3). */
export class AutoReplies {
  /** While it is down nothing is answered by itself. */
  down = false
  #shop: Shop
  #greetedToday = new Set<string>()
  #today = Number.NaN

  constructor(shop: Shop) {
    this.#shop = shop
  }

  /** A customer wrote. */
  heard(conversation: Conversation): void {
    this.#answer(conversation, this.#state(conversation) ?? this.#greeting(conversation))
    this.#greetedToday.add(conversation.customer)
  }

  /** A conversation came to an agent while its customer waits. */
  assigned(conversation: Conversation): void {
    this.#answer(conversation, this.#state(conversation))
  }

  /** What the agent's state calls for, and since when. */
  #state({ agent }: Conversation): [AutoTrigger, number] | undefined {
    if (agent?.status === 'away' || agent?.status === 'busy') return [agent.status, agent.statusSince]
    if (agent?.overloadedSince !== undefined) return ['over_capacity', agent.overloadedSince]
    return undefined
  }

  #greeting({ customer }: Conversation): [AutoTrigger, number] | undefined {
    const today = this.#shop.zone.dayOf(this.#shop.stage.now)
    if (today !== this.#today) {
      this.#today = today
      this.#greetedToday.clear()
    }
    return this.#greetedToday.has(customer) ? undefined : ['first_contact', today]
  }

  #answer(conversation: Conversation, call: [AutoTrigger, number] | undefined): void {
    if (call === undefined) return
    const [trigger, since] = call
    if (conversation.autoReplies.get(trigger) === since) return
    conversation.autoReplies.set(trigger, since)
    if (!this.down)
      this.#shop.stage.begin(this.#send(conversation, trigger), this.#shop.random.between(250, 1.4 * SECOND))
  }

  // biome-ignore lint/correctness/useYield: a story of one step
  *#send({ id, agent, open }: Conversation, auto: AutoTrigger): Story {
    if (open) this.#shop.say('chat', 'message.sent', id, { ...(agent && { agent: agent.id }), auto, chars: 46 })
  }
}
