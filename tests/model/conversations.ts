/** §2.1: one conversation as its episodes, found by reading its events in the order they happened. */
import type { RecordedEvent } from '#core/events.ts'
import type { Book } from './book.ts'
import type { Clock, Credit } from './clock.ts'
import { arm } from './clock.ts'
import { byTime } from './milestones.ts'

export interface Episode {
  start: number
  /** What happened in it, from what opened it to its close and an answer at that very instant. */
  events: RecordedEvent[]
  /** The queue it opened in, and the one it is in. */
  firstQueue?: string | undefined
  queue?: string | undefined
  agent?: string | undefined
  answered: boolean
  /** The oldest customer message no human has answered, once one has spoken. */
  unansweredSince?: number | undefined
  closedAt?: number | undefined
  outcome?: string | undefined
  autoReplies: { time: number; agent?: string | undefined }[]
  clocks: Clock[]
}

export interface Conversation {
  id: string
  customer?: string | undefined
  queue?: string | undefined
  episodes: Episode[]
  /** All that was sent by itself, between episodes too. */
  autoMessages: { event: RecordedEvent<'message.sent'> }[]
}

/** The episode that is open now. */
export function openEpisode(conversation: Conversation | undefined): Episode | undefined {
  const last = conversation?.episodes.at(-1)
  return last?.closedAt === undefined ? last : undefined
}

/** Whether a customer waits for a human in an open episode: since when. */
export function waitsSince(episode: Episode): number | undefined {
  return episode.answered ? episode.unansweredSince : episode.start
}

export function conversationOf(book: Book, id: string, events: RecordedEvent[]): Conversation {
  const conversation: Conversation = { id, episodes: [], autoMessages: [] }
  for (const event of events.toSorted(byTime)) step(conversation, event)
  for (const episode of conversation.episodes) episode.clocks = clocksOf(book, id, episode)
  return conversation
}

function step(conversation: Conversation, event: RecordedEvent): void {
  let episode = openEpisode(conversation)
  if (event.type === 'conversation.opened') {
    conversation.queue = event.data.queue
    conversation.customer = event.data.customer ?? conversation.customer
  }
  if (event.type === 'conversation.moved' && (episode || conversation.episodes.length === 0)) {
    conversation.queue = event.data.queue
  }
  if (!episode && (event.type === 'conversation.opened' || event.type === 'message.received')) {
    episode = {
      start: event.time,
      firstQueue: conversation.queue,
      events: [],
      answered: false,
      autoReplies: [],
      clocks: [],
    }
    conversation.episodes.push(episode)
  }
  if (event.type === 'message.sent' && event.data.auto) {
    conversation.autoMessages.push({ event })
  }
  const justClosed = conversation.episodes.at(-1)
  if (!episode && isHuman(event) && justClosed?.closedAt === event.time) episode = justClosed
  if (!episode) return

  episode.events.push(event)
  episode.queue = conversation.queue
  if (event.type === 'conversation.assigned') episode.agent = event.data.agent
  if (event.type === 'conversation.returned') episode.agent = undefined
  if (event.type === 'message.received' && episode.answered) episode.unansweredSince ??= event.time
  if (event.type === 'message.sent' && event.data.auto) {
    episode.autoReplies.push({ time: event.time, agent: event.data.agent ?? episode.agent })
  }
  if (isHuman(event)) {
    episode.answered = true
    episode.unansweredSince = undefined
  }
  if (event.type === 'conversation.closed') {
    episode.closedAt = event.time
    episode.outcome = event.data.outcome
  }
}

const isHuman = (event: RecordedEvent): event is RecordedEvent<'message.sent'> =>
  event.type === 'message.sent' && event.data.auto === undefined

function clocksOf(book: Book, subject: string, episode: Episode): Clock[] {
  const { events, closedAt: end } = episode
  const clocks: Clock[] = []
  const clock = (rule: string, start: number, asked: number) => {
    const answerIndex = events.findIndex((event, index) => index > asked && isHuman(event))
    const answer = events[answerIndex] as RecordedEvent<'message.sent'> | undefined
    for (const armed of arm(book, { rule, subject, start, stop: answer?.time, end })) {
      const whenAnswered = creditAfter(episode, events.slice(0, answerIndex + 1))
      const metBy = { ...whenAnswered, agent: answer?.data.agent ?? whenAnswered.agent }
      const untilDue = events.filter((event) => event.time <= armed.due)
      clocks.push({ ...armed, which: `from ${start}`, metBy, breachedBy: creditAfter(episode, untilDue) })
    }
  }

  clock('first_response', episode.start, 0)
  let spoken = false
  let waiting = false
  for (const [index, event] of events.entries()) {
    if (isHuman(event)) {
      spoken = true
      waiting = false
    }
    if (event.type === 'message.received' && spoken && !waiting) {
      waiting = true
      clock('reply_wait', event.time, index)
    }
  }
  return clocks
}

/** The queue and the assignee after the first events of an episode. */
function creditAfter(episode: Episode, events: RecordedEvent[]): Credit {
  const credit: Credit = { queue: episode.firstQueue }
  for (const { type, data } of events) {
    if (type === 'conversation.opened' || type === 'conversation.moved') credit.queue = data.queue
    if (type === 'conversation.assigned') credit.agent = data.agent
    if (type === 'conversation.returned') credit.agent = undefined
  }
  return credit
}
