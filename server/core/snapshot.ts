/**
 * The floor as text and back, so that a restart or a past instant need not fold the whole log. A floor that was
 * written and read again goes on exactly as the one that was not (L3). What follows from the rest is not written.
 */
import type { Agent } from './agents.ts'
import { type Alert, alertIdOf } from './alerts.ts'
import { Book } from './book.ts'
import type { Clock } from './clocks.ts'
import { Conditions, type Ring } from './conditions.ts'
import { createFloor } from './floor.ts'
import { Heap } from './heap.ts'
import { packClock, unpackClock } from './packClock.ts'
import { type PackedConversation, packConversation, unpackConversation } from './packConversation.ts'
import { packTallies, unpackTallies } from './packTallies.ts'
import { place } from './placement.ts'
import type { ShopConfig } from './shop.ts'
import type { Floor } from './state.ts'
import type { Sku } from './stock.ts'
import type { Subject } from './subjects.ts'

/** Raised whenever the meaning of the text, or of the fold, changes: older snapshots are then dropped and rebuilt. */
export const SNAPSHOT_VERSION = 1

type Packed<T extends { clocks: Clock[] }> = Omit<T, 'clocks'> & { clocks: unknown[] }

interface Text {
  version: number
  config: ShopConfig
  versions: { from: number | null; config: ShopConfig }[]
  seq: number
  now: number | null
  tallies: unknown
  alerts: Alert[]
  rings: (Omit<Ring, 'alert' | 'timerAt'> & { timerAt: number | null; alert?: string | Alert | undefined })[]
  marked: [Ring['rule'], string][]
  conversations: PackedConversation[]
  queues: string[]
  agents: (Omit<Agent, 'awaiting' | 'active'> & { registeredAt: number | null; queuesAt: number | null })[]
  subjects: Record<string, Packed<Subject>[]>
  skus: Packed<Sku>[]
  waves: [string, Floor['pickups']['waves'] extends Map<string, infer W> ? W : never][]
  sources: [string, number][]
  customers: [string, number][]
}

/** The floor as JSON text. */
export function encodeFloor(floor: Floor): string {
  const { alerts, conditions } = floor
  const text: Text = {
    version: SNAPSHOT_VERSION,
    config: floor.config,
    versions: floor.versions.map(({ from, config }) => ({ from, config })),
    seq: floor.seq,
    now: floor.now,
    tallies: packTallies(floor.tallies),
    alerts: [...alerts.byId.values()],
    rings: [...conditions.all()].map((ring) => ({
      ...ring,
      alert: ring.alert && (alerts.byId.has(ring.alert.id) ? ring.alert.id : ring.alert),
    })),
    marked: [...conditions.marked].map((ring) => [ring.rule, ring.subject]),
    conversations: [...floor.conversations.values()].map(packConversation),
    queues: [...floor.queues.keys()],
    agents: [...floor.agents.values()].map(({ awaiting, active, ...agent }) => agent),
    subjects: Object.fromEntries(
      Object.entries(floor.subjects).map(([kind, subjects]) => [kind, [...subjects.values()].map(packed)]),
    ),
    skus: [...floor.skus.values()].map(packed),
    waves: [...floor.pickups.waves],
    sources: [...floor.sources].map(([id, { lastAt }]) => [id, lastAt]),
    customers: [...floor.customers],
  }
  return JSON.stringify(text)
}

