/**
 * Auto-reply duties (handbook 2.3-3): what a customer's message calls for is judged with what is known at that moment,
 * and stays so; whether the reply came in time follows from the conversation's turns.
 */
import { AUTO_REPLY, arm, type Clock, refresh } from './clocks.ts'
import type { Conversation } from './conversations.ts'
import { bookAt, type Floor } from './state.ts'
import { CLOSES, OPENS, type Turn } from './turns.ts'

export type Trigger = 'away' | 'busy' | 'over_capacity' | 'first_contact'

/** A reply that was called for, and the spell of the state that called for it. */
export interface Duty {
  trigger: Trigger
  start: number
  /** The kind of turn that called. */
  by: 'opened' | 'received' | 'assigned'
  spell: string
}

/** Looks whether a turn just folded calls for an auto-reply; at most one, and once a spell and episode. */
export function judgeAutoReply(floor: Floor, c: Conversation, turn: Duty['by'], time: number): void {
  const day = bookAt(floor, time).zone.dayOf(time)
  const firstContact = turn !== 'assigned' && hearCustomer(floor, c, day)
  // Opening what is open only says its queue and who writes.
  if (turn === 'opened' && !opensEpisode(c, time)) return
  if (!c.open || c.openedAt === undefined || c.openedAt > time) return
  if (turn === 'assigned' && c.waitingSince === undefined) return
  const call = callOf(floor, c, firstContact ? day : undefined)
  if (call === undefined) return
  if (c.duties.some((d) => d.trigger === call.trigger && d.spell === call.spell && isOfOpenEpisode(c, d))) return
  const duty: Duty = { ...call, start: time, by: turn }
  c.duties.push(duty)
  const clock = dutyClock(floor, c, duty)
  if (clock === undefined) return
  c.clocks.push(clock)
  refresh(floor, clock)
}

/** The clocks of all that was called for, stopped and ended by the conversation's turns. */
export function dutyClocks(floor: Floor, c: Conversation): Clock[] {
  return c.duties.flatMap((duty) => dutyClock(floor, c, duty) ?? [])
}

function dutyClock(floor: Floor, c: Conversation, duty: Duty): Clock | undefined {
  const turns = turnsFromCall(c, duty)
  if (turns === undefined) return undefined
  const clock = arm(floor, AUTO_REPLY, c.id, duty.start, true)
  if (clock === undefined) return undefined
  clock.trigger = duty.trigger
  clock.twin = c.duties.filter((d) => d.trigger === duty.trigger && d.start === duty.start).indexOf(duty)
  clock.queue = c.queue
  clock.agent = c.agent
  clock.stop = turns.find((t) => t.kind === 'auto' && t.who === duty.trigger)?.time
  clock.end = turns.find((t) => CLOSES.has(t.kind))?.time
  // Of the two only the first counts.
  if (clock.stop !== undefined && clock.end !== undefined) {
    if (clock.stop <= clock.end) clock.end = undefined
    else clock.stop = undefined
  }
  return clock
}

/** One that was called for at the very instant of the opening may be of the episode that was closed then. */
function isOfOpenEpisode(c: Conversation, duty: Duty): boolean {
  const openedAt = c.openedAt as number
  if (duty.start !== openedAt) return duty.start > openedAt
  return turnsFromCall(c, duty)?.some(({ kind }) => CLOSES.has(kind)) === false
}

/** Whether the turn just folded, an opening, began the open episode; one that finds it open at that instant did not. */
function opensEpisode(c: Conversation, time: number): boolean {
  if (c.openedAt !== time) return false
  let openings = 0
  for (let i = c.turns.length - 1; i >= 0; i--) {
    const turn = c.turns[i] as Turn
    if (turn.time < time || (turn.time === time && CLOSES.has(turn.kind))) break
    if (turn.time === time && OPENS.has(turn.kind)) openings++
  }
  return openings === 1
}

/**
 * The turns from the call on, in whose episode it was made: a close at the very instant that came before is another's.
 * None when a close that came to be known later leaves the call between two episodes.
 */
function turnsFromCall(c: Conversation, { start, by }: Duty): readonly Turn[] | undefined {
  const call = c.turns.findIndex((turn, i) => turn.time === start && turn.kind === by && isOpenAfter(c, i))
  return call < 0 ? undefined : c.turns.slice(call)
}

function isOpenAfter(c: Conversation, index: number): boolean {
  for (let i = index; i >= 0; i--) {
    const { kind } = c.turns[i] as Turn
    if (OPENS.has(kind)) return true
    if (CLOSES.has(kind)) return false
  }
  return false
}

/** `firstContactOn` is the local day on which the customer was heard for the first time, if that is now. */
function callOf(
  floor: Floor,
  c: Conversation,
  firstContactOn: number | undefined,
): { trigger: Trigger; spell: string } | undefined {
  const agent = c.agent === undefined ? undefined : floor.agents.get(c.agent)
  if (agent?.status === 'away' || agent?.status === 'busy') {
    return { trigger: agent.status, spell: `${agent.id}/${agent.statusSpell}` }
  }
  if (agent?.over) return { trigger: 'over_capacity', spell: `${agent.id}/${agent.overSpell}` }
  return firstContactOn === undefined ? undefined : { trigger: 'first_contact', spell: String(firstContactOn) }
}

/**
 * Notes that the customer wrote. Returns whether it was their first message of the shop's day; one without a name is
 * known by the conversation.
 */
function hearCustomer(floor: Floor, c: Conversation, day: number): boolean {
  const customer = c.customer ?? `conversation ${c.id}`
  return floor.customers.hear(customer, day)
}
