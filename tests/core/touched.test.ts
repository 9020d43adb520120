import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apply, createFloor } from '#core/floor.ts'
import { factsOf, factsToldBy, learn, type MilestoneEvent, type Milestones, partsOf } from '#core/milestones.ts'
import { followFacts, type Kind } from '#core/subjects.ts'
import { type Day, randomDay } from '../support/days.ts'

const KINDS: readonly string[] = ['order', 'return', 'complaint', 'inquiry'] satisfies Kind[]
const isMilestone = ({ type }: { type: string }) => KINDS.includes(type.split('.')[0] ?? '')

const day = (check: (day: Day) => void) =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => check(randomDay(seed))),
    { numRuns: 15 },
  )

test('[L7] an event changes none of the facts but those that its type is said to tell', () => {
  day(({ events }) => {
    const known = new Map<string, Milestones>()
    for (const event of events.filter(isMilestone) as MilestoneEvent[]) {
      const { kind } = partsOf(event.type)
      const facts = known.get(`${kind} ${event.subject}`) ?? factsOf(kind)
      known.set(`${kind} ${event.subject}`, facts)
      const untold = () =>
        Object.fromEntries(Object.entries(facts).filter(([fact]) => !factsToldBy(event.type).includes(fact)))
      const before = structuredClone(untold())
      learn(facts, event)
      expect(untold(), `${event.type} at ${event.seq}`).toEqual(before)
    }
  })
})

test('[L7] the rules that an event does not touch would find their clocks as they are', () => {
  day(({ config, events }) => {
    const floor = createFloor(config)
    for (const event of events) {
      apply(floor, event)
      if (!isMilestone(event)) continue
      const { kind } = partsOf((event as MilestoneEvent).type)
      const subject = floor.subjects[kind].get(event.subject)
      if (subject === undefined) throw new Error(`no ${kind} ${event.subject}`)
      const clocks = () =>
        subject.clocks.map(({ rule, start, due, warnAt, version, stop, end }) =>
          [rule, start, due, warnAt, version, stop, end].join(' '),
        )
      const touched = clocks()
      followFacts(floor, subject)
      expect(clocks(), `${event.type} at ${event.seq}`).toEqual(touched)
    }
  })
})
