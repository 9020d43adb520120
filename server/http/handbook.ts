/** The handbook of a shop: what holds, what held when, and publishing another; out and in as one file. */
import { randomUUID } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import type { CalendarId, Desk, Due, Rule } from '#core/handbook.ts'
import { RULES } from '#core/handbook.ts'
import { type HandbookVersion, handbookVersions, type PublishedHandbook } from '#core/handbookVersions.ts'
import { type HandbookChanges, handbookChanges } from '#core/shop.ts'
import { differencesOf, type WholeHandbook, wholeHandbook } from '#core/wholeHandbook.ts'
import { actorName } from '#server/auth/grant.ts'
import { formatInstant } from '#server/instant.ts'
import { ownEvent } from '#server/live/ownEvent.ts'
import type { StoredEvent } from '#server/log/log.ts'
import type { ShopRecord } from '#server/shops.ts'
import { newApi } from './api.ts'
import { smallBody } from './body.ts'
import type { Deps } from './deps.ts'
import { demandFit } from './handbookFit.ts'
import { lookNow } from './present.ts'
import { Problem, unfit } from './problem.ts'
import { instant, json, orProblem, shopPath } from './schemas.ts'

const MOST_VERSIONS = 200
const NO_STORE = 'no-store'

/** Instants in RFC 3339. */
export interface VersionAnswer extends Omit<HandbookVersion, 'publishedAt' | 'effectiveAt'> {
  publishedAt: string
  effectiveAt: string
}

export interface HandbookAnswer {
  shop: string
  name: string
  timezone: string
  /** Of the last one published, in force or planned: what `expectedVersion` must be. 0 when none ever was. */
  version: number
  /** What the shop changed, as it is in force. */
  handbook: HandbookChanges
  /** Who published it, and why; left out when it is the first. */
  inForce?: VersionAnswer
  planned?: VersionAnswer
  /** Every figure in force, and every one as shipped. */
  whole: WholeHandbook
  shipped: WholeHandbook
  rules: { id: string; section: string; of: Rule['of']; desk: Desk; calendar: CalendarId; due: Due; ours: boolean }[]
}

const object = <T>(name: string) => z.custom<T>().openapi(name, { type: 'object', additionalProperties: true })
const published = z.object({
  /** The whole of what the shop changes; what is left out is as shipped. */
  handbook: handbookChanges,
  reason: z.string().trim().min(1).max(500),
  by: z.string().trim().min(1).max(100).optional().openapi({ description: 'Who; the name of the key when left out.' }),
  effectiveAt: instant.optional().openapi({ description: 'Later than now; at once when left out.' }),
  expectedVersion: z.number().int().min(0).openapi({ description: '`version` of the handbook that was looked at.' }),
})

