import { type EventType, type RecordedEvent, sourceEventData } from '#core/events.ts'
import { apply, createFloor, type Floor } from '#core/floor.ts'
import { dayOfDate, Zone } from '#core/zone.ts'
import type { Delivery } from '#server/demo/feeds.ts'
import { simulate } from '#server/demo/simulate.ts'

export const TIMEZONE = 'Asia/Shanghai'
export const zone = new Zone(TIMEZONE)

/** What the simulated shop hands over on some local days. */
export function simulateDays(seed: number, from: string, days: number): Delivery[] {
  const end = zone.startOf(dayOfDate(from) + days)
  const deliveries: Delivery[] = []
  for (const delivery of simulate({ seed, timezone: TIMEZONE, from })) {
    if (delivery.at >= end) break
    deliveries.push(delivery)
  }
  return deliveries
}

/** The floor after deliveries that were loaded as history. */
export function foldDeliveries(deliveries: readonly Delivery[]): Floor {
  const floor = createFloor({ shop: 'demo', name: 'demo', timezone: TIMEZONE })
  let recordedAt = 0
  deliveries.forEach(({ event }, index) => {
    const time = Date.parse(event.time)
    recordedAt = Math.max(time, recordedAt)
    apply(floor, { ...event, seq: index + 1, recordedAt, time } as RecordedEvent<EventType>)
  })
  return floor
}

export const sourceTypes = Object.keys(sourceEventData) as (keyof typeof sourceEventData)[]
