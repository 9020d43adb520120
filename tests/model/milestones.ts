/** What is known of one subject: its events in the order they happened, whatever order they arrived in. */
import type { EventData, EventType, RecordedEvent } from '#core/events.ts'

export const byTime = (a: RecordedEvent, b: RecordedEvent): number => a.time - b.time || a.seq - b.seq

export class Milestones {
  readonly events: RecordedEvent[]

  constructor(events: RecordedEvent[]) {
    this.events = events.toSorted(byTime)
  }

  all<T extends EventType>(type: T): RecordedEvent<T>[] {
    return this.events.filter((event) => event.type === type) as RecordedEvent[] as RecordedEvent<T>[]
  }

  times(type: EventType): number[] {
    return this.all(type).map((event) => event.time)
  }

  first(type: EventType): number | undefined {
    return this.times(type)[0]
  }

  /** The first that is not before `from`. */
  firstFrom(type: EventType, from: number): number | undefined {
    return this.times(type).find((time) => time >= from)
  }

  /** A field as the first event of the type has it. */
  attribute<T extends EventType, K extends keyof EventData<T>>(type: T, field: K): EventData<T>[K] | undefined {
    return (this.all(type)[0]?.data as EventData<T> | undefined)?.[field]
  }
}

/** The earlier of what is there. */
export function earliest(...instants: (number | undefined)[]): number | undefined {
  const there = instants.filter((instant) => instant !== undefined)
  return there.length === 0 ? undefined : Math.min(...there)
}

/** The last of them, nothing as long as one is missing. */
export function whenAll(...instants: (number | undefined)[]): number | undefined {
  return instants.includes(undefined) ? undefined : Math.max(...(instants as number[]))
}
