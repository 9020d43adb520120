/** Days of the simulated shop, the same every time. */
import type { RecordedEvent } from '#core/events.ts'
import type { ShopConfig } from '#core/shop.ts'
import type { CloudEvent, Delivery } from '#server/demo/feeds.ts'
import { type Simulation, simulate } from '#server/demo/simulate.ts'
import { zoneAtMidday } from '#server/demo/zoneAtMidday.ts'

const SEED = 1
const DATE = '2026-11-19'
export const DEMO_SHOP: ShopConfig = { shop: 'demo', name: 'Demo', timezone: 'Asia/Shanghai' }
/** Midnight in Shanghai at the end of the day. */
const END = Date.parse('2026-11-19T16:00:00Z')

/** One whole local day. */
export function demoDay(): Delivery[] {
  return until(END, { seed: SEED, timezone: DEMO_SHOP.timezone, from: DATE })
}

/** The morning of a shop where it is noon now, up to now, and that shop's zone. */
export function morning(now: number): { timezone: string; events: CloudEvent[] } {
  const timezone = zoneAtMidday(now)
  const from = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate().toString()
  return { timezone, events: until(now, { seed: SEED, timezone, from }).map(({ event }) => event) }
}

/** The first events of the day, as if all of them happened now. */
export function dayAsOfNow(count: number): CloudEvent[] {
  const time = new Date().toISOString()
  const events = demoDay().slice(0, count)
  if (events.length < count) throw new Error(`a day has ${events.length} events, not ${count}`)
  return events.map(({ event }) => ({ ...event, time }))
}

/** An event as the log gives it to the fold. */
export function recorded({ at, event }: Delivery, seq: number): RecordedEvent {
  const { source, id, type, subject, data } = event
  return { seq, recordedAt: at, time: Date.parse(event.time), source, id, type, subject, data } as RecordedEvent
}

function until(end: number, simulation: Simulation): Delivery[] {
  const deliveries: Delivery[] = []
  for (const delivery of simulate(simulation)) {
    if (delivery.at >= end) break
    deliveries.push(delivery)
  }
  return deliveries
}
