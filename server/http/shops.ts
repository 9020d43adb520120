/** Shops: made and changed by the administrator, listed for whoever may read them. */
import { randomUUID } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import { allows } from '#server/auth/grant.ts'
import { ownEvent } from '#server/live/ownEvent.ts'
import { newApi } from './api.ts'
import { smallBody } from './body.ts'
import type { Deps } from './deps.ts'
import { Problem } from './problem.ts'
import { json, orProblem } from './schemas.ts'

const slug = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'expected up to 64 letters, digits, - or _, the first a letter or digit')
const settings = z.object({
  name: z.string().trim().min(1).max(200),
  timezone: z.string().refine(isZone, 'expected an IANA time zone such as Asia/Shanghai'),
})
const shopSchema = settings.extend({ shop: slug }).openapi('Shop')

export function shopRoutes(deps: Deps) {
  const put = createRoute({
    method: 'put',
    path: '/api/shops/{shop}',
    summary: 'Make a shop, or change its name and time zone from now on',
    middleware: smallBody,
    request: {
      params: z.object({ shop: slug }),
      headers: z.object({
        'if-none-match': z.literal('*').optional().openapi({ description: 'Only make one: 412 where it is there.' }),
      }),
      body: { required: true, content: { 'application/json': { schema: settings } } },
    },
    responses: { 200: json(shopSchema, 'It was there and is so now.'), 201: json(shopSchema, 'Made.'), ...orProblem },
  })
  const list = createRoute({
    method: 'get',
    path: '/api/shops',
    summary: 'The shops this key may read',
    responses: { 200: json(z.object({ shops: z.array(shopSchema) }), 'In alphabetical order.'), ...orProblem },
  })

  return newApi()
    .openapi(put, async (c) => {
      const { shop } = c.req.valid('param')
      const asked = c.req.valid('json')
      const made = await deps.shops.create({ shop, ...asked }, deps.clock.now())
      const note = (action: 'shop_made' | 'shop_changed') =>
        deps.audit.note(c.var.grant, action, {
          shop,
          target: asked.name,
          detail: asked.timezone,
          address: c.var.address,
        })
      if (made !== undefined) {
        await note('shop_made')
        return c.json({ shop, ...asked }, 201)
      }
      if (c.req.valid('header')['if-none-match'] !== undefined)
        throw new Problem(412, `There is a shop ${shop} already.`)
      const record = await deps.shops.find(shop)
      if (record === undefined) throw new Error(`shop ${shop} is neither new nor there`)
      const room = await deps.rooms.of(record)
      const { results } = await room.decide(({ config }, at) => {
        if (config.name === asked.name && config.timezone === asked.timezone) return []
        return [ownEvent({ type: 'shop.configured', subject: shop, data: asked }, randomUUID(), at)]
      })
      if (results.length > 0) await note('shop_changed')
      return c.json({ shop, ...asked }, 200)
    })
    .openapi(list, async (c) => {
      const readable = (await deps.shops.list()).filter(({ slug }) => allows(c.var.grant, slug, 'watch'))
      const rooms = await Promise.all(readable.map((shop) => deps.rooms.of(shop)))
      const shops = rooms.map(({ config: { shop, name, timezone } }) => ({ shop, name, timezone }))
      return c.json({ shops }, 200)
    })
}

/** The runtime knows many zones by more than one name; an offset is no zone. */
function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
