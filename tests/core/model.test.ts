import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RecordedEvent } from '#core/events.ts'
import { advance, apply, createFloor, drawView, type Floor } from '#core/floor.ts'
import type { ShopConfig } from '#core/shop.ts'
import { modelView } from '../model/view.ts'
import { Chance } from '../support/chance.ts'
import { differences, smallest } from '../support/compare.ts'
import { asProductId, withActs } from '../support/dayActs.ts'
import { type Day, randomDay } from '../support/days.ts'
import { interestingInstants } from '../support/instants.ts'

const DAYS = Number(process.env.FLOORWATCH_DAYS ?? 40)
const INSTANTS_A_DAY = 100
const ZONES = ['Asia/Shanghai', 'Asia/Tokyo', 'Europe/Berlin', 'America/New_York']

/** The instants in order at which fold and model differ, and how. The floor is carried on from one to the next. */
function differencesAt(
  config: ShopConfig,
  events: RecordedEvent[],
  instants: number[],
): { at: number; found: string[] }[] {
  const floor = createFloor(config)
  let folded = 0
  const actedOn = new Map<string, string>()
  return instants
    .map((at) => {
      for (; folded < events.length && events[folded]!.recordedAt <= at; folded++) {
        apply(floor, asProductKnowsIt(config, events, folded, floor, actedOn))
      }
      advance(floor, at)
      return { at, found: differences(modelView(config, events, at), drawView(floor)) }
    })
    .filter(({ found }) => found.length > 0)
}

/**
 * An act on an alert names it as the model does; the product has ids of its own. One that a person resolved is in no
 * view: it is taken up again under the id by which it was last acted on.
 */
function asProductKnowsIt(
  config: ShopConfig,
  events: RecordedEvent[],
  index: number,
  floor: Floor,
  actedOn: Map<string, string>,
): RecordedEvent {
  const event = events[index]!
  if (!event.type.startsWith('alert.')) return event
  if (event.type === 'alert.resolved' && event.data.reopened === true)
    return { ...event, subject: actedOn.get(event.subject) ?? 'unknown' }
  const justBefore = event.recordedAt - 1
  advance(floor, justBefore)
  const subject = asProductId(event.subject, modelView(config, events, justBefore), drawView(floor))
  if (subject !== 'unknown') actedOn.set(event.subject, subject)
  return { ...event, subject }
}

function explain(config: ShopConfig, events: RecordedEvent[], { at, found }: { at: number; found: string[] }): string {
  const path = found[0]!.split(':')[0]!
  const differs = (of: RecordedEvent[]) =>
    differencesAt(config, of, [at])[0]?.found.some((difference) => difference.startsWith(path)) ?? false
  const few = differs(events) ? smallest(events, differs) : events
  const log = few.map(({ seq, recordedAt, time, type, subject, data }) =>
    JSON.stringify({ seq, recordedAt: iso(recordedAt), time: iso(time), type, subject, data }),
  )
  return [`at ${iso(at)} in ${JSON.stringify(config)}`, ...found, ...log].join('\n')
}

const iso = (instant: number) => new Date(instant).toISOString()

/** What a shop was told of itself, or noted, is that it moved to another time zone. */
function moved(chance: Chance, day: Day): Day {
  const events = day.events.map((event) =>
    event.type === 'shop.configured' || event.type === 'note.added'
      ? ({ ...event, type: 'shop.configured', data: { timezone: chance.pick(ZONES) } } as RecordedEvent)
      : event,
  )
  return { ...day, events }
}

test.each([
  ['', DAYS, (_: Chance, day: Day) => day],
  [', also where the shop moves to another time zone', DAYS / 4, moved],
])('[L4][L6] the fold sees at every instant what the reference model sees%s', (_, numRuns, change) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
      const chance = new Chance(~seed)
      const day = change(chance, randomDay(seed))
      const interesting = interestingInstants(day)
      const { config, events } = withActs(chance, day, interesting)
      const instants = chance.some(interesting, INSTANTS_A_DAY)
      const [first] = differencesAt(config, events, instants)
      expect(first === undefined ? '' : explain(config, events, first)).toBe('')
    }),
    { numRuns, endOnFailure: true },
  )
})
