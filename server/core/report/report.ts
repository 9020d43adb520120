/**
 * What a day or a week amounts to (handbook, chapter 5): a pure function of one floor over a window, as the floor knows
 * it at its now. What the events do not tell is said to be unknown, and why; it is never 0.
 */
import type { Trigger } from '../autoReply.ts'
import { iso } from '../iso.ts'
import type { Floor } from '../state.ts'
import { type RuleLine, ruleLines } from './byRule.ts'
import { chatFigures } from './chat.ts'
import { complaintFigures } from './complaints.ts'
import { crmFigures } from './crm.ts'
import { dispatchFigures, wavesIn } from './dispatch.ts'
import { FIGURE_IDS, type FigureId } from './figures.ts'
import { type Gathered, gather } from './gather.ts'
import { type Figure, figureOf, type Measure } from './measure.ts'
import { operationsFigures } from './operations.ts'
import { packingFigures } from './packing.ts'
import { type AgentLine, agentLines, type QueueLine, queueLines } from './people.ts'
import { platformFigures } from './platform.ts'
import { type Step, stepsOf } from './steps.ts'
import { type CategoryLine, categoryLines, type SkuLine, skuLines, stockFigures } from './stock.ts'

/** Raised whenever the meaning of a figure changes: reports that were kept are then worked out again. */
export const REPORT_VERSION = 1

const MAX_SKUS = 200

export interface WaveLine {
  wave: string
  at: string
  orders: number
  packed: number
  tracked: number
  collected: number
  onTime: number
}

/** Instants are RFC 3339 UTC with milliseconds; durations end in Ms. */
export interface Report {
  shop: string
  name: string
  timezone: string
  seq: number
  /** As known at this instant. */
  at: string
  from: string
  to: string
  /** The window is not over yet. */
  soFar?: true
  /** Nothing happened in it. */
  empty?: true
  figures: Figure[]
  steps: Step[]
  rules: RuleLine[]
  queues: QueueLine[]
  agents: AgentLine[]
  triggers: { trigger: Trigger; count: number }[]
  waves: WaveLine[]
  /** At most 200. */
  skus: SkuLine[]
  categories: CategoryLine[]
}

/** @param from @param to the window [from, to), epoch ms: a local day, or several */
export function reportOf(floor: Floor, from: number, to: number): Report {
  const all = gather(floor, from, to)
  const skus = skuLines(all)
  const categories = categoryLines(all, skus)
  const measures: Record<FigureId, Measure> = {
    ...chatFigures(all),
    ...operationsFigures(all),
    ...packingFigures(all),
    ...dispatchFigures(all),
    ...crmFigures(all),
    ...stockFigures(all, skus, categories),
    ...complaintFigures(all),
    ...platformFigures(all),
  }
  const { shop, name, timezone } = floor.config
  return {
    shop,
    name,
    timezone,
    seq: floor.seq,
    at: iso(floor.now),
    from: iso(from),
    to: iso(to),
    ...(floor.now < to && { soFar: true as const }),
    ...(isEmpty(all) && { empty: true as const }),
    figures: FIGURE_IDS.map((id) => figureOf(id, measures[id])),
    steps: stepsOf(all),
    rules: ruleLines(all),
    queues: queueLines(all),
    agents: agentLines(all),
    triggers: [...all.talk.autoByTrigger].map(([trigger, count]) => ({ trigger: trigger as Trigger, count })),
    waves: wavesIn(all).map(([wave, { at, ...counts }]) => ({ wave, at: iso(at), ...counts })),
    skus: skus.slice(0, MAX_SKUS),
    categories,
  }
}

function isEmpty({ talk, decided, samples, orders, complaints, isIn }: Gathered): boolean {
  const none = <T>(things: Map<string, T>, at: (thing: T) => number | undefined) =>
    ![...things.values()].some((thing) => isIn(at(thing)))
  return (
    talk.openings.length + decided.size + samples.length + talk.typing.messages === 0 &&
    none(orders, ({ placed }) => placed) &&
    none(complaints, ({ opened }) => opened)
  )
}
