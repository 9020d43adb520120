import { dayOfDate, Zone } from '#core/zone.ts'
import { audits } from './audits.ts'
import { complaints } from './complaint.ts'
import { buyers, visitors } from './customers.ts'
import { type Delivery, SOURCES } from './feeds.ts'
import { lateRegrets } from './goodsReturned.ts'
import { inquiries } from './inquiry.ts'
import { lead } from './lead.ts'
import { mood } from './mood.ts'
import { PAST_DAYS, pastOrders } from './pastOrders.ts'
import { samples } from './platform.ts'
import { shift } from './shift.ts'
import { Shop } from './shop.ts'
import type { Story } from './stage.ts'
import { rush, troubles } from './trouble.ts'

export interface Simulation {
  /** 32-bit; the same settings give the same events. */
  seed: number
  /** IANA zone. */
  timezone: string
  /** The first local day, `2026-11-21`. */
  from: string
  /** An instant (epoch ms) at which a crowd comes whatever else happens. */
  rushAt?: number
}

/**
 * A shop's events from the first local midnight on, without end, in the order they are handed over. Those of orders
 * begun in the days before come first, with their own earlier times.
 */
export function* simulate({ seed, timezone, from, rushAt }: Simulation): Generator<Delivery, never, void> {
  const zone = new Zone(timezone)
  const firstDay = dayOfDate(from)
  const opening = zone.startOf(firstDay)
  const shop = new Shop(seed, zone, zone.startOf(firstDay - PAST_DAYS), opening)
  for (const source of SOURCES) shop.feeds.cutOff(source)
  shop.stage.begin(pastOrders(shop, firstDay))
  shop.stage.begin(life(shop, firstDay), opening - shop.stage.now)
  if (rushAt !== undefined) shop.stage.begin(rush(shop), rushAt - shop.stage.now)
  for (;;) {
    shop.stage.step()
    yield* shop.feeds.take()
  }
}

function* life(shop: Shop, firstDay: number): Story {
  const { stage, feeds, chat, warehouse, courier, zone } = shop
  const past = feeds.reconnect(...SOURCES)
  chat.register()
  warehouse.open()
  feeds.handOver(past)
  for (const source of SOURCES) stage.begin(samples(shop, source))
  stage.begin(visitors(shop))
  stage.begin(buyers(shop))
  stage.begin(lead(shop))
  stage.begin(courier.rounds())
  for (let day = firstDay; ; day++) {
    yield stage.until(zone.startOf(day))
    beginDay(shop, day)
  }
}

function beginDay(shop: Shop, day: number): void {
  const { stage, chat, warehouse } = shop
  for (const agent of chat.agents) {
    agent.hands = stage.begin(shift(shop, agent, day))
    stage.begin(mood(shop, agent, day))
  }
  for (const story of [complaints, inquiries, lateRegrets, audits, troubles]) stage.begin(story(shop, day))
  stage.begin(warehouse.mornings(day))
}
