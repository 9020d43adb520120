/** Loads an exported log: every event keeps its place and its instant, so every view is what it was. */
import { createRoute, z } from '@hono/zod-openapi'
import { parseInstant } from '#server/instant.ts'
import { linesOf } from '#server/lines.ts'
import type { SoundEvent } from '#server/live/inbox.ts'
import type { ShopRecord } from '#server/shops.ts'
import { newApi } from './api.ts'
import { readLine } from './cloudEvents.ts'
import type { Deps } from './deps.ts'
import type { ExportHead } from './export.ts'
import { judge } from './judge.ts'
import { Problem } from './problem.ts'
import { json, orProblem, shopPath } from './schemas.ts'

const BATCH_EVENTS = 1_000

export function importRoutes(deps: Deps) {
  const imported = createRoute({
    method: 'post',
    path: '/api/shops/{shop}/import',
    summary:
      'Load an exported log into a shop that is empty or ends where the file begins; the same again has no effect',
    request: {
      params: shopPath,
      body: { required: true, content: { 'application/x-ndjson': { schema: z.string() } } },
    },
    responses: {
      200: json(z.object({ imported: z.number(), duplicates: z.number(), head: z.number() }), 'All of it is durable.'),
      ...orProblem,
    },
  })

  return newApi().openapi(imported, async (c) => {
    const { shop } = c.var
    const { body } = c.req.raw
    if (body === null) throw new Problem(400, 'The body: expected the lines of an export.')
    const copy = new Copy(deps, shop)
    for await (const line of linesOf(body, (what, expected) => copy.unreadable(what, expected))) await copy.take(line)
    const done = await copy.finish()
    await deps.audit.note(c.var.grant, 'imported', {
      shop: shop.slug,
      detail: `${done.imported} events`,
      address: c.var.address,
    })
    return c.json(done, 200)
  })
}

/**
 * One file on its way in. Whole batches before a bad line stay, the lines of its own batch do not: the file, mended, can
 * be sent again.
 */
class Copy {
  #deps: Deps
  #shop: ShopRecord
  #line = 0
  /** The seq that the next line must have. */
  #next: number | undefined
  /** Of the last line, as the first one says. */
  #last = 0
  #recordedAt = Number.NEGATIVE_INFINITY
  #batch: SoundEvent[] = []
  #imported = 0
  #duplicates = 0

  constructor(deps: Deps, shop: ShopRecord) {
    this.#deps = deps
    this.#shop = shop
  }

  async take(text: string): Promise<void> {
    this.#line++
    if (text.trim() === '') return
    const candidate = readLine(text)
    const value = ('value' in candidate ? candidate.value : undefined) as Record<string, unknown> | null | undefined
    if (this.#next === undefined) return await this.#begin(value)
    const { seq, recordedAt, ...event } = value ?? {}
    const at = typeof recordedAt === 'string' ? parseInstant(recordedAt) : undefined
    if (seq !== this.#next) throw this.#fault(`seq: expected ${this.#next}`)
    if (at === undefined || at < this.#recordedAt || at > this.#deps.clock.now())
      throw this.#fault('recordedAt: expected an instant not before that of the line before, and not later than now')
    const verdict = judge({ value: event, text: JSON.stringify(event) }, { ownToo: true })
    if (!('event' in verdict)) throw this.#fault(verdict.error)
    this.#next++
    this.#recordedAt = at
    this.#batch.push({ ...verdict.event, recordedAt: at })
    if (this.#batch.length === BATCH_EVENTS) await this.#append()
  }

  async finish(): Promise<{ imported: number; duplicates: number; head: number }> {
    if (this.#next === undefined) throw this.#fault('expected the first line of an export')
    await this.#append()
    if (this.#next <= this.#last)
      throw this.#fault(
        `the file was cut short: expected it to go on to seq ${this.#last}, it ends at ${this.#next - 1}`,
      )
    const { seq } = (await this.#deps.rooms.of(this.#shop)).head
    return { imported: this.#imported, duplicates: this.#duplicates, head: seq }
  }

  async #begin(value: unknown): Promise<void> {
    const head = value as Partial<ExportHead> | null | undefined
    if (head?.floorwatch !== 'export' || !Number.isSafeInteger(head.after))
      throw this.#fault('expected the first line of an export')
    const { config } = this.#shop
    if (JSON.stringify(rulesOf(head.config)) !== JSON.stringify(rulesOf(config)))
      throw this.#fault(`config: expected a shop of the zone ${config.timezone}, first configured alike`, 409)
    const { seq } = (await this.#deps.rooms.of(this.#shop)).head
    const after = head.after as number
    if (after > seq) throw this.#fault(`after: expected events after ${seq}, where this shop's log ends`, 409)
    this.#next = after + 1
    this.#last = Number.isSafeInteger(head.head) ? (head.head as number) : after
  }

  async #append(): Promise<void> {
    const batch = this.#batch.splice(0)
    if (batch.length === 0) return
    const first = (this.#next ?? 0) - batch.length
    const room = await this.#deps.rooms.of(this.#shop)
    const known = Math.min(batch.length, Math.max(0, room.head.seq - first + 1))
    await this.#holdAgainst(batch.slice(0, known), first)
    this.#duplicates += known
    if (known === batch.length) return
    const { results } = await room.submit(batch.slice(known), 'backfill')
    const astray = results.findIndex(
      (result, i) =>
        result === 'duplicate' ||
        result.seq !== first + known + i ||
        result.recordedAt !== batch[known + i]?.recordedAt,
    )
    if (astray !== -1) throw this.#fault('another source writes to this shop: expected it to be left alone', 409)
    this.#imported += results.length
  }

  /** What the log has already at these places must be the same. */
  async #holdAgainst(batch: readonly SoundEvent[], first: number): Promise<void> {
    if (batch.length === 0) return
    const there = await this.#deps.log.read(this.#shop.id, { after: first - 1, limit: batch.length })
    for (const [i, { body, recordedAt }] of there.entries()) {
      const { source, id } = JSON.parse(body)
      if (source !== batch[i]?.source || id !== batch[i]?.id || recordedAt !== batch[i]?.recordedAt)
        throw this.#fault(`seq: expected the event that this shop has at ${first + i}`, 409)
    }
  }

  unreadable(what: 'too_long' | 'not_utf8', expected: string): Problem {
    const members = { imported: this.#imported }
    return new Problem(what === 'too_long' ? 413 : 400, `after line ${this.#line}: ${expected}`, { members })
  }

  #fault(detail: string, status: 409 | 422 = 422): Problem {
    return new Problem(status, `line ${this.#line}: ${detail}`, { members: { imported: this.#imported } })
  }
}

/** What decides on the figures: a name does not. */
function rulesOf(config: { timezone?: unknown; handbook?: unknown } | undefined): unknown[] {
  return [config?.timezone, config?.handbook ?? null]
}