export function handbookRoutes(deps: Deps) {
  const path = '/api/shops/{shop}/handbook' as const
  const read = { request: { params: shopPath } }
  const get = createRoute({
    method: 'get',
    path,
    summary: 'The handbook: every rule, calendar, wave and condition in force',
    ...read,
    responses: { 200: json(object<HandbookAnswer>('Handbook'), 'What holds, and what is planned.'), ...orProblem },
  })
  const versions = createRoute({
    method: 'get',
    path: `${path}/versions`,
    ...read,
    summary: `Every handbook that was published, at most the last ${MOST_VERSIONS}: from when, by whom, why, what changed`,
    responses: {
      200: json(z.object({ versions: z.array(object<VersionAnswer>('HandbookVersion')) }), 'The newest first.'),
      ...orProblem,
    },
  })
  const file = createRoute({
    method: 'get',
    path: `${path}/export`,
    summary: 'The handbook in force as one file, to be published elsewhere',
    ...read,
    responses: {
      200: json(z.object({ format: z.literal(FORMAT), handbook: handbookChanges }).loose(), 'A download.'),
      ...orProblem,
    },
  })
  const put = createRoute({
    method: 'put',
    path,
    summary: 'Publish another handbook, at once or for an instant to come',
    description:
      '`handbook` is the whole of what the shop changes; what is left out is as shipped. It takes the place of one that is planned. The past keeps the rules it had, and so does a running clock.',
    middleware: smallBody,
    request: { params: shopPath, body: { required: true, content: { 'application/json': { schema: published } } } },
    responses: {
      200: json(z.object({ version: z.number(), effectiveAt: z.string(), planned: z.boolean() }), 'Published.'),
      ...orProblem,
    },
  })

  return newApi()
    .openapi(get, async (c) => {
      c.header('cache-control', NO_STORE)
      return c.json(await answerOf(c.var.shop), 200)
    })
    .openapi(versions, async (c) => {
      const { all } = await known(c.var.shop)
      c.header('cache-control', NO_STORE)
      return c.json({ versions: all.map(told).reverse() }, 200)
    })
    .openapi(file, async (c) => {
      const { shop, name, timezone, version, handbook } = await answerOf(c.var.shop)
      c.header('cache-control', NO_STORE)
      c.header('content-disposition', `attachment; filename="handbook-${shop}-${version}.json"`)
      const exportedAt = formatInstant(deps.clock.now())
      return c.json({ format: FORMAT, shop, name, timezone, version, exportedAt, handbook }, 200)
    })
    .openapi(
      put,
      async (c) => {
        const { handbook, reason, effectiveAt, expectedVersion, by: asked } = c.req.valid('json')
        const by = actorName(c.var.grant, asked)
        demandFit(handbook, (await c.req.json()).handbook)
        const { shop } = c.var
        const room = await deps.rooms.of(shop)
        const { results } = await room
          .decide((floor, at) => {
            if (floor.handbookSeq !== expectedVersion) throw new Overtaken()
            if (effectiveAt !== undefined && effectiveAt <= Math.max(deps.clock.now(), floor.now))
              throw new Problem(422, 'effectiveAt: expected an instant later than now; leave it out for at once.')
            if (floor.planned === undefined && differencesOf(floor.config.handbook, handbook).length === 0)
              throw new Problem(422, 'handbook: expected something else than what is in force already.')
            const later = effectiveAt !== undefined && { effectiveAt: formatInstant(effectiveAt) }
            const what = { type: 'handbook.changed', subject: shop.slug, data: { handbook, reason, by, ...later } }
            return [ownEvent(what, randomUUID(), at)]
          })
          .catch(async (error) => {
            throw error instanceof Overtaken ? await overtaken(shop) : error
          })
        const [done] = results
        if (done === undefined || done === 'duplicate') throw new Error('a published handbook is not in the log')
        const from = formatInstant(effectiveAt ?? done.recordedAt)
        await deps.audit.note({ ...c.var.grant, name: by }, 'handbook_published', {
          shop: shop.slug,
          target: `version ${done.seq}`,
          detail: reason,
          address: c.var.address,
        })
        return c.json({ version: done.seq, effectiveAt: from, planned: effectiveAt !== undefined }, 200)
      },
      (result) => {
        if (!result.success) throw unfit(422, result.error, 'The handbook')
      },
    )

  /** The handbooks so far, and where the floor stands among them. */
  async function known(shop: ShopRecord) {
    const { seq, now, ...floor } = await lookNow(deps, shop, ({ handbookSeq, now, config, versions }) => ({
      seq: handbookSeq,
      now,
      config,
      first: versions[0]?.config.handbook,
    }))
    const stored = await deps.log.readOwn(shop.id, shop.slug, 'handbook.changed', MOST_VERSIONS + 1)
    const published = stored.filter((event) => event.seq <= seq).map(publishedOf)
    const isCut = published.length > MOST_VERSIONS
    const all = handbookVersions(
      isCut ? published[0]?.handbook : floor.first,
      isCut ? published.slice(1) : published,
      now,
    )
    return { ...floor, seq, all }
  }

  async function answerOf(shop: ShopRecord): Promise<HandbookAnswer> {
    const { config, seq, all } = await known(shop)
    const { name, timezone, handbook = {} } = config
    const inForce = all.find(({ state }) => state === 'inForce')
    const planned = all.find(({ state }) => state === 'planned')
    return {
      shop: shop.slug,
      name,
      timezone,
      version: seq,
      handbook,
      ...(inForce && { inForce: told(inForce) }),
      ...(planned && { planned: told(planned) }),
      whole: wholeHandbook(handbook),
      shipped: wholeHandbook(),
      rules: RULES.map(({ id, section, of, desk, calendar, due, ours = false }) => {
        return { id, section, of, desk, calendar, due, ours }
      }),
    }
  }

  async function overtaken(shop: ShopRecord): Promise<Problem> {
    const { all } = await known(shop)
    const last = all.at(-1)
    const now = last === undefined ? { version: 0 } : told(last)
    return new Problem(409, 'Another handbook was published meanwhile.', { members: { now } })
  }
}

const FORMAT = 'floorwatch-handbook' as const

class Overtaken extends Error {}

function publishedOf({ seq, recordedAt, time, body }: StoredEvent): PublishedHandbook {
  const { handbook, effectiveAt, by, reason } = JSON.parse(body).data
  const later = Date.parse(effectiveAt ?? '')
  return {
    version: seq,
    publishedAt: time,
    effectiveAt: later > recordedAt ? later : time,
    by,
    reason,
    handbook: handbookChanges.parse(handbook),
  }
}

function told({ publishedAt, effectiveAt, ...version }: HandbookVersion): VersionAnswer {
  return { ...version, publishedAt: formatInstant(publishedAt), effectiveAt: formatInstant(effectiveAt) }
}
