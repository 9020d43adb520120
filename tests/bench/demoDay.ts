/** One whole day of the simulated shop, the same every time. */
import type { RecordedEvent } from '#core/events.ts'
import type { ShopConfig } from '#core/shop.ts'
import type { CloudEvent } from '#server/demo/feeds.ts'
import { simulate } from '#server/demo/simulate.ts'

const DATE = '2026-11-19'
export const DEMO_SHOP: ShopConfig = { shop: 'demo', name: 'Demo', timezone: 'Asia/Shanghai' }
/** Midnight in Shanghai at the end of the day. */
const END = Date.parse('2026-11-19T16:00:00Z')

export interface Delivered {
  /** Epoch ms at which it was handed over. */
  at: number
  event: CloudEvent
}

export function demoDay(): Delivered[] {
  const delivered: Delivered[] = []
  for (const delivery of simulate({ seed: 1, timezone: DEMO_SHOP.timezone, from: DATE })) {
    if (delivery.at >= END) break
    delivered.push(delivery)
  }
  return delivered
}

/** An event as the log gives it to the fold. */
export function recorded({ at, event }: Delivered, seq: number): RecordedEvent {
  const { source, id, type, subject, data } = event
  return { seq, recordedAt: at, time: Date.parse(event.time), source, id, type, subject, data } as RecordedEvent
}
