import type { Tongue } from './names.ts'

/** What goes wrong with one rule: so many past due and about to be, the worst of them for so long. */
export interface Trouble {
  rule: string
  overdue: number
  atRisk: number
  /** How long the worst has been past due; of those only at risk, how long it still has, as a negative time. */
  worstMs: number
  /** Somebody has said that they see to it. */
  by?: string
}

/** How a made-up floor is doing. */
export interface Mood {
  seed: number
  name: string
  tongue: Tongue
  longNames?: boolean
  queues: readonly string[]
  waiting: number
  longestMs: number
  agents: number
  /** How full the agents are, 0 to 1 and beyond. */
  load: number
  firstRate: number
  replyRate: number
  out: number
  /** Orders of the next wave not yet tracked, of so many. */
  untracked: number
  orders: number
  troubles: readonly Trouble[]
  silent?: string
}
