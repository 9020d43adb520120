/**
 * The floor as text and back, so that a restart or a past instant need not fold the whole log. A floor that was
 * written and read again goes on exactly as the one that was not (L3). What follows from the rest is not written.
 */
import type { Agent } from './agents.ts'
import { Book } from './book.ts'
import { Conditions, type Ring } from './conditions.ts'
import { createFloor } from './floor.ts'
import { type PackedAlert, packAlert, unpackAlert } from './packAlert.ts'
import { type PackedClock, packClock, unpackClock } from './packClock.ts'
import { packTallies, unpackTallies } from './packTallies.ts'
import type { Page } from './pages.ts'
import type { WaveCount } from './pickups.ts'
import { place } from './placement.ts'
import type { SampleDay } from './samples.ts'
import { type EncodedFloor, eachPart, PARTS, type Part, pagesOf, SavedFloor } from './savedFloor.ts'
import type { Shelf } from './shelf.ts'
import { revive } from './shelves.ts'
import type { ShopConfig } from './shop.ts'
import type { Floor, Planned } from './state.ts'
import type { Sku } from './stock.ts'
import { SNAPSHOT_VERSION } from './version.ts'

/** What is few, or changes all the time. */
interface Head {
  config: ShopConfig
  versions: { from: number | null; config: ShopConfig }[]
  handbookSeq: number
  planned?: Planned | undefined
  seq: number
  now: number | null
  tallies: unknown
  rings: (Omit<Ring, 'alert' | 'timerAt' | 'isMarked'> & { timerAt: number | null; alert?: string | undefined })[]
  marked: [Ring['rule'], string][]
  snoozed: [alert: string, until: number][]
  putDown: PackedAlert[]
  queues: string[]
  agents: (Omit<Agent, 'awaiting' | 'active' | 'drawn'> & { registeredAt: number | null; queuesAt: number | null })[]
  skus: (Omit<Sku, 'clocks'> & { clocks: PackedClock[] })[]
  waves: [string, WaveCount][]
  sources: [string, number][]
  samples: [number, SampleDay][]
}

/** Everything on the floor, as pages of text. What may rest is put away on the way; the floor goes on as it would have. */
export function encodeFloor(floor: Floor): EncodedFloor {
  return encode(floor, undefined)
}

/** What changed since the floor was encoded, wholly or not, at an earlier seq; the last whole one or one after it. */
export function encodeChanges(floor: Floor, since: number): EncodedFloor {
  return encode(floor, since)
}

/** @throws Error when the pages are not of this version */
export function readSaved(pages: readonly Page[]): SavedFloor {
  return new SavedFloor(SNAPSHOT_VERSION, pages)
}

/**
 * @param front of the last that was saved
 * @param saved what `encodeFloor` wrote, and `encodeChanges` of the same floor later, each since the one before it
 * @throws Error when they do not belong together
 */
export function decodeFloor(front: Page | undefined, saved: readonly SavedFloor[]): Floor {
  for (const [i, { since }] of saved.entries())
    if (since !== saved[i - 1]?.seq) throw new Error('saved floors that do not follow one another')
  const { head, out } = JSON.parse(front?.text ?? '{}') as Front
  if (head?.seq !== saved.at(-1)?.seq) throw new Error('the front of another saved floor')
  const floor = createFloor(head.config)
  floor.versions = head.versions.map(({ from, config }) => ({
    from: from ?? Number.NEGATIVE_INFINITY,
    config,
    book: new Book(config),
  }))
  floor.book = (floor.versions.at(-1) as Floor['versions'][number]).book
  floor.handbookSeq = head.handbookSeq
  floor.planned = head.planned
  floor.seq = head.seq
  floor.now = head.now ?? Number.NEGATIVE_INFINITY
  floor.tallies = unpackTallies(head.tallies)
  floor.pickups = { waves: new Map(head.waves) }
  floor.sources = new Map(head.sources.map(([id, lastAt]) => [id, { lastAt, silence: undefined }]))
  floor.samples = new Map(head.samples)
  for (const id of head.queues)
    floor.queues.set(id, { id, active: 0, waiting: new Set(), unassigned: 0, awaiting: 0, online: 0 })
  for (const agent of head.agents) addAgent(floor, agent)
  floor.alerts.restore(saved.map(({ alerts }) => alerts))
  floor.alerts.putDown = new Map(head.putDown.map(unpackAlert).map((alert) => [alert.id, alert]))
  floor.customers.restore(saved.map(({ customers }) => customers))
  const shelves = shelvesOf(floor)
  for (const part of PARTS)
    shelves[part].restore(
      saved.map(({ lines }) => lines[part]),
      out[part],
      floor.now,
    )
  for (const conversation of floor.conversations.out()) place(floor, conversation)
  for (const sku of head.skus) addSku(floor, sku)
  // Placing conversations has marked conditions and counted spells; both are as they were written.
  for (const { id, over, overSpell } of head.agents) Object.assign(floor.agents.get(id) ?? {}, { over, overSpell })
  addRings(floor, head)
  addSnoozes(floor, head)
  return floor
}

