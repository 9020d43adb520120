/** Orders, returns, complaints and inquiries: each event adds to the facts, and every clock follows from them. */
import { retell, withdraw } from './clockAlerts.ts'
import { bookOf, type Clock, isRunning, newClock, refresh, remove, ruleOf } from './clocks.ts'
import { type Local, RULES, type Rule } from './handbook.ts'
import { factsOf, factsToldBy, learn, type MilestoneEvent, type Milestones, type Order, partsOf } from './milestones.ts'
import { placeOrder } from './pickups.ts'
import type { Shelf } from './shelf.ts'
import { bookAt, type Floor, versionAt } from './state.ts'

export type Kind = Milestones['kind']

export interface Subject {
  id: string
  facts: Milestones
  /** When it was last heard of, by recordedAt. */
  heardAt: number
  clocks: Clock[]
  /** Orders: the pickup wave they are counted in, and as what. */
  wave?: { id: string; packed: boolean; tracked: boolean; collected: boolean; onTime: boolean } | undefined
}

export type MilestoneSubjects = Record<Kind, Shelf<Subject>>

/** A rule of the kind, with its index in RULES. */
interface Indexed {
  index: number
  rule: Extract<Rule, { starts: unknown }>
}

const RULES_OF: Record<Kind, readonly Indexed[]> = {
  order: rulesOf('order'),
  return: rulesOf('return'),
  complaint: rulesOf('complaint'),
  inquiry: rulesOf('inquiry'),
}

function rulesOf(kind: Kind): Indexed[] {
  return RULES.flatMap((rule, index) => (rule.of === kind && 'starts' in rule ? [{ index, rule }] : []))
}

/** Whose end ends the clocks of a subject that have ends. */
const END_OF = { order: 'cancelled', return: 'closed', complaint: 'resolved', inquiry: undefined } as const

const rulesTouched = new Map<MilestoneEvent['type'], readonly Indexed[]>()

/** The rules of a subject that an event of a type can bear on: most touch few of them. */
function rulesTouchedBy(type: MilestoneEvent['type']): readonly Indexed[] {
  let rules = rulesTouched.get(type)
  if (rules === undefined) {
    const { kind } = partsOf(type)
    const told = new Set(factsToldBy(type))
    const isRead = ({ starts, met }: Indexed['rule']) =>
      [starts, met].some((read) =>
        typeof read === 'string' ? told.has(read) : read.reads.some((fact) => told.has(fact)),
      )
    const isEnded = ({ ends }: Indexed['rule']) => ends && told.has(END_OF[kind] ?? '')
    rules = RULES_OF[kind].filter(({ rule }) => isRead(rule) || isEnded(rule))
    rulesTouched.set(type, rules)
  }
  return rules
}

/** Folds one event of an order, return, complaint or inquiry. */
export function applyMilestone(floor: Floor, event: MilestoneEvent): void {
  const { kind } = partsOf(event.type)
  const subject = subjectOf(floor, kind, event.subject)
  subject.heardAt = floor.now
  learn(subject.facts, event)
  followFacts(floor, subject, rulesTouchedBy(event.type))
  if (kind === 'order') placeOrder(floor, subject)
}

/** Brings the subject's clocks in step with its facts: those of some of its rules, or of all. */
export function followFacts(
  floor: Floor,
  subject: Subject,
  rules: readonly Indexed[] = RULES_OF[subject.facts.kind],
): void {
  const { facts } = subject
  const end = endOf(facts)
  const local = localOf(floor)
  for (const indexed of rules) {
    const starts = readFrom(indexed.rule.starts, facts, local)
    if (typeof starts === 'object') {
      if (starts.length === 0 && clockOf(subject, indexed.index) === undefined) continue
      const known = subject.clocks.filter((clock) => clock.rule === indexed.index)
      // Each start is a clock of its own, with its own alert.
      for (const clock of known) if (!starts.includes(clock.start)) drop(floor, subject, clock)
      for (const start of starts)
        follow(
          floor,
          subject,
          indexed,
          start,
          end,
          known.find((clock) => clock.start === start),
        )
    } else {
      const known = clockOf(subject, indexed.index)
      if (starts !== undefined || known !== undefined) follow(floor, subject, indexed, starts, end, known)
    }
  }
}

function clockOf(subject: Subject, rule: number): Clock | undefined {
  for (const clock of subject.clocks) if (clock.rule === rule) return clock
  return undefined
}

