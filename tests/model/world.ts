/** Everything that is known once a number of events has been recorded, worked out afresh from those events. */
import type { RecordedEvent } from '#core/events.ts'
import { OWN_SOURCE } from '#core/events.ts'
import type { ShopConfig } from '#core/shop.ts'
import type { Agent } from './agents.ts'
import { agentOf } from './agents.ts'
import { Book } from './book.ts'
import type { Clock } from './clock.ts'
import type { Conversation, Episode } from './conversations.ts'
import { conversationOf, openEpisode } from './conversations.ts'
import { complaintClocks, inquiryClocks, returnClocks } from './desks.ts'
import type { Wave } from './due.ts'
import { waveFor } from './due.ts'
import { Milestones } from './milestones.ts'
import { effectiveAt, orderClocks } from './orders.ts'
import type { Sku } from './stock.ts'
import { skuOf } from './stock.ts'

export interface Order {
  steps: Milestones
  clocks: Clock[]
}

export interface World {
  /** In the order they were recorded. */
  events: RecordedEvent[]
  book: Book
  conversations: Map<string, Conversation>
  agents: Map<string, Agent>
  orders: Map<string, Order>
  skus: Map<string, Sku>
  queues: Set<string>
  /** When each source was last heard. */
  heard: Map<string, number>
  /** All but those of auto-reply duties. */
  clocks: Clock[]
}

/** Returns what it returned before for the key: a subject about which nothing new is known is not worked out again. */
export type Remember = <T>(key: string, make: () => T) => T

export function worldOf(config: ShopConfig, events: RecordedEvent[], remember: Remember): World {
  const book = new Book(config, events)
  const each = <T>(kinds: string[], of: (id: string, events: RecordedEvent[]) => T | undefined): Map<string, T> => {
    const values = [...bySubject(events, kinds)].map(([id, own]) => {
      const key = JSON.stringify([kinds, id, own.length, book.versions])
      return [id, remember(key, () => of(id, own))] as const
    })
    return new Map(values.filter((entry): entry is readonly [string, T & {}] => entry[1] !== undefined))
  }
  const conversations = each(['conversation', 'message'], (id, of) => conversationOf(book, id, of))
  const { capacities } = book.latest.handbook
  const agents = each(['agent'], (id, of) => agentOf(id, of, capacities))
  const orders = each(['order'], (id, of) => ({ steps: new Milestones(of), clocks: orderClocks(book, id, of) }))
  const skus = each(['stock'], (id, of) => skuOf(book, id, of))
  const queues = new Set<string>()
  const heard = new Map<string, number>()
  for (const { type, data, source, recordedAt } of events) {
    if (source !== OWN_SOURCE) heard.set(source, recordedAt)
    if (type === 'conversation.opened' || type === 'conversation.moved') queues.add(data.queue)
    if (type === 'agent.registered' || type === 'agent.moved') for (const queue of data.queues) queues.add(queue)
    const named = type === 'conversation.assigned' || type === 'message.sent' ? data.agent : undefined
    if (named !== undefined && !agents.has(named)) agents.set(named, agentOf(named, [], capacities))
  }
  const clocks = [
    [...conversations.values()].flatMap(({ episodes }) => episodes.map((episode) => episode.clocks)),
    [...orders.values()].map((order) => order.clocks),
    [...each(['return'], (id, of) => returnClocks(book, id, of)).values()],
    [...each(['complaint'], (id, of) => complaintClocks(book, id, of)).values()],
    [...each(['inquiry'], (id, of) => inquiryClocks(book, id, of)).values()],
    [...skus.values()].map((sku) => sku.clocks),
  ].flat(2)
  return { events, book, conversations, agents, orders, skus, queues, heard, clocks }
}

/** The open episodes with the conversation each is of. */
export function openEpisodes(world: World): { id: string; episode: Episode }[] {
  return [...world.conversations.values()].flatMap((conversation) => {
    const episode = openEpisode(conversation)
    return episode ? [{ id: conversation.id, episode }] : []
  })
}

export const activeOf = (world: World, agent: string): number =>
  openEpisodes(world).filter(({ episode }) => episode.agent === agent).length

export const isOver = (world: World, agent: Agent): boolean =>
  agent.capacity !== undefined && activeOf(world, agent.id) > agent.capacity

export const waitingIn = (world: World, queue: string): number =>
  openEpisodes(world).filter(({ episode }) => episode.queue === queue && !episode.answered).length

export const onlineIn = (world: World, queue: string): Agent[] =>
  [...world.agents.values()].filter((agent) => agent.status === 'online' && agent.queues.includes(queue))

/** The orders that count for the waves: effective and not cancelled. Each keeps the grace of the handbook it began under. */
export function shippable(world: World): { steps: Milestones; wave: Wave; graceMs: number }[] {
  return [...world.orders.values()].flatMap(({ steps }) => {
    const effective = effectiveAt(steps)
    if (effective === undefined || steps.first('order.cancelled') !== undefined) return []
    const calendar = world.book.at(effective)
    return [{ steps, wave: waveFor(calendar, effective), graceMs: calendar.handbook.graceMs }]
  })
}

function bySubject(events: RecordedEvent[], kinds: string[]): Map<string, RecordedEvent[]> {
  const own = events.filter(({ type }) => kinds.includes(type.split('.')[0]!))
  return Map.groupBy(own, ({ subject }) => subject)
}
