/** How a window went: hour by hour of a day, day by day of a longer one. */
import { FIRST_RESPONSE } from '../clocks.ts'
import { iso } from '../iso.ts'
import { DAY, HOUR } from '../zone.ts'
import type { Gathered } from './gather.ts'

export interface Step {
  /** Its beginning, RFC 3339. */
  at: string
  conversations: number
  abandoned: number
  /** First responses decided, and of them those in time. */
  first: { count: number; met: number }
  /** Of all rules. */
  breached: number
  orders: number
}

export function stepsOf(all: Gathered): Step[] {
  const begins = beginsOf(all)
  const steps = begins.map((at): Step => {
    return { at: iso(at), conversations: 0, abandoned: 0, first: { count: 0, met: 0 }, breached: 0, orders: 0 }
  })
  const stepAt = (instant: number) => steps[begins.findLastIndex((begin) => begin <= instant)] as Step
  for (const { at } of all.talk.openings) stepAt(at).conversations++
  for (const { at } of all.talk.abandoned) stepAt(at).abandoned++
  for (const { placed } of all.orders.values()) if (all.isIn(placed)) stepAt(placed as number).orders++
  for (const { breached } of all.decided.values()) for (const { outcomeAt } of breached) stepAt(outcomeAt).breached++
  for (const { rule, met, at } of all.decisions) {
    if (rule !== FIRST_RESPONSE) continue
    const { first } = stepAt(at)
    first.count++
    if (met) first.met++
  }
  return steps
}

function beginsOf({ floor, from, to }: Gathered): number[] {
  const begins: number[] = []
  // The longest day has 25 hours.
  if (to - from <= 2 * DAY) for (let at = from; at < to; at += HOUR) begins.push(at)
  else {
    const { zone } = floor.book
    for (let day = zone.dayOf(from); zone.startOf(day) < to; day++) begins.push(Math.max(from, zone.startOf(day)))
  }
  return begins
}