function subjectOf(floor: Floor, kind: Kind, id: string): Subject {
  const subjects = floor.subjects[kind]
  let subject = subjects.get(id)
  if (subject === undefined) {
    subject = { id, facts: factsOf(kind), heardAt: 0, clocks: [], wave: undefined }
    subjects.add(subject)
  }
  return subject
}

function endOf(facts: Milestones): number | undefined {
  if (facts.kind === 'order') return facts[END_OF.order]
  if (facts.kind === 'return') return facts[END_OF.return]
  return facts.kind === 'complaint' ? facts[END_OF.complaint] : undefined
}

/** What a rule reads from a subject: the rule's `of` is the subject's kind, RULES_OF has seen to that. */
function readFrom<Asked, Answer>(
  read: string | { from(facts: never, asked: Asked): Answer },
  facts: Milestones,
  asked: Asked,
): Answer | number | undefined {
  if (typeof read !== 'string') return read.from(facts as never, asked)
  return (facts as unknown as Record<string, number | undefined>)[read]
}

/** The shop's local time by the handbook in force at the instant that is asked about. */
function localOf(floor: Floor): Local {
  if (floor.versions.length === 1) return floor.book
  return {
    serviceOpen: (instant) => bookAt(floor, instant).serviceOpen(instant),
    midnight: (instant, days) => bookAt(floor, instant).midnight(instant, days),
  }
}

/** Brings one clock in step: the known one brought up to date, a new one, or none. */
function follow(
  floor: Floor,
  subject: Subject,
  { index, rule }: Indexed,
  start: number | undefined,
  subjectEnd: number | undefined,
  known: Clock | undefined,
): void {
  if (start === undefined) return drop(floor, subject, known)
  let stop = readFrom(rule.met, subject.facts, start)
  let end = rule.ends ? subjectEnd : undefined
  // A start whose stop or whose subject's end already lies before it arms nothing.
  if ((stop ?? start) < start || (end ?? start) < start) return drop(floor, subject, known)
  // Of the two only the first counts.
  if (stop !== undefined && end !== undefined) {
    if (stop <= end) end = undefined
    else stop = undefined
  }
  const isTimed = known?.start === start && known.version === versionAt(floor, start) && !isMoved(floor, subject, known)
  if (isTimed && known.stop === stop && known.end === end) return
  const clock = isTimed ? known : timed(floor, subject, index, start, known)
  if (clock === undefined) return drop(floor, subject, known)
  const wasDecided = !isRunning(clock)
  clock.stop = stop
  clock.end = end
  if (known === undefined) subject.clocks.push(clock)
  refresh(floor, clock)
  if (wasDecided) retell(floor, clock)
}

/** Where to an order goes may turn out to be another than was first told, and its promise with it. */
function isMoved(floor: Floor, { facts }: Subject, clock: Clock): boolean {
  const { kind } = ruleOf(clock).due
  if (kind !== 'end_of_nth_day_by_region' && kind !== 'within_by_destination') return false
  return bookOf(floor, clock).due(clock.rule, clock.start, facts as Order) !== clock.due
}

function timed(
  floor: Floor,
  subject: Subject,
  index: number,
  start: number,
  known: Clock | undefined,
): Clock | undefined {
  const version = versionAt(floor, start)
  const book = floor.versions[version]?.book ?? floor.book
  if (book.rules[index]?.on !== true) return undefined
  const due = book.due(index, start, subject.facts as Order)
  if (due === Number.POSITIVE_INFINITY) return undefined
  const warnAt = book.warnAt(index, start, due)
  if (known === undefined)
    return newClock(floor, index, subject.id, start, due, warnAt, version, RULES[index]?.id === 'hold_followup')
  withdraw(floor, known)
  return Object.assign(known, { start, due, warnAt, version, knownAt: floor.now })
}

function drop(floor: Floor, subject: Subject, clock: Clock | undefined): void {
  if (clock === undefined) return
  remove(floor, clock)
  subject.clocks.splice(subject.clocks.indexOf(clock), 1)
}

/** True when it has ended, and nothing of it is running or to come. */
export function isSettled({ clocks, facts }: Subject): boolean {
  if (clocks.some((clock) => clock.phase !== 'none' || !Number.isNaN(clock.timerAt))) return false
  if (endOf(facts) !== undefined) return true
  if (facts.kind === 'order') return facts.delivered !== undefined
  return facts.kind === 'inquiry' && facts.answered !== undefined
}
