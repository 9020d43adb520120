/** People who take, put to sleep and resolve the alerts of a made-up day. */
import type { RecordedEvent } from '#core/events.ts'
import { OWN_SOURCE } from '#core/events.ts'
import type { View } from '#core/view.ts'
import { modelView } from '../model/view.ts'
import type { Chance } from './chance.ts'
import type { Day } from './days.ts'

const HOUR = 3_600_000

/** The day with some alerts acted on. An act names its alert as the model does: see `asProductId`. */
export function withActs(chance: Chance, day: Day, instants: number[]): Day {
  const acts = chance.some(instants, 8).flatMap((near) => {
    // Never at the very instant of anything else: which comes first is moot.
    const at = Math.floor(near / 1000) * 1000 + 211
    const ids = unmistakable(modelView(day.config, day.events, at))
    return ids.length === 0 ? [] : chance.some(ids, 2).flatMap((id) => act(chance, id, at))
  })
  const events = [...day.events, ...acts]
    .sort((a, b) => a.recordedAt - b.recordedAt)
    .map((event, index) => ({ ...event, seq: index + 1, id: `e${index + 1}` }))
  return { config: day.config, events }
}

/** The ids of the alerts that nothing but their id could be mistaken for. */
function unmistakable(view: View): string[] {
  const about = (id: string) =>
    JSON.stringify([view.alerts[id]!.rule, view.alerts[id]!.subject, view.alerts[id]!.dueAt])
  const groups = Map.groupBy(Object.keys(view.alerts), about)
  return [...groups.values()].filter(({ length }) => length === 1).flat()
}

/** Every second one that is resolved is taken up again, soon or late. */
function act(chance: Chance, id: string, at: number): RecordedEvent[] {
  const until = new Date(at + chance.pick([-HOUR, HOUR, 12 * HOUR])).toISOString()
  const [type, data] = chance.pick([
    ['alert.acknowledged', { by: chance.pick(['ann', 'ben']) }],
    ['alert.acknowledged', { by: 'ann', to: 'ben' }],
    ['alert.acknowledged', { by: 'ann', released: true }],
    ['alert.snoozed', { until, by: 'ann' }],
    ['alert.snoozed', { until, by: 'ann', released: true }],
    ['alert.resolved', { note: 'Called back' }],
  ] as const)
  const one = (recordedAt: number, data: object) =>
    ({ seq: 0, recordedAt, time: recordedAt, source: OWN_SOURCE, id: '', type, subject: id, data }) as RecordedEvent
  if (type !== 'alert.resolved' || chance.happens(0.5)) return [one(at, data)]
  return [one(at, data), one(at + chance.pick([7_000, HOUR / 2, 3 * HOUR]), { reopened: true, by: 'ann' })]
}

/** The id under which a view has the alert that the model's view has under `id`. */
export function asProductId(id: string, model: View, product: View): string {
  const alert = model.alerts[id]
  const same = (view: View) =>
    Object.entries(view.alerts)
      .filter(
        ([, other]) =>
          other.rule === alert?.rule &&
          other.subject === alert.subject &&
          other.dueAt === alert.dueAt &&
          other.since === alert.since,
      )
      .map(([other]) => other)
  return same(product)[same(model).indexOf(id)] ?? 'unknown'
}
