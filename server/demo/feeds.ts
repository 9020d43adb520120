import type { EventData, SourceEventType } from '#core/events.ts'
import type { Stage } from './stage.ts'

/** The systems of the shop that send events, each its own `source`. */
export const SOURCES = ['chat', 'mall', 'warehouse', 'courier'] as const
export type Source = (typeof SOURCES)[number]

/** A CloudEvent 1.0 in its structured form. */
export interface CloudEvent {
  specversion: '1.0'
  id: string
  source: string
  type: SourceEventType
  subject: string
  /** RFC 3339, UTC, milliseconds. */
  time: string
  data: object
}

/** An event and the instant (epoch ms) its source hands it over: later than its `time` when the source was cut off. */
export interface Delivery {
  at: number
  event: CloudEvent
}

/** Where events leave the shop. A source that is cut off keeps its events and hands them over when it is back. */
export class Feeds {
  #stage: Stage
  #said: Delivery[] = []
  #held = new Map<Source, CloudEvent[]>()
  #count = 0

  constructor(stage: Stage) {
    this.#stage = stage
  }

  say<T extends SourceEventType>(source: Source, type: T, subject: string, data: EventData<T>): void {
    const time = new Date(this.#stage.now).toISOString()
    const event: CloudEvent = {
      specversion: '1.0',
      id: `${source}-${++this.#count}`,
      source,
      type,
      subject,
      time,
      data,
    }
    const held = this.#held.get(source)
    if (held) held.push(event)
    else this.#said.push({ at: this.#stage.now, event })
  }

  cutOff(source: Source): void {
    if (!this.#held.has(source)) this.#held.set(source, [])
  }

  /** The sources are heard again; returns what they kept, in order of time. */
  reconnect(...sources: Source[]): CloudEvent[] {
    const held = sources.flatMap((source) => this.#held.get(source) ?? [])
    for (const source of sources) this.#held.delete(source)
    return held.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
  }

  handOver(events: readonly CloudEvent[]): void {
    for (const event of events) this.#said.push({ at: this.#stage.now, event })
  }

  /** What was handed over since it was last asked. */
  take(): Delivery[] {
    const said = this.#said
    if (said.length > 0) this.#said = []
    return said
  }
}
