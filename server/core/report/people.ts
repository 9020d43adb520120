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
  const responses = responsesBy(all, 'queue')
  const opened = countBy(talk.openings, 'queue')
  const abandoned = countBy(talk.abandoned, 'queue')
  return [...floor.queues.keys()]
    .map((queue) => ({
      queue,
      conversations: opened.get(queue) ?? 0,
      abandoned: abandoned.get(queue) ?? 0,
      ...responses(queue),
      ...typed(talk.typingByQueue.get(queue)),
    }))
    .filter(({ conversations, first, reply }) => conversations + first.count + reply.count > 0)
    .sort((a, b) => b.conversations - a.conversations || (a.queue < b.queue ? -1 : 1))
}

/** Those who wrote or answered for something, the lowest first-response rate first. */
export function agentLines(all: Gathered): AgentLine[] {
  const { talk, floor } = all
  const responses = responsesBy(all, 'agent')
  return [...floor.agents.values()]
    .map(({ id: agent, name }) => {
      const typing = talk.typingByAgent.get(agent)
      const scores = talk.ratings.filter((rating) => rating.agent === agent).map(({ score }) => score)
      return {
        agent,
        name,
        messages: typing?.messages ?? 0,
        ...responses(agent),
        ...typed(typing),
        ...(scores.length > 0 && { rating: scores.reduce((a, b) => a + b, 0) / scores.length }),
        ratings: scores.length,
        autoReplies: talk.autoByAgent.get(agent) ?? 0,
      }
    })
    .filter(({ messages, first, reply, autoReplies }) => messages + first.count + reply.count + autoReplies > 0)
    .sort((a, b) => (a.first.rate ?? 2) - (b.first.rate ?? 2) || (a.agent < b.agent ? -1 : 1))
}

interface Tally {
  count: number
  met: number
  took: number[]
}

/** Of each queue or agent. The rate counts for whoever had it when it was decided, and so do the times. */
function responsesBy({ decisions, answers }: Gathered, by: 'queue' | 'agent') {
  const tallies: Record<number, Map<string, Tally>> = { [FIRST_RESPONSE]: new Map(), [REPLY_WAIT]: new Map() }
  const tallyOf = (rule: number, id: string | undefined): Tally | undefined => {
    const ofRule = tallies[rule]
    if (ofRule === undefined || id === undefined) return undefined
    const tally = ofRule.get(id) ?? { count: 0, met: 0, took: [] }
    ofRule.set(id, tally)
    return tally
  }
  for (const decision of decisions) {
    const tally = tallyOf(decision.rule, decision[by])
    if (tally === undefined) continue
    tally.count++
    if (decision.met) tally.met++
  }
  for (const answer of answers) tallyOf(answer.rule, answer[by])?.took.push(answer.ms)
  return (id: string): { first: Response; reply: Response } => ({
    first: responseOf(tallies[FIRST_RESPONSE]?.get(id)),
    reply: responseOf(tallies[REPLY_WAIT]?.get(id)),
  })
}

function responseOf({ count, met, took }: Tally = { count: 0, met: 0, took: [] }): Response {
  took.sort((a, b) => a - b)
  return {
    count,
    met,
    ...(count > 0 && { rate: met / count }),
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
