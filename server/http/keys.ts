/** Keys for programs and screens: made, listed and revoked by the administrator. */
import { createRoute, z } from '@hono/zod-openapi'
import { SCOPES } from '#server/auth/grant.ts'
import { formatInstant } from '#server/instant.ts'
import { newApi } from './api.ts'
import { smallBody } from './body.ts'
import type { Deps } from './deps.ts'
import { Problem } from './problem.ts'
import { json, orProblem, wholeNumber } from './schemas.ts'

const asked = z.object({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(SCOPES)).min(1),
  shop: z.string().optional().openapi({ description: 'Every shop when left out.' }),
})
const keySchema = asked.extend({ id: z.number(), createdAt: z.string() }).openapi('Key')

export function keyRoutes(deps: Deps) {
  const create = createRoute({
    method: 'post',
    path: '/api/keys',
    summary: 'Make a key; it is shown this once',
    middleware: [deps.door.admin(), smallBody] as const,
    request: { body: { required: true, content: { 'application/json': { schema: asked } } } },
    responses: { 201: json(keySchema.extend({ key: z.string() }), 'Made.'), ...orProblem },
  })
  const list = createRoute({
    method: 'get',
    path: '/api/keys',
    summary: 'The keys in force',
    middleware: deps.door.admin(),
    responses: { 200: json(z.object({ keys: z.array(keySchema) }), 'Without the keys themselves.'), ...orProblem },
  })
  const revoke = createRoute({
    method: 'delete',
    path: '/api/keys/{id}',
    summary: 'Revoke a key; screens that use it are turned out',
    middleware: deps.door.admin(),
    request: { params: z.object({ id: wholeNumber(2 ** 31 - 1) }) },
    responses: { 204: { description: 'Revoked.' }, ...orProblem },
  })

  return newApi()
    .openapi(create, async (c) => {
      const { name, scopes, shop } = c.req.valid('json')
      const record = shop === undefined ? undefined : await deps.shops.find(shop)
      if (shop !== undefined && record === undefined) throw new Problem(422, `shop: there is no shop ${shop}.`)
      const now = deps.clock.now()
      const made = await deps.keys.create(name, scopes, now, record?.id)
      return c.json({ ...made, name, scopes, createdAt: formatInstant(now), ...(shop !== undefined && { shop }) }, 201)
    })
    .openapi(list, async (c) => {
      const keys = (await deps.keys.list()).map((key) => ({ ...key, createdAt: formatInstant(key.createdAt) }))
      return c.json({ keys }, 200)
    })
    .openapi(revoke, async (c) => {
      const revoked = await deps.keys.revoke(c.req.valid('param').id, deps.clock.now())
      if (!revoked) throw new Problem(404, 'There is no such key.')
      return c.body(null, 204)
    })
}
