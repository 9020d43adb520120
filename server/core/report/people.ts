/** The chat desk's figures by queue and by agent. */
import { FIRST_RESPONSE, REPLY_WAIT } from '../clocks.ts'
import type { Gathered } from './gather.ts'
import { rank } from './measure.ts'
import { speedOf, type Typing } from './talk.ts'

export interface Response {
  count: number
  met: number
  rate?: number
  p50Ms?: number
  p90Ms?: number
}

export interface QueueLine {
  queue: string
  conversations: number
  abandoned: number
  first: Response
  reply: Response
  /** Characters a minute. */
  typing?: number
}

export interface AgentLine {
  agent: string
  name: string
  messages: number
  first: Response
  reply: Response
  typing?: number
  rating?: number
  ratings: number
  /** Sent in their place. */
  autoReplies: number
}

/** The busiest first. */
export function queueLines(all: Gathered): QueueLine[] {
  const { talk, floor } = all
  const opened = countBy(talk.openings, 'queue')
  const abandoned = countBy(talk.abandoned, 'queue')
  return [...floor.queues.keys()]
    .map((queue) => ({
      ...{ queue, conversations: opened.get(queue) ?? 0, abandoned: abandoned.get(queue) ?? 0 },
      ...responses(all, 'queue', queue),
      ...typed(talk.typingByQueue.get(queue)),
    }))
    .filter(({ conversations, first, reply }) => conversations + first.count + reply.count > 0)
    .sort((a, b) => b.conversations - a.conversations || (a.queue < b.queue ? -1 : 1))
}

/** Those who wrote or answered for something, the lowest first-response rate first. */
export function agentLines(all: Gathered): AgentLine[] {
  const { talk, floor } = all
  return [...floor.agents.values()]
    .map(({ id: agent, name }) => {
      const typing = talk.typingByAgent.get(agent)
      const scores = talk.ratings.filter((rating) => rating.agent === agent).map(({ score }) => score)
      return {
        ...{ agent, name, messages: typing?.messages ?? 0 },
        ...responses(all, 'agent', agent),
        ...typed(typing),
        ...(scores.length > 0 && { rating: scores.reduce((a, b) => a + b, 0) / scores.length }),
        ...{ ratings: scores.length, autoReplies: talk.autoByAgent.get(agent) ?? 0 },
      }
    })
    .filter(({ messages, first, reply, autoReplies }) => messages + first.count + reply.count + autoReplies > 0)
    .sort((a, b) => (a.first.rate ?? 2) - (b.first.rate ?? 2) || (a.agent < b.agent ? -1 : 1))
}

function responses(all: Gathered, by: 'queue' | 'agent', id: string): { first: Response; reply: Response } {
  return { first: responseOf(all, FIRST_RESPONSE, by, id), reply: responseOf(all, REPLY_WAIT, by, id) }
}

/** As decided: the rate counts for whoever had it when it was decided, and so do the times. */
function responseOf({ decided, answers }: Gathered, rule: number, by: 'queue' | 'agent', id: string): Response {
  const credited = by === 'queue' ? 'outcomeQueue' : 'outcomeAgent'
  const own = decided.filter((clock) => clock.rule === rule && clock[credited] === id)
  const took = answers.filter((answer) => answer.rule === rule && answer[by] === id).map(({ ms }) => ms)
  took.sort((a, b) => a - b)
  const met = own.filter(({ outcome }) => outcome === 'met').length
  return {
    ...{ count: own.length, met },
    ...(own.length > 0 && { rate: met / own.length }),
    ...(took.length > 0 && { p50Ms: rank(took, 0.5), p90Ms: rank(took, 0.9) }),
  }
}

function typed(typing: Typing | undefined): { typing?: number } {
  const speed = typing && speedOf(typing)
  return speed === undefined ? {} : { typing: speed }
}

function countBy<K extends string>(things: readonly { [key in K]: string | undefined }[], key: K) {
  const counts = new Map<string | undefined, number>()
  for (const thing of things) counts.set(thing[key], (counts.get(thing[key]) ?? 0) + 1)
  return counts
}
