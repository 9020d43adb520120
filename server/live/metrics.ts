/** What the server tells Prometheus. No shop, key or subject ever becomes a label. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Committed } from './inbox.ts'

/** What a Room reports. */
export interface RoomMetrics {
  /** One statement came down: what became of its events, and how long it took. */
  committed(results: Committed['results'][], ms: number): void
  /** An alert opened by time alone, so much after it was due. */
  alerted(lateMs: number): void
}

/** Sizes that are looked up when the metrics are read. */
export interface Sizes {
  rooms: number
  screens: number
  waiting: number
  behind: number
  unarchived: number
}

export class Metrics implements RoomMetrics {
  readonly #registry = new Registry()
  readonly #events = new Counter({
    name: 'floorwatch_events_total',
    help: 'Events received, by what became of them.',
    labelNames: ['outcome'],
    registers: [this.#registry],
  })
  readonly #batches = new Histogram({
    name: 'floorwatch_append_events',
    help: 'Events that went down in one statement.',
    buckets: [1, 2, 5, 10, 50, 100, 500, 1_000, 5_000],
    registers: [this.#registry],
  })
  readonly #commits = new Histogram({
    name: 'floorwatch_append_seconds',
    help: 'How long one statement took to be durable.',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [this.#registry],
  })
  readonly #lateness = new Histogram({
    name: 'floorwatch_alert_lateness_seconds',
    help: 'From the instant an alert was due to the instant it was found.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [this.#registry],
  })
  readonly #overloaded = new Counter({
    name: 'floorwatch_overloaded_total',
    help: 'Requests refused because too much was waiting.',
    registers: [this.#registry],
  })

  constructor(sizes: () => Sizes) {
    collectDefaultMetrics({ register: this.#registry })
    this.#gauge('floorwatch_rooms', 'Shops whose room is open.', () => sizes().rooms)
    this.#gauge('floorwatch_screens', 'Screens that watch a shop.', () => sizes().screens)
    this.#gauge('floorwatch_events_waiting', 'Events that wait for their commit.', () => sizes().waiting)
    this.#gauge('floorwatch_fold_lag_events', 'Events in the log that are not folded yet.', () => sizes().behind)
    const unarchived = 'Events that are folded and that the snapshots of the past do not know yet.'
    this.#gauge('floorwatch_archive_lag_events', unarchived, () => sizes().unarchived)
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  text(): Promise<string> {
    return this.#registry.metrics()
  }

  committed(results: Committed['results'][], ms: number): void {
    let duplicates = 0
    let events = 0
    for (const result of results) {
      events += result.length
      for (const one of result) if (one === 'duplicate') duplicates++
    }
    this.#events.inc({ outcome: 'accepted' }, events - duplicates)
    this.#events.inc({ outcome: 'duplicate' }, duplicates)
    this.#batches.observe(events)
    this.#commits.observe(ms / 1000)
  }

  rejected(events: number): void {
    this.#events.inc({ outcome: 'rejected' }, events)
  }

  alerted(lateMs: number): void {
    this.#lateness.observe(Math.max(0, lateMs) / 1000)
  }

  overloaded(): void {
    this.#overloaded.inc()
  }

  #gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.set(value())
      },
    })
  }
}
