/** How long a shop keeps what: as it is set, what there is, and what other settings would let go of. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Kept, LEAST_DAYS, MOST_DAYS } from '#core/keepingBounds.ts'
import type { KeepingSettings } from '#db/keeping.ts'
import { formatInstant } from '#server/instant.ts'
import type { ShopRecord } from '#server/shops.ts'
import { newApi } from './api.ts'
import { smallBody } from './body.ts'
import type { Deps } from './deps.ts'
import { json, orProblem, shopPath } from './schemas.ts'

const days = (kept: Kept) => z.number().int().min(LEAST_DAYS[kept]).max(MOST_DAYS).optional()
const settings = z
  .object({ eventsDays: days('events'), snapshotsDays: days('snapshots'), reportsDays: days('reports') })
  .strict()
  .openapi('KeepingSettings', { description: 'Days; for ever when left out.' })
const sizes = {
  events: z.number(),
  eventBytes: z.number().openapi({ description: 'About.' }),
  snapshots: z.number(),
  snapshotBytes: z.number(),
  reports: z.number(),
}
const keepingSchema = z
  .object({
    settings,
    kept: z.object({
      from: z.string().optional().openapi({ description: 'Since when; from the beginning when left out.' }),
      firstDay: z.string().optional(),
      firstSnapshotDay: z.string().optional(),
      firstReportDay: z.string().optional(),
      ...sizes,
    }),
  })
  .openapi('Keeping')
const goingSchema = z.object({
  before: z.string().optional().openapi({ description: 'Local days before this one go.' }),
  days: z.number(),
  ...sizes,
})
const body = { required: true, content: { 'application/json': { schema: z.object({ settings }) } } }

export function keepingRoutes(deps: Deps) {
  const path = '/api/shops/{shop}/keeping' as const
  const get = createRoute({
    method: 'get',
    path,
    summary: 'How long things are kept, and what there is',
    request: { params: shopPath },
    responses: { 200: json(keepingSchema, 'As it is set.'), ...orProblem },
  })
  const put = createRoute({
    method: 'put',
    path,
    summary: 'Say how long things are kept; a sweep by it begins at once, and every day from then on',
    middleware: smallBody,
    request: { params: shopPath, body },
    responses: { 200: json(keepingSchema, 'As it is set now.'), ...orProblem },
  })
  const look = createRoute({
    method: 'post',
    path: `${path}/look`,
    summary: 'What settings would let go of now; nothing is done',
    middleware: smallBody,
    request: { params: shopPath, body },
    responses: { 200: json(goingSchema, 'What would go.'), ...orProblem },
  })

  return newApi()
    .openapi(get, async (c) => {
      c.header('cache-control', 'no-store')
      return c.json(await answer(c.var.shop), 200)
    })
    .openapi(put, async (c) => {
      const { shop, grant, address } = c.var
      const settings = c.req.valid('json').settings as KeepingSettings
      await deps.keeping.set(shop, settings)
      const detail = JSON.stringify(settings)
      await deps.audit.note(grant, 'keeping_changed', { shop: shop.slug, detail, address })
      return c.json(await answer(shop), 200)
    })
    .openapi(look, async (c) => {
      return c.json(await deps.keeping.look(c.var.shop, c.req.valid('json').settings as KeepingSettings), 200)
    })

  async function answer(shop: ShopRecord) {
    const { from, ...kept } = await deps.keeping.kept(shop)
    const settings = await deps.keeping.settings(shop)
    return { settings, kept: { ...kept, ...(from !== undefined && { from: formatInstant(from) }) } }
  }
}
