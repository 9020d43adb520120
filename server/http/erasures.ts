/** Taking a customer's identity out of a shop: looked at first, then done; the figures keep. */
import { createRoute, z } from '@hono/zod-openapi'
import { listErasures } from '#db/erasures.ts'
import { actorName } from '#server/auth/grant.ts'
import { formatInstant } from '#server/instant.ts'
import { type Erased, type Found, isNothing } from '#server/keeping/erasure.ts'
import { newApi } from './api.ts'
import { smallBody } from './body.ts'
import type { Deps } from './deps.ts'
import { NDJSON, progressLines } from './progressLines.ts'
import { json, orProblem, shopPath } from './schemas.ts'

const MOST = 200
const customer = z.string().min(1).max(200).openapi({ description: 'As sources name them.' })
const body = <T extends z.ZodType>(schema: T) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})
const erasureSchema = z.object({
  pseudonym: z.string(),
  at: z.string(),
  by: z.string(),
  reason: z.string().optional(),
  events: z.number(),
})
const lines = {
  200: {
    description:
      'Lines of `{"progress": share}`, then one of `{"result": {conversations, orders, returns, complaints, events, rejected}}`, with the `pseudonym` once it is done, or of `{"error": …}`.',
    content: { [NDJSON]: { schema: z.string() } },
  },
  ...orProblem,
}

export function erasureRoutes(deps: Deps) {
  const path = '/api/shops/{shop}/erasures' as const
  const look = createRoute({
    method: 'post',
    path: `${path}/look`,
    summary: 'What erasing a customer would touch; nothing is done',
    middleware: smallBody,
    request: { params: shopPath, ...body(z.object({ customer })) },
    responses: lines,
  })
  const erase = createRoute({
    method: 'post',
    path,
    summary: 'Erase a customer: a pseudonym stands for them everywhere, from the beginning',
    description:
      'What sources added beyond the known fields of their conversations, orders, returns and complaints goes too. It cannot be undone.',
    middleware: smallBody,
    request: {
      params: shopPath,
      ...body(z.object({ customer, reason: z.string().trim().min(1).max(500).optional() })),
    },
    responses: lines,
  })
  const list = createRoute({
    method: 'get',
    path,
    summary: 'The erasures so far, by pseudonym',
    request: { params: shopPath },
    responses: { 200: json(z.object({ erasures: z.array(erasureSchema) }), 'The newest first.'), ...orProblem },
  })

  return newApi()
    .openapi(look, (c) => {
      const { shop } = c.var
      const { customer } = c.req.valid('json')
      return progressLines<Found>(c, deps.logger, (tell) => deps.erasures.look(shop, customer, tell)) as never
    })
    .openapi(erase, (c) => {
      const { shop, grant, address } = c.var
      const { customer, reason } = c.req.valid('json')
      return progressLines<Erased>(c, deps.logger, async (tell) => {
        const asked = { by: actorName(grant, undefined), reason, now: () => deps.clock.now() }
        const erased = await deps.erasures.erase(shop, customer, asked, tell)
        const { pseudonym, events } = erased
        if (!isNothing(erased)) {
          const detail = reason ?? `${events} events`
          await deps.audit.note(grant, 'erased', { shop: shop.slug, target: pseudonym, detail, address })
        }
        return erased
      }) as never
    })
    .openapi(list, async (c) => {
      const rows = await listErasures(deps.db, c.var.shop.id, MOST)
      const erasures = rows.map(({ erasedAt, erasedBy, ...row }) => {
        return { ...row, at: formatInstant(erasedAt), by: erasedBy }
      })
      c.header('cache-control', 'no-store')
      return c.json({ erasures }, 200)
    })
}
