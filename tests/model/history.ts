/** What was known after each event of a log. Worked out once for a log, as a test asks for many instants of it. */
import type { RecordedEvent } from '#core/events.ts'
import type { ShopConfig } from '#core/shop.ts'
import type { ConditionStep } from './conditions.ts'
import { conditionSteps } from './conditions.ts'
import { callsOf } from './duties.ts'
import type { World } from './world.ts'
import { worldOf } from './world.ts'

export interface History {
  config: ShopConfig
  /** `worlds[i]` is what is known after i events. */
  worlds: World[]
  calls: ReturnType<typeof callsOf>
  conditions: ConditionStep[]
}

const known = new WeakMap<RecordedEvent[], History>()

export function historyOf(config: ShopConfig, events: RecordedEvent[]): History {
  const before = known.get(events)
  if (before?.config === config) return before
  const history = historyAfresh(config, events)
  known.set(events, history)
  return history
}

function historyAfresh(config: ShopConfig, recorded: RecordedEvent[]): History {
  const events = asItTookEffect(recorded)
  const remembered = new Map<string, unknown>()
  const remember = <T>(key: string, make: () => T): T => {
    if (!remembered.has(key)) remembered.set(key, make())
    return remembered.get(key) as T
  }
  const worlds = [0, ...events.map((_, index) => index + 1)].map((n) => worldOf(config, events.slice(0, n), remember))
  return { config, worlds, calls: callsOf(worlds), conditions: conditionSteps(config, worlds) }
}

/** What is known at an instant. */
export function worldAt(history: History, at: number): World {
  return history.worlds.findLast(({ events }) => (events.at(-1)?.recordedAt ?? Number.NEGATIVE_INFINITY) <= at)!
}

/** A handbook published for later is the same as one published then, unless another is published before. */
export function asItTookEffect(events: RecordedEvent[]): RecordedEvent[] {
  const effective: RecordedEvent[] = []
  let planned: RecordedEvent | undefined
  const begin = (instant: number) => {
    const at = Date.parse((planned?.data as { effectiveAt?: string })?.effectiveAt ?? '')
    if (planned === undefined || at > instant) return
    const seq = effective.at(-1)?.seq ?? 0
    effective.push({ ...planned, seq, recordedAt: at, time: at })
    planned = undefined
  }
  for (const event of events) {
    begin(event.recordedAt)
    const { recordedAt, data } = event
    const isBook = event.type === 'handbook.changed'
    const waits = isBook && Date.parse((data as { effectiveAt?: string }).effectiveAt ?? '') > recordedAt
    if (isBook) planned = waits ? event : undefined
    // It says nothing yet, but is one of the events.
    effective.push(waits ? ({ ...event, type: 'note.added', data: { text: '' } } as RecordedEvent) : event)
  }
  begin(Number.POSITIVE_INFINITY)
  return effective
}
