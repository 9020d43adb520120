/** How each condition of the floor judges its subject. */

import type { ConditionState, Judge } from './conditions.ts'
import type { ConditionId } from './conditionTable.ts'
import { DAY } from './zone.ts'

const FINE: ConditionState = { bad: false, good: true }

export const JUDGES: Record<ConditionId, Judge> = {
  queue_depth(floor, subject, { raise = 0, clear = 0 }) {
    const waiting = floor.queues.get(subject)?.waiting.size ?? 0
    return { bad: waiting > raise, good: waiting <= clear, queue: subject }
  },

  no_agent(floor, subject) {
    const queue = floor.queues.get(subject)
    if (queue === undefined || queue.waiting.size === 0 || queue.online > 0) return FINE
    const { service } = floor.book.calendars
    const isOpen = service.isOpen(floor.now)
    return { bad: isOpen, good: !isOpen, looksAt: service.nextEdge(floor.now), queue: subject }
  },

  over_capacity(floor, subject) {
    const agent = floor.agents.get(subject)
    const isOver = agent?.capacity !== undefined && agent.active > agent.capacity
    return { bad: isOver, good: !isOver, agent: subject }
  },

  away_too_long(floor, subject, { raiseMs, mealMs = raiseMs }) {
    const agent = floor.agents.get(subject)
    if (agent?.status !== 'away' || agent.since === undefined) return FINE
    const { service } = floor.book.calendars
    // More than the limit: from the first millisecond after it.
    const ringsAt = service.add(agent.since, agent.reason === 'meal' ? mealMs : raiseMs) + 1
    const isOpen = service.isOpen(floor.now)
    // Away anew, or at a meal after all: not too long yet.
    const isDue = floor.now >= ringsAt
    const edge = service.nextEdge(floor.now)
    const looksAt = isDue ? edge : Math.min(ringsAt, edge)
    return { bad: isOpen, good: !(isOpen && isDue), ringsAt, looksAt, agent: subject }
  },

  response_rate(floor, subject, { raise = 0, clear = 0, atLeast = 1 }) {
    const { recent } = floor.tallies.first
    const queue = subject === '' ? undefined : subject.slice('queue:'.length)
    const { count, met } = queue === undefined ? recent : (recent.queues.get(queue) ?? { count: 0, met: 0 })
    if (count < atLeast) return FINE
    return { bad: met / count < raise, good: met / count >= clear, queue }
  },

  wave_at_risk(floor, subject, { raiseMs }) {
    const wave = floor.pickups.waves.get(subject)
    if (wave === undefined || floor.now > wave.at) return FINE
    const from = wave.at - raiseMs
    if (floor.now < from) return { ...FINE, looksAt: from }
    const isBehind = wave.orders > wave.tracked
    return { bad: isBehind, good: !isBehind, ringsAt: from, looksAt: wave.at + 1 }
  },

  stock_out(floor, subject) {
    const sku = floor.skus.get(subject)
    const isOut = sku?.hot === true && sku.state === 'out'
    return { bad: isOut, good: !isOut }
  },

  source_silent(floor, subject, { raiseMs }) {
    const lastAt = floor.sources.get(subject)?.lastAt
    if (lastAt === undefined) return FINE
    const { service } = floor.book.calendars
    const ringsAt = service.add(lastAt, raiseMs)
    const silent = floor.now >= ringsAt
    // Once it rings, only being heard clears it: hearing moves ringsAt on.
    if (!service.isOpen(floor.now) || floor.now > lastAt + DAY) {
      const looksAt = floor.now > lastAt + DAY ? undefined : service.nextEdge(floor.now)
      return { bad: false, good: !silent, looksAt }
    }
    return { bad: silent, good: !silent, ringsAt, looksAt: silent ? undefined : ringsAt }
  },
}
