/** §2.3-3: the auto-replies called for, judged event by event with what was known then. */
import type { RecordedEvent } from '#core/events.ts'
import type { Clock } from './clock.ts'
import { arm } from './clock.ts'
import type { Episode } from './conversations.ts'
import { waitsSince } from './conversations.ts'
import type { World } from './world.ts'
import { isOver } from './world.ts'

interface Call {
  by: RecordedEvent
  trigger: string
  /** The state that caused it: no second call in one episode for the same. */
  state: string
}

/** Of the conversation's episodes as they are known, the one an event belongs to. */
function episodeWith(world: World, event: RecordedEvent): Episode | undefined {
  return world.conversations.get(event.subject)?.episodes.find(({ events }) => events.includes(event))
}

/** `worlds[i]` is what is known after i events. */
export function callsOf(worlds: World[]): Call[] {
  const calls: Call[] = []
  /** The last local day on which each customer was heard. */
  const lastHeard = new Map<string, string>()
  /** How many spells of a status, and of not being online above capacity, an agent was seen to have. */
  const spells = new Map<string, number>()
  const reliefs = new Map<string, number>()
  const count = (counts: Map<string, number>, id: string) => counts.set(id, (counts.get(id) ?? 0) + 1)

  for (const [index, world] of worlds.entries()) {
    const event = world.events.at(-1)
    if (!event) continue
    for (const agent of world.agents.values()) {
      const before = worlds[index - 1]?.agents.get(agent.id)
      // One that turns out to have begun earlier is the same spell.
      const goesOn = before?.status === agent.status && (agent.since ?? 0) <= (before.since ?? 0)
      if (!goesOn) count(spells, agent.id)
      if (agent.status !== 'online' || !isOver(world, agent)) count(reliefs, agent.id)
    }
    const episode = episodeWith(world, event)
    if (!episode) continue
    const isFirst = greets(world, event, lastHeard)
    const isMessage = event.type === 'message.received' || opens(event, episode)
    const isAssignment = event.type === 'conversation.assigned' && waitsSince(episode) !== undefined
    const isCurrent = episode.closedAt === undefined
    if (!isCurrent || !(isMessage || isAssignment)) continue

    const agent = episode.agent === undefined ? undefined : world.agents.get(episode.agent)
    const call = ((): Omit<Call, 'by'> | undefined => {
      if (agent?.status === 'away' || agent?.status === 'busy') {
        return { trigger: agent.status, state: `${agent.id} ${spells.get(agent.id)}` }
      }
      if (agent?.status === 'online' && isOver(world, agent)) {
        return { trigger: 'over_capacity', state: `${agent.id} ${reliefs.get(agent.id) ?? 0}` }
      }
      return isFirst ? { trigger: 'first_contact', state: localDay(world, event) } : undefined
    })()
    const isSame = (other: Call) =>
      other.trigger === call?.trigger && other.state === call.state && episode.events.includes(other.by)
    if (call && !calls.some(isSame)) calls.push({ ...call, by: event })
  }
  return calls
}

const opens = (event: RecordedEvent, episode: Episode): boolean =>
  event.type === 'conversation.opened' && episode.events[0] === event

const localDay = (world: World, event: RecordedEvent): string => world.book.at(event.time).dateOf(event.time)

/** Whether this is the customer's first message of its local day or a later one, as far as known; remembers the day. */
function greets(world: World, event: RecordedEvent, lastHeard: Map<string, string>): boolean {
  if (event.type !== 'message.received' && event.type !== 'conversation.opened') return false
  const who = world.conversations.get(event.subject)?.customer
  const key = JSON.stringify(who === undefined ? ['conversation', event.subject] : ['customer', who])
  const day = localDay(world, event)
  if ((lastHeard.get(key) ?? '') >= day) return false
  lastHeard.set(key, day)
  return true
}

/** The clocks of the calls made so far. */
export function dutyClocks(world: World, calls: Call[]): Clock[] {
  return calls.flatMap((call) => {
    const { by, trigger } = call
    const episode = episodeWith(world, by)
    if (!episode) return []
    const { autoMessages } = world.conversations.get(by.subject)!
    const end = episode.closedAt
    const sent = autoMessages.find(
      ({ event }) =>
        event.data.auto === trigger && (event.time > by.time || (event.time === by.time && event.seq > by.seq)),
    )?.event
    const stop = sent && sent.time <= (end ?? sent.time) ? sent.time : undefined
    const arming = { rule: 'auto_reply', subject: by.subject, start: by.time, stop, end }
    // The same may be called for twice at one instant: by two agents of whom each is away, one after the other.
    const twins = calls.filter(
      (other) => other.trigger === trigger && other.by.subject === by.subject && other.by.time === by.time,
    )
    const which = `${trigger} from ${by.time} ${twins.indexOf(call)}`
    return arm(world.book, arming).map((clock) => ({ ...clock, which }))
  })
}
