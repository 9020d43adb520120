/**
 * The past, and the snapshots it is read from: worked out in a thread of its own, so that a look at last week never has
 * today's timers wait. The thread is started when it is first needed; one that dies is replaced by the next call.
 */
import { Worker } from 'node:worker_threads'
import { type BirpcReturn, createBirpc } from 'birpc'
import type { Belongings } from '#core/erase.ts'
import type { Shown } from '#core/segment.ts'
import type { WhatIf } from '#core/whatIf.ts'
import type { EventLog } from '#server/log/log.ts'
import type { NewSnapshot } from '#server/log/snapshots.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { ServerCalls, ThreadCalls } from './calls.ts'
import type { Asked, LookName, Seen } from './looks.ts'
import type { WhatIfAsked } from './whatIf.ts'

/** Of the thread. With less room V8 collects more often: a day's what-if takes 40 % less memory and 10 % more time. */
const LIMITS = { maxOldGenerationSizeMb: 2_000 }

interface Thread {
  worker: Worker
  calls: BirpcReturn<ThreadCalls, ServerCalls>
}

/** Why a snapshot is not saved whose floor was folded from a log that was rewritten in the meantime. */
const OUTDATED = 'the log has been rewritten'

export class Archive {
  #log: EventLog
  #thread: Thread | undefined
  /** What a snapshot must wait for before it is saved, by shop. */
  #beforeSaving = new Map<number, (seq: number) => Promise<void>>()
  /** What the thread has asked of the log and not been told yet. */
  #underWay = new Set<Promise<unknown>>()
  /** Errors of the log by the words that stand for them in the thread, where they would lose their codes. */
  #faults = new Map<string, unknown>()
  #count = 0
  /** Shops whose log is being rewritten. */
  #rewritten = new Set<number>()
  /** How often the log of a shop was rewritten: what was read of another edition is not saved. */
  #editions = new Map<number, number>()
  /** Who is told how far their what-if is, by its ticket; each answers whether it is still wanted. */
  #whatIfs = new Map<number, (share: number) => boolean>()
  #tickets = 0

  constructor(log: EventLog) {
    this.#log = log
  }

  /**
   * The view at a reserved instant, epoch ms, as JSON. `final` says that nothing can be recorded at or before it any
   * more.
   */
  async view(shop: ShopRecord, at: number, final: boolean): Promise<Uint8Array> {
    return await this.look(shop, at, final, 'view')
  }

  /** What is seen at a reserved instant. */
  async look<N extends LookName>(
    shop: ShopRecord,
    at: number,
    final: boolean,
    name: N,
    ...asked: Asked<N>
  ): Promise<Seen<N>> {
    const [seen] = await this.lookAlong(shop, [at], final ? at : Number.NEGATIVE_INFINITY, name, ...asked)
    return seen as Seen<N>
  }

