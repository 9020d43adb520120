/** What a wall reads: the view now or at any instant, and the last hours as points for its chart. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { PAST_VERSION } from '#core/version.ts'
import type { ShopRecord } from '#server/shops.ts'
import { newApi } from './api.ts'
import type { Deps } from './deps.ts'
import { momentOf } from './moment.ts'
import { Problem } from './problem.ts'
import { cachedAs, FOR_EVER, instant, json, names, orProblem, shopPath, viewSchema, wholeNumber } from './schemas.ts'

const MAX_POINTS = 500
const HOUR_MS = 3_600_000
const rate = z.number().optional()

export function viewRoutes(deps: Deps) {
  const view = createRoute({
    method: 'get',
    path: '/api/shops/{shop}/view',
    summary: 'The view now, or at an instant; a final one may be cached for ever',
    request: { params: shopPath, query: z.object({ at: instant.optional(), v: cachedAs }) },
    responses: {
      200: json(viewSchema, 'The view.'),
      304: { description: 'The final view that the caller has.' },
      ...orProblem,
    },
  })

  const history = createRoute({
    method: 'get',
    path: '/api/shops/{shop}/history',
    summary: `Customers waiting, agents online and response rates at even steps: at most ${MAX_POINTS} points`,
    request: {
      params: shopPath,
      query: z.object({
        from: instant.optional().openapi({ description: 'Four hours before `to` when left out.' }),
        to: instant.optional().openapi({ description: 'Now when left out, or when later than now.' }),
        stepMs: wholeNumber(86_400_000).default(60_000),
      }),
    },
    responses: {
      200: json(
        z.object({
          points: z.array(
            z.object({ at: z.string(), waiting: z.number(), online: z.number(), firstRate: rate, replyRate: rate }),
          ),
        }),
        'The points; rates are over the 15 minutes up to each.',
      ),
      ...orProblem,
    },
  })

  async function ofThePast(c: Context, shop: ShopRecord, at: number, final: boolean) {
    const view = await deps.archive.view(shop, at, final)
    c.header('content-type', 'application/json')
    return c.body(view as Uint8Array<ArrayBuffer>, 200)
  }

  return newApi()
    .openapi(view, async (c) => {
      const { shop } = c.var
      const { at } = c.req.valid('query')
      if (at === undefined) {
        c.header('cache-control', 'no-store')
        const room = await deps.rooms.of(shop)
        const now = await room.viewNow()
        if (now !== undefined) return c.json(now, 200)
        // While a history is loading only the log can tell what is true now.
        const moment = await momentOf(deps, shop, undefined)
        return ofThePast(c, shop, moment.at, false)
      }
      const { final } = await momentOf(deps, shop, at)
      if (!final) {
        c.header('cache-control', 'no-store')
        return ofThePast(c, shop, at, final)
      }
      const etag = `"${shop.slug}.${at}.${PAST_VERSION}"`
      c.header('etag', etag)
      c.header('cache-control', FOR_EVER)
      if (names(c.req.header('if-none-match'), etag)) return c.body(null, 304)
      return ofThePast(c, shop, at, final)
    })
    .openapi(history, async (c) => {
      const room = await deps.rooms.of(c.var.shop)
      const { from: asked, to: until = room.now, stepMs } = c.req.valid('query')
      const to = Math.min(until, room.now)
      const from = asked ?? to - 4 * HOUR_MS
      if (stepMs < 1_000) throw new Problem(400, 'stepMs: expected at least 1000.')
      if ((to - from) / stepMs > MAX_POINTS) {
        throw new Problem(400, `Over ${MAX_POINTS} points: ask for a shorter span or a longer stepMs.`)
      }
      await room.reserve(to)
      c.header('cache-control', 'no-store')
      return c.json({ points: await deps.charts.points(c.var.shop, { from, to, stepMs }) }, 200)
    })
}