function encode(floor: Floor, since: number | undefined): EncodedFloor {
  const shelves = shelvesOf(floor)
  for (const shelf of Object.values(shelves)) shelf.putAllAway()
  floor.timers.keep((timer, at) => timer.timerAt === at)
  const { seq, alerts, customers } = floor
  const front = { text: frontOf(floor) }
  const pages = pagesOf({
    version: SNAPSHOT_VERSION,
    seq,
    since: since ?? null,
    alerts: alerts.write(since),
    customers: customers.write(since),
    parts: eachPart((part) => shelves[part].write(since)),
  })
  for (const { written } of [alerts, customers, ...Object.values(shelves)]) {
    if (since === undefined) written.clear()
    else written.cut(seq)
  }
  return { front, pages }
}

function shelvesOf({ conversations, subjects }: Floor): Record<Part, Saving> {
  return { conversation: conversations, ...subjects }
}

type Saving = Pick<Shelf<never>, 'putAllAway' | 'write' | 'writeOut' | 'restore' | 'written'>

/** The head, and all that is not put away. */
interface Front {
  head: Head
  out: Record<Part, [id: string, packed: unknown][]>
}

function frontOf(floor: Floor): string {
  const shelves = shelvesOf(floor)
  return JSON.stringify({ head: headOf(floor), out: eachPart((part) => shelves[part].writeOut()) } satisfies Front)
}

function headOf(floor: Floor): Head {
  const { alerts, conditions } = floor
  return {
    config: floor.config,
    versions: floor.versions.map(({ from, config }) => ({ from, config })),
    handbookSeq: floor.handbookSeq,
    planned: floor.planned,
    seq: floor.seq,
    now: floor.now,
    tallies: packTallies(floor.tallies),
    rings: [...conditions.all()].map(({ isMarked, ...ring }) => ({ ...ring, alert: ring.alert?.id })),
    marked: conditions.marked.map((ring) => [ring.rule, ring.subject]),
    snoozed: snoozesOf(floor),
    putDown: Array.from(alerts.putDown.values(), packAlert),
    queues: [...floor.queues.keys()],
    agents: [...floor.agents.values()].map(({ awaiting, active, drawn, ...agent }) => agent),
    skus: [...floor.skus.values()].map((sku) => ({
      ...sku,
      clocks: sku.clocks.map((clock) => packClock(clock, sku.since)),
    })),
    waves: [...floor.pickups.waves],
    sources: [...floor.sources].map(([id, { lastAt }]) => [id, lastAt]),
    samples: [...floor.samples],
  }
}

function snoozesOf(floor: Floor): Head['snoozed'] {
  const snoozes = floor.timers.items().filter((timer) => timer.kind === 'snooze')
  return snoozes.map(({ alert, timerAt }): [string, number] => [alert, timerAt]).sort(([a], [b]) => (a < b ? -1 : 1))
}

function addSku(floor: Floor, written: Head['skus'][number]): void {
  const clocks = written.clocks.map((clock) => unpackClock(clock, written.since, written.id))
  for (const clock of clocks) revive(clock, floor.timers)
  // JSON has no undefined.
  const { name = undefined, category = undefined, low = undefined } = written
  floor.skus.set(written.id, { ...written, name, category, low, clocks })
}

function addAgent(floor: Floor, written: Head['agents'][number]): void {
  const agent: Agent = {
    ...written,
    // JSON has no undefined and no infinities.
    capacity: written.capacity ?? undefined,
    ownCapacity: written.ownCapacity ?? undefined,
    since: written.since ?? undefined,
    reason: written.reason ?? undefined,
    tier: written.tier ?? undefined,
    registeredAt: written.registeredAt ?? Number.NEGATIVE_INFINITY,
    queuesAt: written.queuesAt ?? Number.NEGATIVE_INFINITY,
    active: 0,
    awaiting: new Set(),
    drawn: undefined,
  }
  floor.agents.set(agent.id, agent)
  if (agent.status !== 'online') return
  for (const id of agent.queues) {
    const queue = floor.queues.get(id)
    if (queue !== undefined) queue.online++
  }
}

function addRings(floor: Floor, head: Head): void {
  floor.conditions = new Conditions()
  const { conditions } = floor
  for (const written of head.rings) {
    const alert = written.alert === undefined ? undefined : floor.alerts.find(written.alert)
    const ring: Ring = {
      ...written,
      since: written.since,
      alert,
      timerAt: written.timerAt ?? Number.NaN,
      isMarked: false,
    }
    conditions.add(ring)
    if (!Number.isNaN(ring.timerAt) && ring.timerAt < Number.POSITIVE_INFINITY) floor.timers.push(ring.timerAt, ring)
  }
  for (const [rule, subject] of head.marked) conditions.mark(rule, subject)
  for (const [id, source] of floor.sources) source.silence = conditions.find('source_silent', id)
}

function addSnoozes(floor: Floor, { snoozed }: Head): void {
  for (const [alert, until] of snoozed) floor.timers.push(until, { kind: 'snooze', alert, timerAt: until })
}