  /** What is seen at each of some ascending, reserved instants; those up to `finalUpTo` are final. */
  async lookAlong<N extends LookName>(
    shop: ShopRecord,
    instants: readonly number[],
    finalUpTo: number,
    name: N,
    ...asked: Asked<N>
  ): Promise<Seen<N>[]> {
    const [first] = instants
    if (first === undefined) return []
    await this.#log.demandKept(shop.id, first)
    return (await this.#ask((thread) => thread.look(shop, instants, finalUpTo, name, asked))) as Seen<N>[]
  }

  /** A segment of the past (see core/segment.ts) up to a reserved instant, as gzipped JSON. */
  async segment(
    shop: ShopRecord,
    span: { from: number; upTo: number; final: boolean },
    shown: readonly Shown[],
  ): Promise<Uint8Array> {
    await this.#log.demandKept(shop.id, span.from)
    return await this.#ask((thread) => thread.segment(shop, span.from, span.upTo, span.final, shown))
  }

  /**
   * What would have been under another handbook.
   * @param goOn told how far it is, from 0 to 1; answers whether it is still wanted
   * @returns undefined when it was not
   */
  async whatIf(
    shop: ShopRecord,
    asked: WhatIfAsked,
    goOn: (share: number) => boolean = () => true,
  ): Promise<WhatIf | undefined> {
    await this.#log.demandKept(shop.id, asked.period.from)
    const ticket = ++this.#tickets
    this.#whatIfs.set(ticket, goOn)
    try {
      return await this.#ask((thread) => thread.whatIf(shop, asked, ticket))
    } finally {
      this.#whatIfs.delete(ticket)
    }
  }

  /** Snapshots of the log up to a seq; `beforeSaving` is waited for before one of a seq is saved. */
  async follow(shop: ShopRecord, upTo: number, beforeSaving: (seq: number) => Promise<void>): Promise<void> {
    this.#beforeSaving.set(shop.id, beforeSaving)
    await this.#ask((thread) => thread.follow(shop, upTo, this.#editionOf(shop.id)))
  }

  /** Rewrites the log of a shop: snapshots of the old one are not saved any more, and the thread forgets the shop after. */
  async rewriting(shop: ShopRecord, rewrite: () => Promise<void>): Promise<void> {
    this.#rewritten.add(shop.id)
    try {
      await rewrite()
    } finally {
      this.#editions.set(shop.id, this.#editionOf(shop.id) + 1)
      try {
        if (this.#thread !== undefined) await this.#ask((thread) => thread.forget(shop.id))
      } finally {
        this.#rewritten.delete(shop.id)
      }
    }
  }

  /**
   * A whole floor at the last event recorded before an instant is saved, for the log to begin with.
   * @returns its seq; 0 when there is no such event
   */
  async found(shop: ShopRecord, before: number): Promise<number> {
    await this.#log.demandKept(shop.id, before)
    return await this.#ask((thread) => thread.found(shop, before, this.#editionOf(shop.id)))
  }

  /**
   * What is a customer's on the floor that a log begins with, and that floor with the customer renamed (core/erase.ts).
   * Nothing of it, and no floor, for a log that is whole.
   */
  async renamedBase(
    shop: ShopRecord,
    customer: string,
    pseudonym: string,
  ): Promise<{ belongings: Belongings; base: NewSnapshot } | undefined> {
    const cut = await this.#log.cutOf(shop.id)
    return cut && (await this.#ask((thread) => thread.renamedBase(shop, cut.from, customer, pseudonym)))
  }

  #editionOf(shopId: number): number {
    return this.#editions.get(shopId) ?? 0
  }

  /** Whatever is under way is given up. */
  async close(): Promise<void> {
    const thread = this.#thread
    this.#thread = undefined
    thread?.calls.$close()
    await thread?.worker.terminate()
    await Promise.allSettled(this.#underWay)
  }

  async #ask<T>(ask: (thread: Thread['calls']) => Promise<T>): Promise<T> {
    this.#thread ??= this.#start()
    try {
      return await ask(this.#thread.calls)
    } catch (error) {
      const words = error instanceof Error ? error.message : ''
      const fault = this.#faults.get(words)
      this.#faults.delete(words)
      throw fault ?? error
    }
  }

  #start(): Thread {
    const worker = new Worker(new URL('./thread.ts', import.meta.url), { resourceLimits: LIMITS })
    const calls = createBirpc<ThreadCalls, ServerCalls>(this.#served(), {
      post: (message) => worker.postMessage(message),
      on: (hear) => worker.on('message', hear),
      timeout: -1,
    })
    const thread = { worker, calls }
    worker.on('error', (error: Error) => this.#died(thread, error))
    return thread
  }

  #died(thread: Thread, error: Error): void {
    if (this.#thread === thread) this.#thread = undefined
    thread.calls.$close(error)
  }

  #served(): ServerCalls {
    const log = this.#log
    return {
      goOn: async (ticket, share) => this.#whatIfs.get(ticket)?.(share) ?? false,
      readPage: (...asked) => this.#serve(log.readPage(...asked)),
      newestSnapshot: (...asked) => this.#serve(log.snapshots.newest(...asked)),
      snapshotPieces: (...asked) => this.#serve(log.snapshots.pieces(...asked)),
      cutOf: (...asked) => this.#serve(log.cutOf(...asked)),
      snapshotPosition: (...asked) => this.#serve(log.snapshots.position(...asked)),
      saveSnapshot: async (shopId, snapshot, edition) => {
        await this.#beforeSaving.get(shopId)?.(snapshot.seq)
        if (this.#rewritten.has(shopId) || edition !== this.#editionOf(shopId)) throw new Error(OUTDATED)
        await this.#serve(log.snapshots.save(shopId, snapshot))
      },
    }
  }

  async #serve<T>(asked: Promise<T>): Promise<T> {
    this.#underWay.add(asked)
    try {
      return await asked
    } catch (error) {
      const words = `the log failed (${++this.#count})`
      this.#faults.set(words, error)
      throw new Error(words)
    } finally {
      this.#underWay.delete(asked)
    }
  }
}
