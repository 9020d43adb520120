/** Keys of sources and programs: of one shop, made by its administrators, or of every shop. */

import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { SCOPES } from '#core/rights.ts'
import type { KeyRecord, MadeKey } from '#server/auth/keyRing.ts'
import { formatInstant } from '#server/instant.ts'
import { newApi } from './api.ts'
import { smallBody } from './body.ts'
import type { Deps } from './deps.ts'
import type { Env } from './door.ts'
import { Problem } from './problem.ts'
import { json, orProblem, shopPath, wholeNumber } from './schemas.ts'

const MAX_OVERLAP_MS = 30 * 86_400_000

const wanted = z.object({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
  source: z.string().trim().min(1).max(200).optional().openapi({ description: 'The one `source` of its events.' }),
  limitPerMinute: z.number().int().min(1).max(10_000_000).optional(),
  webhook: z.boolean().optional().openapi({ description: 'A secret for signed deliveries too.' }),
})
const wantedAnywhere = wanted.extend({
  shop: z.string().max(64).optional().openapi({ description: 'Every shop when left out.' }),
})
const keySchema = z
  .object({
    id: z.number(),
    name: z.string(),
    shop: z.string().optional().openapi({ description: 'Every shop when left out.' }),
    scopes: z.array(z.enum(SCOPES)),
    source: z.string().optional(),
    createdAt: z.string(),
    createdBy: z.string().optional(),
    expiresAt: z.string().optional().openapi({ description: 'It was rotated, and works until then.' }),
    lastUsedAt: z.string().optional(),
    requestsPerMinute: z.number().openapi({ description: 'Over the last five minutes.' }),
    eventsPerMinute: z.number(),
    limitPerMinute: z.number().optional(),
    webhook: z.object({ url: z.string() }).optional(),
  })
  .openapi('Key')
const madeSchema = keySchema
  .extend({ key: z.string(), secret: z.string().optional().openapi({ description: 'Of Standard Webhooks.' }) })
  .openapi('MadeKey')
const overlap = z.object({ overlapMs: z.number().int().min(0).max(MAX_OVERLAP_MS).default(0) })
const id = wholeNumber(2 ** 31 - 1)
const oneJson = <T extends z.ZodType>(schema: T) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})
const made = { 201: json(madeSchema, 'The key and its secret are shown this once.'), ...orProblem }
const listed = { 200: json(z.object({ keys: z.array(keySchema) }), 'Without the keys themselves.'), ...orProblem }
const gone = { 204: { description: 'Revoked.' }, ...orProblem }

