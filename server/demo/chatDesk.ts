import { Agent, type Status } from './agent.ts'
import { AutoReplies } from './autoReplies.ts'
import type { Conversation, Outcome } from './conversation.ts'
import { ROSTER } from './people.ts'
import type { Shop } from './shop.ts'

/** Brings customers and agents together and says what passes between them. */
export class ChatDesk {
  readonly agents = ROSTER.map((member) => new Agent(member))
  readonly autoReplies: AutoReplies
  /** Open conversations without an agent, oldest first. */
  readonly line: Conversation[] = []
  #shop: Shop
  #opened = 0

  constructor(shop: Shop) {
    this.#shop = shop
    this.autoReplies = new AutoReplies(shop)
  }

  register(): void {
    for (const { id, name, queues, capacity, tier } of ROSTER)
      this.#shop.say('chat', 'agent.registered', id, { name, queues: [...queues], capacity, tier })
  }

  open(customer: string, queue: string, channel: string): Conversation {
    const conversation: Conversation = {
      id: `c${++this.#opened}`,
      customer,
      queue,
      open: true,
      agent: undefined,
      answered: false,
      waitingSince: undefined,
      autoReplies: new Map(),
      visitor: undefined,
    }
    this.#shop.say('chat', 'conversation.opened', conversation.id, { queue, customer, channel })
    return conversation
  }

  /** The customer writes; on a closed conversation that opens it again. */
  receive(conversation: Conversation, chars: number): void {
    if (!conversation.open) {
      conversation.open = true
      conversation.answered = false
      conversation.autoReplies.clear()
    }
    this.#shop.say('chat', 'message.received', conversation.id, { chars })
    conversation.waitingSince ??= this.#shop.stage.now
    this.autoReplies.heard(conversation)
    if (conversation.agent) conversation.agent.nudge()
    else if (!this.line.includes(conversation)) this.#route(conversation)
  }

  reply(agent: Agent, conversation: Conversation, chars: number, typingMs?: number): void {
    const typed = typingMs === undefined ? {} : { typingMs: Math.round(typingMs) }
    this.#shop.say('chat', 'message.sent', conversation.id, { agent: agent.id, chars, ...typed })
    conversation.answered = true
    conversation.waitingSince = undefined
    conversation.visitor?.wake()
  }

  /** `by` names who decided it when it was not the routing. */
  assign(conversation: Conversation, agent: Agent, by?: string): void {
    this.#leaveLine(conversation)
    this.#detach(conversation)
    conversation.agent = agent
    agent.conversations.add(conversation)
    this.#weigh(agent)
    this.#shop.say('chat', 'conversation.assigned', conversation.id, { agent: agent.id, ...(by && { by }) })
    if (conversation.waitingSince === undefined) return
    this.autoReplies.assigned(conversation)
    agent.nudge()
  }

  giveBack(conversation: Conversation, by: string): void {
    this.#detach(conversation)
    this.#shop.say('chat', 'conversation.returned', conversation.id, { by })
    this.#route(conversation)
  }

  move(conversation: Conversation, queue: string, by: string): void {
    if (conversation.agent) {
      this.#detach(conversation)
      this.#shop.say('chat', 'conversation.returned', conversation.id, { by })
    }
    this.#leaveLine(conversation)
    conversation.queue = queue
    this.#shop.say('chat', 'conversation.moved', conversation.id, { queue, by })
    this.#route(conversation)
  }

  close(conversation: Conversation, outcome: Outcome): void {
    const { agent } = conversation
    conversation.open = false
    conversation.waitingSince = undefined
    this.#leaveLine(conversation)
    this.#detach(conversation)
    this.#shop.say('chat', 'conversation.closed', conversation.id, { outcome })
    if (agent) this.#fill(agent)
  }

  setStatus(agent: Agent, status: Status, reason?: string): void {
    if (agent.status === status) return
    agent.status = status
    agent.statusSince = this.#shop.stage.now
    this.#weigh(agent)
    this.#shop.say('chat', 'agent.status_changed', agent.id, { status, ...(reason && { reason }) })
    this.#fill(agent)
  }

  moveAgent(agent: Agent, queues: readonly string[], by: string): void {
    agent.queues = queues
    this.#shop.say('chat', 'agent.moved', agent.id, { queues: [...queues], by })
    this.#fill(agent)
  }

  onlineOf(queue: string): Agent[] {
    return this.agents.filter((agent) => agent.status === 'online' && agent.queues.includes(queue))
  }

  /** To whoever of the queue has room and least to do, else to the end of the line. */
  #route(conversation: Conversation): void {
    let best: Agent | undefined
    for (const agent of this.agents) {
      if (!agent.hasRoom || !agent.queues.includes(conversation.queue)) continue
      if (best === undefined || agent.conversations.size < best.conversations.size) best = agent
    }
    if (best) this.assign(conversation, best)
    else this.line.push(conversation)
  }

  /** Gives an agent with room the next in line. */
  #fill(agent: Agent): void {
    while (agent.hasRoom) {
      const next = this.line.find(({ queue }) => agent.queues.includes(queue))
      if (next === undefined) return
      this.assign(next, agent)
    }
  }

  #leaveLine(conversation: Conversation): void {
    const place = this.line.indexOf(conversation)
    if (place >= 0) this.line.splice(place, 1)
  }

  #detach(conversation: Conversation): void {
    const { agent } = conversation
    if (agent === undefined) return
    conversation.agent = undefined
    agent.conversations.delete(conversation)
    this.#weigh(agent)
  }

  #weigh(agent: Agent): void {
    const over = agent.status === 'online' && agent.conversations.size > agent.member.capacity
    agent.overloadedSince = over ? (agent.overloadedSince ?? this.#shop.stage.now) : undefined
  }
}
