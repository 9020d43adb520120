/**
 * The conditions, by walking through every instant at which one can change: every recording, and every instant at
 * which time alone may raise or clear one. What is judged at an instant is what was known then.
 */
import type { ShopConfig } from '#core/shop.ts'
import type { Agent } from './agents.ts'
import type { Calendar } from './calendar.ts'
import { decided, within15Minutes } from './figures.ts'
import type { Condition, ConditionName } from './handbook.ts'
import { DAY, MINUTE } from './handbook.ts'
import type { World } from './world.ts'
import { isOver, onlineIn, shippable, waitingIn } from './world.ts'

/** Rule and subject as one key, to the instant since when. */
export type Since = Map<string, number>

export interface ConditionStep {
  at: number
  raised: Since
  /** How long the states that conditions ask for have lasted: since when. */
  lasting: Since
}

export const keyOf = (rule: string, subject: string): string => JSON.stringify([rule, subject])

/** `worlds[i]` is what is known after i events. One step for each instant that may matter. */
export function conditionSteps(config: ShopConfig, worlds: World[]): ConditionStep[] {
  const steps: ConditionStep[] = [{ at: Number.NEGATIVE_INFINITY, raised: new Map(), lasting: new Map() }]
  for (const [index, world] of worlds.entries()) {
    const from = recordedAt(world)
    const until = worlds[index + 1] ? recordedAt(worlds[index + 1]!) : from + 3 * DAY
    // Of what is recorded at one instant only the whole is judged.
    if (world.events.length === 0 || until === from) continue
    steps.push(judged(steps.at(-1)!, config, world, from))
    for (const at of instantsAhead(world, steps.at(-1)!, from, until)) {
      steps.push(judged(steps.at(-1)!, config, world, at))
    }
  }
  return steps
}

/** The state at an instant, which may lie between two steps. */
export function conditionsAt(steps: ConditionStep[], config: ShopConfig, world: World, at: number): Since {
  const last = steps.findLast((step) => step.at <= at)!
  return world.events.length === 0 ? last.raised : judged(last, config, world, at).raised
}

const recordedAt = (world: World): number => world.events.at(-1)?.recordedAt ?? Number.NEGATIVE_INFINITY

/** The states that must last a while before a condition is raised or cleared. */
/** Those of a condition that is off do not last: it is held from the instant it is switched on. */
function statesOf(world: World, at: number): [string, boolean][] {
  const { queue_depth: depth, no_agent: noAgent, over_capacity: overCapacity } = figuresAt(world, at)
  const serves = world.book.at(at).isOpen('service', at)
  const ofQueues = [...world.queues].flatMap((queue): [string, boolean][] => {
    const waiting = waitingIn(world, queue)
    return [
      [keyOf('deep', queue), depth.on && waiting > depth.raise],
      [keyOf('shallow', queue), waiting <= depth.clear],
      [keyOf('no_agent', queue), noAgent.on && serves && waiting > 0 && onlineIn(world, queue).length === 0],
    ]
  })
  const ofAgents = [...world.agents.values()].map((agent): [string, boolean] => [
    keyOf('over_capacity', agent.id),
    overCapacity.on && isOver(world, agent),
  ])
  return [...ofQueues, ...ofAgents]
}

const figuresAt = (world: World, at: number): Record<ConditionName, Condition> => world.book.at(at).handbook.conditions

/** Every condition judged at an instant, given how things stood at the last. */
function judged(last: ConditionStep, config: ShopConfig, world: World, at: number): ConditionStep {
  const lasting: Since = new Map()
  for (const [key, holds] of statesOf(world, at)) if (holds) lasting.set(key, last.lasting.get(key) ?? at)
  const raised: Since = new Map()
  const figures = figuresAt(world, at)
  for (const { rule, subject, holds } of judgements({ ...last, lasting }, config, world, at)) {
    const key = keyOf(rule, subject)
    if (holds && figures[rule].on) raised.set(key, last.raised.get(key) ?? at)
  }
  return { at, raised, lasting }
}

interface Judgement {
  rule: ConditionName
  subject: string
  holds: boolean
}