export function keyRoutes(deps: Deps) {
  const { keys, audit } = deps
  const all = '/api/keys' as const
  const ofShop = '/api/shops/{shop}/keys' as const
  const create = createRoute({
    method: 'post',
    path: all,
    summary: 'Make a key for one shop or all; it is shown this once',
    middleware: smallBody,
    request: oneJson(wantedAnywhere),
    responses: made,
  })
  const list = createRoute({ method: 'get', path: all, summary: 'All keys in force', responses: listed })
  const rotate = createRoute({
    method: 'post',
    path: `${all}/{id}/rotate`,
    summary: 'Another key on the same terms; the old one works on a while',
    middleware: smallBody,
    request: { params: z.object({ id }), ...oneJson(overlap) },
    responses: made,
  })
  const revoke = createRoute({
    method: 'delete',
    path: `${all}/{id}`,
    summary: 'Revoke a key; who came in with it is out',
    request: { params: z.object({ id }) },
    responses: gone,
  })
  const createHere = createRoute({
    method: 'post',
    path: ofShop,
    summary: 'Make a key for the shop; it is shown this once',
    middleware: smallBody,
    request: { params: shopPath, ...oneJson(wanted) },
    responses: made,
  })
  const listHere = createRoute({
    method: 'get',
    path: ofShop,
    summary: 'The keys of the shop in force',
    request: { params: shopPath },
    responses: listed,
  })
  const rotateHere = createRoute({
    method: 'post',
    path: `${ofShop}/{id}/rotate`,
    summary: 'Another key on the same terms',
    middleware: smallBody,
    request: { params: shopPath.extend({ id }), ...oneJson(overlap) },
    responses: made,
  })
  const revokeHere = createRoute({
    method: 'delete',
    path: `${ofShop}/{id}`,
    summary: 'Revoke a key of the shop',
    request: { params: shopPath.extend({ id }) },
    responses: gone,
  })

  return newApi()
    .openapi(create, async (c) => {
      const { shop, ...terms } = c.req.valid('json')
      const record = shop === undefined ? undefined : await deps.shops.find(shop)
      if (shop !== undefined && record === undefined) throw new Problem(422, `shop: there is no shop ${shop}.`)
      return c.json(await make(c, terms, record), 201)
    })
    .openapi(list, async (c) => c.json({ keys: (await keys.list()).map((key) => shown(c, key)) }, 200))
    .openapi(rotate, async (c) => {
      const key = await find(c.req.valid('param').id)
      return c.json(await turn(c, key, c.req.valid('json').overlapMs), 201)
    })
    .openapi(revoke, async (c) => {
      await end(c, await find(c.req.valid('param').id))
      return c.body(null, 204)
    })
    .openapi(createHere, async (c) => c.json(await make(c, c.req.valid('json'), c.var.shop), 201))
    .openapi(listHere, async (c) => {
      const here = await keys.list(c.var.shop.id)
      return c.json({ keys: here.map((key) => shown(c, key)) }, 200)
    })
    .openapi(rotateHere, async (c) => {
      const key = await find(c.req.valid('param').id, c.var.shop.slug)
      return c.json(await turn(c, key, c.req.valid('json').overlapMs), 201)
    })
    .openapi(revokeHere, async (c) => {
      await end(c, await find(c.req.valid('param').id, c.var.shop.slug))
      return c.body(null, 204)
    })

  /** @throws Problem 404, for a key of another shop too */
  async function find(id: number, shop?: string): Promise<KeyRecord> {
    const key = await keys.find(id)
    if (key === undefined || (shop !== undefined && key.shop !== shop)) throw new Problem(404, 'There is no such key.')
    return key
  }

  async function make(c: Context<Env>, terms: z.output<typeof wanted>, shop: { id: number; slug: string } | undefined) {
    const made = await keys.create({ ...terms, shopId: shop?.id, createdBy: c.var.grant.name })
    await note(c, 'key_made', { id: made.id, name: terms.name, shop: shop?.slug }, terms.scopes.join(' '))
    return await shownMade(c, made)
  }

  async function turn(c: Context<Env>, key: KeyRecord, overlapMs: number) {
    const shop = key.shop === undefined ? undefined : await deps.shops.find(key.shop)
    const made = await keys.rotate(key.id, overlapMs, c.var.grant.name, shop?.id)
    if (made === undefined) throw new Problem(404, 'There is no such key.')
    await note(c, 'key_rotated', key, `now ${made.id}, the old one ends in ${Math.round(overlapMs / 60_000)} min`)
    return await shownMade(c, made)
  }

  async function end(c: Context<Env>, key: KeyRecord): Promise<void> {
    if (!(await keys.revoke(key.id))) throw new Problem(404, 'There is no such key.')
    await note(c, 'key_revoked', key)
  }

  async function note(
    c: Context<Env>,
    action: 'key_made' | 'key_rotated' | 'key_revoked',
    key: { id: number; name: string; shop?: string | undefined },
    detail?: string,
  ): Promise<void> {
    const target = `${key.name} (${key.id})`
    await audit.note(c.var.grant, action, { shop: key.shop, target, detail, address: c.var.address })
  }

  async function shownMade(c: Context<Env>, { id, key, secret }: MadeKey) {
    return { ...shown(c, await find(id)), key, ...(secret !== undefined && { secret }) }
  }

  function shown(c: Context<Env>, { createdAt, expiresAt, lastUsedAt, webhook, ...key }: KeyRecord) {
    const { origin } = new URL(deps.publicUrl ?? c.req.url)
    return {
      ...key,
      createdAt: formatInstant(createdAt),
      ...(expiresAt !== undefined && { expiresAt: formatInstant(expiresAt) }),
      ...(lastUsedAt !== undefined && { lastUsedAt: formatInstant(lastUsedAt) }),
      ...(webhook && { webhook: { url: `${origin}/api/shops/${key.shop ?? 'SHOP'}/webhooks/${key.id}` } }),
    }
  }
}