/** @throws Error when the text is of another version. */
export function decodeFloor(json: string): Floor {
  const text = JSON.parse(json) as Text
  if (text.version !== SNAPSHOT_VERSION) throw new Error(`snapshot of version ${text.version}, not ${SNAPSHOT_VERSION}`)
  const floor = createFloor(text.config)
  floor.versions = text.versions.map(({ from, config }) => ({
    from: from ?? Number.NEGATIVE_INFINITY,
    config,
    book: new Book(config),
  }))
  floor.book = (floor.versions.at(-1) as Floor['versions'][number]).book
  floor.seq = text.seq
  floor.now = text.now ?? Number.NEGATIVE_INFINITY
  floor.timers = new Heap()
  floor.tallies = unpackTallies(text.tallies)
  floor.pickups = { waves: new Map(text.waves) }
  floor.sources = new Map(text.sources.map(([id, lastAt]) => [id, { lastAt }]))
  floor.customers = new Map(text.customers)
  for (const alert of text.alerts) floor.alerts.show(alert)
  for (const id of text.queues)
    floor.queues.set(id, { id, active: 0, waiting: new Set(), unassigned: 0, awaiting: 0, online: 0 })
  for (const agent of text.agents) addAgent(floor, agent)
  for (const each of text.conversations) {
    const conversation = unpackConversation(each, (clock) => revive(floor, clock))
    floor.conversations.set(conversation.id, conversation)
    place(floor, conversation)
  }
  for (const [kind, subjects] of Object.entries(text.subjects)) {
    const map = floor.subjects[kind as keyof Floor['subjects']]
    for (const subject of subjects) map.set(subject.id, unpacked(floor, subject))
  }
  for (const sku of text.skus) floor.skus.set(sku.id, unpacked(floor, sku))
  // Placing conversations has marked conditions and counted spells; both are as they were written.
  for (const { id, over, overSpell } of text.agents) Object.assign(floor.agents.get(id) ?? {}, { over, overSpell })
  addRings(floor, text)
  return floor
}

function packed<T extends { clocks: Clock[] }>(thing: T): Packed<T> {
  return { ...thing, clocks: thing.clocks.map(packClock) }
}

function unpacked<T extends { clocks: Clock[] }>(floor: Floor, thing: Packed<T>): T {
  return { ...thing, clocks: thing.clocks.map((clock) => revive(floor, clock)) } as unknown as T
}

function revive(floor: Floor, packedClock: unknown): Clock {
  const clock = unpackClock(packedClock)
  if (clock.rung !== 'none') clock.alert = floor.alerts.byId.get(alertIdOf(clock))
  if (!Number.isNaN(clock.timerAt)) floor.timers.push(clock.timerAt, clock)
  return clock
}

function addAgent(floor: Floor, written: Text['agents'][number]): void {
  const agent: Agent = {
    ...written,
    // JSON has no undefined and no infinities.
    capacity: written.capacity ?? undefined,
    since: written.since ?? undefined,
    reason: written.reason ?? undefined,
    tier: written.tier ?? undefined,
    registeredAt: written.registeredAt ?? Number.NEGATIVE_INFINITY,
    queuesAt: written.queuesAt ?? Number.NEGATIVE_INFINITY,
    active: 0,
    awaiting: new Set(),
  }
  floor.agents.set(agent.id, agent)
  if (agent.status !== 'online') return
  for (const id of agent.queues) {
    const queue = floor.queues.get(id)
    if (queue !== undefined) queue.online++
  }
}

function addRings(floor: Floor, text: Text): void {
  floor.conditions = new Conditions()
  const { conditions } = floor
  for (const written of text.rings) {
    const alert = typeof written.alert === 'string' ? floor.alerts.byId.get(written.alert) : written.alert
    const ring: Ring = { ...written, since: written.since, alert, timerAt: written.timerAt ?? Number.NaN }
    conditions.add(ring)
    if (!Number.isNaN(ring.timerAt) && ring.timerAt < Number.POSITIVE_INFINITY) floor.timers.push(ring.timerAt, ring)
  }
  for (const [rule, subject] of text.marked) conditions.mark(rule, subject)
  for (const alert of text.alerts) {
    if (alert.snoozedUntil === undefined || alert.state !== 'snoozed') continue
    floor.timers.push(alert.snoozedUntil, { kind: 'snooze', alert: alert.id, timerAt: alert.snoozedUntil })
  }
}