function judgements(last: ConditionStep, config: ShopConfig, world: World, at: number): Judgement[] {
  const calendar = world.book.at(at)
  const figures = calendar.handbook.conditions
  const serves = calendar.isOpen('service', at)
  const wasRaised = (rule: ConditionName, subject: string) => last.raised.has(keyOf(rule, subject))
  const lasts = (state: string, subject: string, ms: number) => {
    const since = last.lasting.get(keyOf(state, subject))
    return since !== undefined && at - since >= ms
  }
  const queues = [...world.queues].flatMap((queue): Judgement[] => {
    const { queue_depth: depth, no_agent: noAgent } = figures
    return [
      {
        rule: 'queue_depth',
        subject: queue,
        holds: wasRaised('queue_depth', queue)
          ? !lasts('shallow', queue, depth.clearMs)
          : lasts('deep', queue, depth.raiseMs),
      },
      {
        rule: 'no_agent',
        subject: queue,
        holds: lasts('no_agent', queue, noAgent.raiseMs),
      },
    ]
  })
  const agents = [...world.agents.values()].flatMap((agent): Judgement[] => [
    {
      rule: 'over_capacity',
      subject: agent.id,
      holds: lasts('over_capacity', agent.id, figures.over_capacity.raiseMs),
    },
    { rule: 'away_too_long', subject: agent.id, holds: serves && isAwayTooLong(calendar, agent, at) },
  ])
  const rates = [undefined, ...world.queues].map((queue): Judgement => {
    const subject = queue ?? config.shop
    const rate = figures.response_rate
    const threshold = wasRaised('response_rate', subject) ? rate.clear : rate.raise
    const firsts = world.clocks.filter((clock) => clock.rule === 'first_response')
    const isCredited = (to: { queue?: string | undefined }) => queue === undefined || to.queue === queue
    const recent = decided(firsts, at, within15Minutes(at), isCredited)
    return { rule: 'response_rate', subject, holds: recent.count >= rate.atLeast && recent.rate! < threshold }
  })
  const untracked = shippable(world).filter(({ steps }) => steps.first('order.tracked') === undefined)
  const waves = untracked.map(({ wave }): Judgement => {
    const comes = comesAt(calendar, wave)
    const holds = comes - figures.wave_at_risk.raiseMs <= at && at <= comes
    return { rule: 'wave_at_risk', subject: wave.id, holds }
  })
  const skus = [...world.skus].map(([subject, sku]): Judgement => {
    return { rule: 'stock_out', subject, holds: sku.hot && sku.state === 'out' }
  })
  const sources = [...world.heard].map(([subject, heardAt]): Judgement => {
    const isLong = calendar.between(heardAt, at, 'service') >= figures.source_silent.raiseMs
    const mayRing = serves && at <= heardAt + DAY
    return { rule: 'source_silent', subject, holds: isLong && (mayRing || wasRaised('source_silent', subject)) }
  })
  return [...queues, ...agents, ...rates, ...waves, ...skus, ...sources]
}

/** By the shop's clock as it is then, whatever it was when the order took effect. */
function comesAt(calendar: Calendar, { id }: { id: string }): number {
  return calendar.instantOf(id.slice(0, 10), id.slice(11))
}

function isAwayTooLong(calendar: Calendar, agent: Agent, at: number): boolean {
  return agent.status === 'away' && at >= awayTooLongAt(calendar, agent)
}

/** The first millisecond after what is allowed has passed. */
function awayTooLongAt(calendar: Calendar, agent: Agent): number {
  return calendar.add(agent.since!, awayMax(calendar, agent), 'service') + 1
}

function awayMax(calendar: Calendar, agent: Agent): number {
  const { raiseMs, mealMs } = calendar.handbook.conditions.away_too_long
  return agent.reason === 'meal' ? mealMs : raiseMs
}

/** Every instant between two at which time alone may raise or clear a condition. */
function instantsAhead(world: World, step: ConditionStep, from: number, until: number): number[] {
  const calendar = world.book.at(from)
  const figures = calendar.handbook.conditions
  const instants = [...step.lasting].flatMap(([key, since]) => {
    const [state] = JSON.parse(key) as [string]
    if (state === 'deep') return [since + figures.queue_depth.raiseMs]
    if (state === 'shallow') return [since + figures.queue_depth.clearMs]
    if (state === 'over_capacity') return [since + figures.over_capacity.raiseMs]
    return [since + figures.no_agent.raiseMs]
  })
  for (const agent of world.agents.values()) {
    if (agent.status === 'away') instants.push(awayTooLongAt(calendar, agent))
  }
  for (const heardAt of world.heard.values()) {
    instants.push(calendar.add(heardAt, figures.source_silent.raiseMs, 'service'))
  }
  for (const { wave } of shippable(world)) {
    const comes = comesAt(calendar, wave)
    instants.push(comes - figures.wave_at_risk.raiseMs, comes + 1)
  }
  for (const clock of world.clocks) {
    if (clock.rule !== 'first_response') continue
    instants.push(clock.due + 1, clock.due + 15 * MINUTE)
    if (clock.stop !== undefined) instants.push(clock.stop + 15 * MINUTE)
  }
  for (let date = calendar.dateOf(from); calendar.midnight(date) < until; date = calendar.dayAfter(date)) {
    for (const window of calendar.windows('service', date)) {
      instants.push(window.from, window.from + figures.no_agent.raiseMs, window.to)
    }
  }
  return [...new Set(instants)].filter((at) => from < at && at < until).sort((a, b) => a - b)
}
