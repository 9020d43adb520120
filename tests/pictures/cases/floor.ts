import { Random } from '#core/random.ts'
import type { ResponseStats, View } from '#core/view.ts'
import { agents } from './agents.ts'
import { alerts, clocks } from './clocks.ts'
import { NOON } from './instant.ts'
import type { Mood } from './mood.ts'
import { pickups, sources } from './orders.ts'
import { queues } from './queues.ts'
import { stock } from './stock.ts'

const RATE = { low: 0.9, well: 0.92 }

/** The view of a made-up floor: the same mood, the same view. */
export function floor(mood: Mood): View {
  const random = new Random(mood.seed)
  const people = agents(random, mood)
  const shelves = stock(random, mood)
  return {
    shop: 'wall',
    name: mood.name,
    timezone: 'Asia/Shanghai',
    seq: 48_213,
    at: new Date(NOON).toISOString(),
    queues: queues(random, mood, people),
    response: {
      first: { targetMs: 30_000, ...rates(mood.firstRate, 412, 12_000, 27_400) },
      reply: { targetMs: 60_000, ...rates(mood.replyRate, 1_208, 17_000, 40_100) },
      rate: RATE,
    },
    agents: people,
    stock: shelves,
    pickups: pickups(mood),
    clocks: clocks(random, mood),
    ...alerts(random, mood, { agents: people, stock: shelves }),
    sources: sources(mood.silent),
  }
}

/** The quarter of an hour is a little worse than the day when the day is bad. */
function rates(
  rate: number,
  count: number,
  p50Ms: number,
  p90Ms: number,
): { today: ResponseStats; recent: ResponseStats } {
  const decided = (share: number, of: number, slow: number) => {
    const met = Math.round(of * share)
    return { count: of, met, rate: met / of, p50Ms: Math.round(p50Ms * slow), p90Ms: Math.round(p90Ms * slow) }
  }
  const slow = 1 + (1 - rate) * 5
  return {
    today: decided(rate, count, slow),
    recent: decided(Math.max(0, rate - (1 - rate) * 0.6), Math.round(count / 14), slow * 1.2),
  }
}

/** A shop of which nothing has been heard yet. */
export function emptyFloor(name: string): View {
  const nothing = { today: { count: 0, met: 0 }, recent: { count: 0, met: 0 } }
  return {
    shop: 'wall',
    name,
    timezone: 'Asia/Shanghai',
    seq: 0,
    at: new Date(NOON).toISOString(),
    queues: {},
    response: { first: { targetMs: 30_000, ...nothing }, reply: { targetMs: 60_000, ...nothing }, rate: RATE },
    agents: {},
    stock: {},
    pickups: {},
    clocks: {},
    alerts: {},
    alertCounts: {},
    sources: {},
  }
}
