/** A day of very many events with very many subjects alive at any time: lively conversations, and orders on their way. */
import { Random } from '#core/random.ts'
import type { CloudEvent } from '#server/demo/feeds.ts'

export interface BigDay extends When {
  events: CloudEvent[]
  /** Epoch ms: the midnight after it. */
  end: number
  /** Conversations and orders that are under way at any time. */
  subjects: number
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A local day: where, and its midnight (epoch ms). */
interface When {
  timezone: string
  start: number
}
/** A Thursday, so that couriers come. */
const THURSDAY: When = { timezone: 'UTC', start: Date.parse('2026-11-19T00:00:00Z') }

/** The day that was over within the last hour, and where: a server over its log has no days to catch up with. */
export function dayJustOver(now: number): When {
  const hour = new Date(now).getUTCHours()
  const timezone = hour === 0 ? 'UTC' : hour <= 12 ? `Etc/GMT+${hour}` : `Etc/GMT-${24 - hour}`
  return { timezone, start: Math.floor(now / HOUR) * HOUR - DAY }
}

const AGENTS = 200
const SKUS = 500
/** Of the subjects, and of the events: people chat much and soon are gone, orders take days. */
const CONVERSATIONS = 0.015
const CHAT = 0.95

type Step = Pick<CloudEvent, 'type' | 'data'>

export function bigDay(count: number, subjects: number, { timezone, start }: When = THURSDAY): BigDay {
  const random = new Random(7)
  const events: CloudEvent[] = []
  const say = (source: string, type: CloudEvent['type'], subject: string, data: object) => {
    const time = new Date(start + Math.floor((events.length * DAY) / count)).toISOString()
    events.push({ specversion: '1.0', id: `e${events.length}`, source, type, subject, time, data })
  }
  for (let a = 0; a < AGENTS; a++) {
    say('chat', 'agent.registered', `a${a}`, { name: `Agent ${a}`, queues: [`q${a % 10}`], capacity: 100 })
    say('chat', 'agent.status_changed', `a${a}`, { status: 'online' })
  }
  for (let s = 0; s < SKUS; s++) say('mall', 'stock.changed', `sku${s}`, { onHand: 100, low: 5, hot: s % 10 === 0 })
  let told = 0
  const begin = (isOrder: boolean): Subject => {
    told++
    const story = isOrder ? orderStory(random) : conversationStory(random, told)
    return { id: `${isOrder ? 'o' : 'c'}${told}`, source: isOrder ? 'mall' : 'chat', story }
  }
  const goOn = (subjects: Subject[], slot: number, isOrder: boolean) => {
    const { id, source, story } = subjects[slot] as Subject
    const { value, done } = story.next()
    if (done) subjects[slot] = begin(isOrder)
    else say(source, value.type, id, value.data)
  }
  const conversations = Array.from({ length: Math.ceil(subjects * CONVERSATIONS) }, () => begin(false))
  const orders = Array.from({ length: subjects - conversations.length }, () => begin(true))
  orders.forEach((_, slot) => {
    goOn(orders, slot, true)
  })
  while (events.length < count) {
    if (random.chance(CHAT)) goOn(conversations, random.integer(0, conversations.length - 1), false)
    else goOn(orders, random.integer(0, orders.length - 1), true)
  }
  return { events, timezone, start, end: start + DAY, subjects }
}

interface Subject {
  id: string
  source: string
  story: Generator<Step, void>
}

function* conversationStory(random: Random, told: number): Generator<Step, void> {
  const agent = `a${random.integer(0, AGENTS - 1)}`
  yield { type: 'conversation.opened', data: { queue: `q${random.integer(0, 9)}`, customer: `u${told}` } }
  yield { type: 'conversation.assigned', data: { agent } }
  for (let left = random.integer(5, 34); left > 0; left--) {
    yield { type: 'message.sent', data: { agent, chars: 20 } }
    yield { type: 'message.received', data: { chars: 12 } }
  }
  yield { type: 'message.sent', data: { agent, chars: 30 } }
  yield { type: 'conversation.closed', data: { outcome: 'answered' } }
}

function* orderStory(random: Random): Generator<Step, void> {
  const lines = [{ sku: `sku${random.integer(0, SKUS - 1)}`, qty: 1 }]
  yield { type: 'order.placed', data: { lines, amount: 99, paid: true, destination: 'other_city', region: 'county' } }
  yield { type: 'order.confirmed', data: {} }
  yield { type: 'order.packed', data: {} }
  yield { type: 'order.tracked', data: { carrier: 'ems', trackingNumber: `EM${random.integer(0, 999_999_999)}` } }
  yield { type: 'order.collected', data: {} }
  yield { type: 'order.delivered', data: {} }
}
